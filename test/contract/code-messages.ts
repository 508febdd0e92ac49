// What every store of codes must hold about messages: they only ever come further, receipts find theirs, and what was not sent is
// found again after a restart.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CodeStore, Delivery, NewCode } from '../../src/ports/code-store.ts';
import type { DeliveryState } from '../../src/ports/verifications.ts';
import {
  holdSent,
  LIFETIME_MS,
  makeCheck,
  makeCode,
  NO_LIMITS,
  type OpenCodesUnderTest,
  T0_MS,
  verdictOf,
} from '../support/codes.ts';
import { propertyRuns } from '../support/property-runs.ts';

const END_MS = T0_MS + LIFETIME_MS;

function handed(id: string, changes: Partial<Delivery> = {}): Delivery {
  return { id, state: 'sent', channel: 'sms', reference: undefined, reason: '', nowMs: T0_MS, ...changes };
}

export function testCodeMessages(name: string, open: OpenCodesUnderTest): void {
  const receipt = (reference: string, state: 'delivered' | 'failed' = 'delivered', reason = '1') => ({
    ...{ reference, state, reason },
  });
  const stateOf = async (store: CodeStore, { id }: NewCode) => (await store.find(1, id))?.deliveryState;
  const waitingOf = async (store: CodeStore) => (await store.waiting()).map(({ id, state }) => [id, state]);

  test(`${name}: a message waits from its first moment until a channel has taken it, also over restarts`, async (t) => {
    const under = await open(t);
    const [first, second, third] = [makeCode({ to: 'a' }), makeCode({ to: 'b' }), makeCode({ to: 'c' })];
    for (const code of [first, second, third]) await under.store.hold(code);
    await under.store.markResent(second.id, false);
    await under.store.markResent(third.id, false);
    const sent = await under.store.deliver(handed(third.id, { reference: 'r' }));
    assert.equal(sent?.deliveryState, 'sent');
    const { store } = await under.reopen();
    const { requestId, sealedContact, sealedMessage, expiresMs } = first;
    const [waiting, ...others] = await store.waiting();
    assert.deepEqual(
      {
        ...waiting,
        sealedContact: Buffer.from(waiting?.sealedContact ?? []),
        sealedMessage: Buffer.from(waiting?.sealedMessage ?? []),
      },
      {
        ...{
          id: first.id,
          requestId,
          account: 1,
          purpose: 'contact',
          kind: 'phone',
          state: 'held',
          resent: false,
        },
        ...{ sealedContact, sealedMessage, channels: ['sms'], createdMs: T0_MS, expiresMs },
      },
    );
    assert.deepEqual(
      others.map(({ id, state }) => [id, state]),
      [[second.id, 'queued']],
    );
    assert.deepEqual(await store.statistics(), { pending: 3, waiting: 2 });
    assert.equal(await stateOf(store, first), 'queued', 'who asks need not know of the difference');
  });

  test(`${name}: a code that is dropped was never there, for guards neither`, async (t) => {
    const { store } = await open(t, {
      rules: { limits: { ...NO_LIMITS, recipient: 1 }, resendBaseMs: 1000 },
    });
    const code = makeCode();
    await store.hold(code);
    await store.drop(code.id, T0_MS, code);
    assert.equal(await store.find(1, code.id), undefined);
    assert.deepEqual(await store.check(makeCheck()), { kind: 'unusable' });
    assert.deepEqual(await store.waiting(), []);
    assert.equal(verdictOf(await store.hold(makeCode())), 'held', 'neither the limit nor the wait');
  });

  test(`${name}: the code before one that is dropped is the last one again`, async (t) => {
    const { store } = await open(t, { rules: { resendBaseMs: 0 } });
    const [first, second] = [makeCode({ code: '111111' }), makeCode({ code: '222222' })];
    await holdSent(store, first);
    await store.hold(second);
    assert.deepEqual(await store.check(makeCheck({ code: '111111' })), { kind: 'wrong' });
    await store.drop(second.id, T0_MS, second);
    assert.equal((await store.find(1, first.id))?.codeState, 'pending');
    assert.deepEqual(await store.check(makeCheck({ code: '222222' })), { kind: 'wrong' });
    assert.deepEqual(await store.check(makeCheck({ code: '111111' })), { kind: 'verified', id: first.id });
  });

  test(`${name}: the code before several that are dropped is the last one again, in whatever order they go`, async (t) => {
    const { store } = await open(t, { rules: { resendBaseMs: 0 } });
    for (const [account, order] of [
      [1, [0, 1, 2]],
      [2, [2, 1, 0]],
      [3, [1, 2, 0]],
    ] as const) {
      const first = await holdSent(store, makeCode({ account, code: '111111' }));
      const refused = ['222222', '333333', '444444'].map((code) => makeCode({ account, code }));
      for (const code of refused) await store.hold(code);
      for (const at of order) await store.drop(refused[at]?.id ?? '', T0_MS, refused[at]);
      assert.equal((await store.find(account, first.id))?.codeState, 'pending');
      const right = makeCheck({ account, code: '111111' });
      assert.deepEqual(await store.check(right), { kind: 'verified', id: first.id });
    }
  });

  test(`${name}: one that is dropped takes back its own share of the wait and no other's`, async (t) => {
    const { store } = await open(t, { rules: { resendBaseMs: 1000, resendMaxMs: 8000 } });
    const [first, second] = [
      makeCode({ to: 'ann' }),
      makeCode({ to: 'ann+shop', nowMs: T0_MS + 1000 }),
    ] as const;
    for (const code of [first, second]) await store.hold(code);
    await store.drop(first.id, T0_MS + 1000, first);
    const third = (nowMs: number) => store.hold(makeCode({ to: 'ann', nowMs }));
    assert.equal(verdictOf(await third(T0_MS + 1999)), 'delay', 'the second was sent a second before');
    assert.equal(verdictOf(await third(T0_MS + 2000)), 'held');
    assert.equal(verdictOf(await third(T0_MS + 3999)), 'delay', 'two were sent, and the wait has doubled');
    assert.equal(verdictOf(await third(T0_MS + 4000)), 'held');
  });

  test(`${name}: what was dropped stands for nothing that is sent later, to whomever`, async (t) => {
    const { store } = await open(t);
    const dropped = makeCode({ to: 'victim', code: '111111' });
    await store.hold(dropped);
    await store.drop(dropped.id, T0_MS, dropped);
    const next = makeCode({ to: 'stranger', code: '222222', account: 2 });
    await holdSent(store, next);
    assert.deepEqual(await store.check(makeCheck({ to: 'victim', code: '222222' })), { kind: 'unusable' });
    await store.hold(makeCode({ to: 'victim', code: '333333' }));
    assert.equal((await store.find(2, next.id))?.codeState, 'pending');
    const theirs = makeCheck({ to: 'stranger', code: '222222', account: 2 });
    assert.deepEqual(await store.check(theirs), { kind: 'verified', id: next.id });
  });

  test(`${name}: what was released or sent is not dropped any more`, async (t) => {
    const { store } = await open(t);
    const [queued, sent] = [makeCode({ to: 'a' }), makeCode({ to: 'b' })];
    for (const code of [queued, sent]) await holdSent(store, code);
    await store.deliver(handed(sent.id));
    for (const { id } of [queued, sent]) await store.drop(id, T0_MS);
    assert.deepEqual([await stateOf(store, queued), await stateOf(store, sent)], ['queued', 'sent']);
  });

  test(`${name}: a receipt ends its message once; twice, of another channel or of nothing it changes nothing`, async (t) => {
    const { store } = await open(t);
    const code = await holdSent(store, makeCode());
    await store.deliver(handed(code.id, { reference: 'r1' }));
    assert.equal(await store.receive('sms', receipt('r2'), T0_MS), undefined);
    assert.equal(await store.receive('mail', receipt('r1'), T0_MS), undefined);
    assert.equal(await stateOf(store, code), 'sent');
    const ended = await store.receive('sms', receipt('r1', 'delivered', '000'), T0_MS + 7);
    assert.deepEqual(
      [ended?.id, ended?.deliveryState, ended?.reason, ended?.changedMs],
      [code.id, 'delivered', '000', T0_MS + 7],
    );
    assert.equal(await store.receive('sms', receipt('r1'), T0_MS + 8), undefined, 'a second one');
    assert.equal(
      await store.receive('sms', receipt('r1', 'failed'), T0_MS + 9),
      undefined,
      'one that says otherwise',
    );
    assert.equal((await store.find(1, code.id))?.changedMs, T0_MS + 7);
  });

  test(`${name}: a receipt is found after a restart, and also when the code is long over`, async (t) => {
    const under = await open(t);
    const code = await holdSent(under.store, makeCode());
    await under.store.deliver(handed(code.id, { reference: 'r1' }));
    const { store } = await under.reopen();
    await store.sweep(END_MS + 1);
    assert.equal(
      (await store.receive('sms', receipt('r1', 'failed', 'UNDELIV'), END_MS + 2))?.reason,
      'UNDELIV',
    );
    assert.equal(await stateOf(store, code), 'failed');
  });

  test(`${name}: a reference that a station gives again is that of the newest message`, async (t) => {
    const { store } = await open(t);
    const [older, newer] = [makeCode({ to: 'a' }), makeCode({ to: 'b' })];
    for (const code of [older, newer]) {
      await holdSent(store, code);
      await store.deliver(handed(code.id, { reference: '1' }));
    }
    assert.equal((await store.receive('sms', receipt('1'), T0_MS))?.id, newer.id);
    assert.deepEqual([await stateOf(store, older), await stateOf(store, newer)], ['sent', 'delivered']);
  });

  test(`${name}: a message without a reference gets no receipt of another`, async (t) => {
    const { store } = await open(t);
    const code = await holdSent(store, makeCode());
    await store.deliver(handed(code.id));
    for (const reference of ['', 'undefined', 'null'])
      assert.equal(await store.receive('sms', receipt(reference), T0_MS), undefined);
    assert.equal(await stateOf(store, code), 'sent');
  });

  test(`${name}: what a channel took over at the last moment is sent, although it was called expired meanwhile`, async (t) => {
    const { store } = await open(t);
    const code = await holdSent(store, makeCode());
    await store.sweep(END_MS);
    assert.equal(await stateOf(store, code), 'expired');
    await store.deliver(handed(code.id, { state: 'failed', reason: 'timeout' }));
    assert.equal(await stateOf(store, code), 'expired', 'that it failed is nothing new');
    await store.deliver(handed(code.id, { reference: 'r1' }));
    assert.equal(await stateOf(store, code), 'sent');
    assert.equal((await store.receive('sms', receipt('r1'), END_MS))?.id, code.id);
  });

  test(`${name}: that it is handed over again is kept until it is known that it never left`, async (t) => {
    const under = await open(t);
    const code = await holdSent(under.store, makeCode());
    await under.store.markResent(code.id, true);
    const { store } = await under.reopen();
    assert.equal((await store.waiting())[0]?.resent, true);
    assert.equal((await store.find(1, code.id))?.resent, true);
    await store.markResent(code.id, false);
    assert.equal((await store.waiting())[0]?.resent, false);
    await store.markResent(code.id, true);
    assert.equal((await store.deliver(handed(code.id)))?.resent, true);
    await store.markResent(code.id, false);
    assert.equal((await store.find(1, code.id))?.resent, true, 'what was sent stays as it is');
    assert.deepEqual(await store.waiting(), []);
  });

  test(`${name}: handing a held message over again releases it`, async (t) => {
    const { store } = await open(t);
    const code = makeCode();
    await store.hold(code);
    await store.markResent(code.id, true);
    assert.deepEqual(await waitingOf(store), [[code.id, 'queued']]);
  });

  test(`${name}: sweeping ends codes and messages at the end of their life, each once, and not what was sent`, async (t) => {
    const { store } = await open(t);
    const [unsent, sent, verified] = [makeCode({ to: 'a' }), makeCode({ to: 'b' }), makeCode({ to: 'c' })];
    for (const code of [unsent, sent, verified]) await holdSent(store, code);
    await store.deliver(handed(sent.id));
    await store.deliver(handed(verified.id));
    await store.check(makeCheck({ to: 'c' }));
    assert.deepEqual(await store.sweep(END_MS - 1), []);
    assert.deepEqual(await store.statistics(), { pending: 2, waiting: 1 });
    const ended = await store.sweep(END_MS);
    assert.deepEqual(
      ended.map(({ id, deliveryState }) => [id, deliveryState]),
      [[unsent.id, 'expired']],
    );
    assert.deepEqual(await store.sweep(END_MS), []);
    assert.deepEqual(await store.statistics(), { pending: 0, waiting: 0 });
    assert.deepEqual(await store.waiting(), []);
    const states = [];
    for (const { id } of [unsent, sent, verified]) {
      const found = await store.find(1, id);
      states.push([found?.codeState, found?.deliveryState]);
    }
    assert.deepEqual(states, [
      ['expired', 'expired'],
      ['expired', 'sent'],
      ['verified', 'sent'],
    ]);
  });

  test(`${name}: what is older than it is kept is forgotten, and nothing younger`, async (t) => {
    const { store } = await open(t, { rules: { keepMs: 10 * LIFETIME_MS } });
    const [old, young] = [makeCode({ to: 'a' }), makeCode({ to: 'b', nowMs: T0_MS + 1 })];
    for (const code of [old, young]) {
      await holdSent(store, code);
      await store.deliver(handed(code.id));
    }
    await store.sweep(T0_MS + 10 * LIFETIME_MS);
    assert.deepEqual([await stateOf(store, old), await stateOf(store, young)], [undefined, 'sent']);
  });

  const operations = fc.constantFrom(
    ...([
      'release',
      'drop',
      'sent',
      'failed',
      'expired',
      'delivered',
      'undelivered',
      'sweep',
      'resent',
    ] as const),
  );
  const RANK: Readonly<Record<DeliveryState, number>> = {
    queued: 0,
    expired: 1,
    sent: 2,
    delivered: 3,
    failed: 3,
  };

  test(`${name}: whatever is said of a message in whatever order, it never goes back`, async (t) => {
    const { store } = await open(t);
    let at = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(operations, { maxLength: 12 }), async (said) => {
        at += 1;
        const code = makeCode({ to: `n${at}`, nowMs: T0_MS + at, expiresMs: T0_MS + 3 * LIFETIME_MS });
        await store.hold(code);
        let state: DeliveryState | undefined = 'queued';
        for (const word of said) {
          const reference = `ref${at}`;
          if (word === 'release') await store.markResent(code.id, false);
          else if (word === 'drop') await store.drop(code.id, code.nowMs, code);
          else if (word === 'resent') await store.markResent(code.id, true);
          else if (word === 'sweep') await store.sweep(T0_MS + LIFETIME_MS);
          else if (word === 'delivered') await store.receive('sms', receipt(reference), T0_MS);
          else if (word === 'undelivered') await store.receive('sms', receipt(reference, 'failed'), T0_MS);
          else
            await store.deliver(
              handed(code.id, { state: word, reference: word === 'sent' ? reference : undefined }),
            );
          const next: DeliveryState | undefined = await stateOf(store, code);
          if (state === undefined) assert.equal(next, undefined, 'what is gone stays gone');
          else if (next === undefined) assert.equal(word, 'drop');
          else
            assert.ok(
              RANK[next] >= RANK[state] && (RANK[state] < 3 || next === state),
              `${state} ${word} ${next}`,
            );
          state = next;
        }
      }),
      propertyRuns(60),
    );
  });
}
