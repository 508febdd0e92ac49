// What every store of codes must hold about one recipient over all accounts, and about lines that are known to be dead.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeldCode, NewCode } from '../../src/ports/code-store.ts';
import {
  count,
  HOUR_MS,
  makeCode,
  NO_LIMITS,
  type OpenCodesUnderTest,
  T0_MS,
  verdictOf,
} from '../support/codes.ts';

const TOTAL = 10;
const ACCOUNTS = 50;

/** One of many accounts, to one mailbox; hashes of the account's own differ. */
function from(account: number, changes: Partial<NewCode> & { readonly to?: string } = {}): NewCode {
  return makeCode({ account, purpose: `p${account}`, ...changes });
}

export function testCodeTotal(name: string, open: OpenCodesUnderTest): void {
  const rules = { limits: { ...NO_LIMITS, recipientTotal: TOTAL } };

  test(`${name}: of what ${ACCOUNTS} accounts send to one recipient at once exactly as many are held as the server allows`, async (t) => {
    const under = await open(t, { rules });
    const holds = Array.from({ length: ACCOUNTS }, (_, at) => under.store.hold(from(at + 1)));
    const verdicts = (await Promise.all(holds)).map(verdictOf);
    assert.deepEqual(
      [count(verdicts, 'held'), count(verdicts, 'recipient_total')],
      [TOTAL, ACCOUNTS - TOTAL],
    );
    const { store } = await under.reopen();
    assert.equal(verdictOf(await store.hold(from(51, { nowMs: T0_MS + HOUR_MS - 1 }))), 'recipient_total');
    assert.equal(verdictOf(await store.hold(from(51, { to: 'bob' }))), 'held', 'others are not held up');
    assert.equal(verdictOf(await store.hold(from(51, { nowMs: T0_MS + HOUR_MS }))), 'held');
  });

  test(`${name}: when other accounts sent is not to be read off a refusal`, async (t) => {
    const { store } = await open(t, { rules });
    for (let at = 0; at < TOTAL; at += 1) await store.hold(from(at + 1, { nowMs: T0_MS + at }));
    const answers: HeldCode[] = [];
    for (const nowMs of [T0_MS + 100, T0_MS + HOUR_MS / 2])
      answers.push(await store.hold(from(99, { nowMs })));
    const [first] = answers;
    assert.deepEqual(first, { kind: 'refused', guard: 'recipient_total', retryAfterMs: HOUR_MS });
    assert.deepEqual(answers[1], first);
  });

  test(`${name}: what is refused or dropped counts for no other account`, async (t) => {
    const { store } = await open(t, { rules: { limits: { ...NO_LIMITS, recipient: 1, recipientTotal: 2 } } });
    await store.hold(from(1));
    for (let at = 0; at < 5; at += 1) await store.hold(from(1, { purpose: `again ${at}` }));
    const dropped = from(2);
    await store.hold(dropped);
    await store.drop(dropped.id, T0_MS, dropped);
    assert.equal(verdictOf(await store.hold(from(3))), 'held');
    assert.equal(verdictOf(await store.hold(from(4))), 'recipient_total');
  });

  test(`${name}: a dead line is refused, kept as such and counted like a send of the account, not of others`, async (t) => {
    const limits = { ...NO_LIMITS, account: 3, recipientTotal: 3 };
    const { store } = await open(t, { rules: { limits } });
    const ask = async (at: number) => store.hold(from(1, { to: `n${at}`, isDead: true, costMinor: 7 }));
    assert.deepEqual(await ask(1), { kind: 'refused', guard: 'dead_line' });
    const verdicts = [await ask(2), await ask(3), await ask(4)].map(verdictOf);
    assert.deepEqual(verdicts, ['dead_line', 'dead_line', 'account'], 'the limit is reached as by sending');
    assert.equal(verdictOf(await store.hold(from(1, { to: 'alive' }))), 'account');
    assert.equal((await store.list(1, { offset: 0, limit: 10 })).total, 0);
    const { refusals } = await store.refusals(1, { offset: 0, limit: 10 });
    assert.deepEqual(refusals.map(({ guard, savedMinor }) => [guard, savedMinor]).at(-1), ['dead_line', 7]);
    for (const account of [2, 3, 4])
      assert.equal(verdictOf(await store.hold(from(account, { to: 'n1' }))), 'held');
  });

  test(`${name}: a dead line says nothing of the codes of its prefix`, async (t) => {
    const { store } = await open(t, { rules: { breakerSends: 5, breakerMinPercent: 10 } });
    const dead = Array.from({ length: 20 }, (_, at) => store.hold(from(1, { to: `d${at}`, isDead: true })));
    await Promise.all(dead);
    assert.equal(verdictOf(await store.hold(from(1, { to: 'alive' }))), 'held');
  });
}
