// What every store of codes must hold about entering them: who has not got the code has a budget of wrong attempts, whatever is
// sent, restarted or tried at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkAll,
  count,
  HOUR_MS,
  holdSent,
  LIFETIME_MS,
  MINUTE_MS,
  makeCheck,
  makeCode,
  type OpenCodesUnderTest,
  RIGHT,
  T0_MS,
  verdictOf,
  WRONG,
} from '../support/codes.ts';

const NEW = '333333';

export function testCodeAttempts(name: string, open: OpenCodesUnderTest): void {
  const repeat = <T>(times: number, make: () => T): T[] => Array.from({ length: times }, () => make());
  const wrong = (to = 'ann', nowMs = T0_MS) => makeCheck({ to, code: WRONG, nowMs });

  test(`${name}: a right code is told of before it is on disk; a wrong or used one is not`, async (t) => {
    const { store } = await open(t);
    const { id } = await holdSent(store, makeCode());
    const told: unknown[] = [];
    const note = (code: unknown) => told.push(code);
    assert.equal((await store.check(wrong(), note)).kind, 'wrong');
    let toldBefore = 0;
    await store.check(makeCheck(), note).then(() => {
      toldBefore = told.length;
    });
    assert.equal((await store.check(makeCheck(), note)).kind, 'unusable');
    assert.deepEqual([told, toldBefore], [[{ kind: 'verified', id }], 1]);
  });

  test(`${name}: a code is good once`, async (t) => {
    const { store } = await open(t);
    const { id } = await holdSent(store, makeCode());
    assert.deepEqual(await store.check(makeCheck()), { kind: 'verified', id });
    assert.deepEqual(await store.check(makeCheck()), { kind: 'unusable' });
    assert.equal((await store.find(1, id))?.codeState, 'verified');
  });

  test(`${name}: of 50 right codes at once exactly one is good`, async (t) => {
    const { store } = await open(t);
    await holdSent(store, makeCode());
    const answers = await checkAll(store, repeat(50, makeCheck));
    assert.deepEqual([count(answers, 'verified'), count(answers, 'unusable')], [1, 49]);
  });

  test(`${name}: of 50 wrong codes at once exactly the budget is compared`, async (t) => {
    const { store } = await open(t);
    const { id } = await holdSent(store, makeCode());
    const answers = await checkAll(store, repeat(50, wrong));
    assert.deepEqual([count(answers, 'wrong'), count(answers, 'unusable')], [5, 45]);
    assert.equal((await store.find(1, id))?.codeState, 'exhausted');
  });

  test(`${name}: when the budget is used up the right code gets the answer of no code`, async (t) => {
    const { store } = await open(t);
    await holdSent(store, makeCode());
    const none = await store.check(makeCheck({ to: 'nobody' }));
    await checkAll(store, repeat(5, wrong));
    assert.deepEqual(await store.check(makeCheck()), none);
  });

  test(`${name}: a new code brings no new attempts`, async (t) => {
    const { store } = await open(t);
    await holdSent(store, makeCode());
    await checkAll(store, repeat(3, wrong));
    await holdSent(store, makeCode({ code: NEW }));
    const answers = await checkAll(store, [...repeat(47, wrong), makeCheck({ code: NEW })]);
    assert.deepEqual([count(answers, 'wrong'), count(answers, 'unusable')], [2, 46]);
  });

  test(`${name}: all aliases of one mailbox have one budget`, async (t) => {
    const { store } = await open(t);
    const aliases = ['ann', 'ann+1', 'ann+2', 'ann+3'];
    for (const to of aliases) await holdSent(store, makeCode({ to }));
    const answers = await checkAll(store, repeat(3, () => aliases.map((to) => wrong(to))).flat());
    assert.equal(count(answers, 'wrong'), 5);
    const right = await checkAll(
      store,
      aliases.map((to) => makeCheck({ to })),
    );
    assert.deepEqual(new Set(right), new Set(['unusable']), 'the code of no alias can be entered any more');
    assert.equal(verdictOf(await store.hold(makeCode({ to: 'ann+4' }))), 'attempts');
  });

  test(`${name}: accounts, purposes and mailboxes have budgets of their own`, async (t) => {
    const { store } = await open(t);
    const others = [{ account: 2 }, { purpose: 'sign-in' }, { to: 'bob' }];
    await holdSent(store, makeCode());
    for (const other of others) await holdSent(store, makeCode(other));
    await checkAll(store, repeat(5, wrong));
    for (const other of others) assert.equal((await store.check(makeCheck(other))).kind, 'verified');
  });

  test(`${name}: a code is good for its account, recipient and purpose only`, async (t) => {
    const { store } = await open(t);
    await holdSent(store, makeCode());
    const others = [{ account: 2 }, { purpose: 'sign-in' }, { to: 'ann+1' }, { to: 'bob' }];
    const answers = await checkAll(
      store,
      others.map((other) => makeCheck(other)),
    );
    assert.deepEqual(new Set(answers), new Set(['unusable']));
  });

  test(`${name}: where no code waits nothing is compared and nothing is counted`, async (t) => {
    const { store } = await open(t);
    assert.deepEqual(new Set(await checkAll(store, repeat(20, wrong))), new Set(['unusable']));
    await holdSent(store, makeCode());
    assert.equal((await store.check(makeCheck())).kind, 'verified');
  });

  test(`${name}: a wrong code counts for the window to the millisecond, each on its own`, async (t) => {
    const { store } = await open(t);
    await holdSent(store, makeCode({ expiresMs: T0_MS + 3 * HOUR_MS }));
    const times = [0, 1, 2, 3, 4].map((minute) => T0_MS + minute * MINUTE_MS);
    await checkAll(
      store,
      times.map((nowMs) => wrong('ann', nowMs)),
    );
    const late = { expiresMs: T0_MS + 4 * HOUR_MS, code: NEW };
    const before = await store.hold(makeCode({ ...late, nowMs: T0_MS + HOUR_MS - 1 }));
    assert.deepEqual(before, { kind: 'refused', guard: 'attempts', retryAfterMs: 1 });
    await holdSent(store, makeCode({ ...late, nowMs: T0_MS + HOUR_MS }));
    const next = await checkAll(
      store,
      repeat(2, () => wrong('ann', T0_MS + HOUR_MS)),
    );
    assert.deepEqual(next, ['wrong', 'unusable'], 'one attempt came back, not five');
  });

  test(`${name}: success gives back the whole budget`, async (t) => {
    const { store } = await open(t);
    await holdSent(store, makeCode());
    await checkAll(store, repeat(4, wrong));
    assert.equal((await store.check(makeCheck())).kind, 'verified');
    await holdSent(store, makeCode({ code: NEW }));
    const answers = await checkAll(store, repeat(9, wrong));
    assert.equal(count(answers, 'wrong'), 5);
  });

  test(`${name}: when a new code is sent the one before is over`, async (t) => {
    const { store } = await open(t);
    const first = await holdSent(store, makeCode());
    const second = await holdSent(store, makeCode({ code: NEW }));
    assert.equal((await store.check(makeCheck({ code: RIGHT }))).kind, 'wrong');
    const by = { id: first.id };
    assert.deepEqual(await store.check({ account: 1, code: RIGHT, nowMs: T0_MS, by }), { kind: 'unusable' });
    assert.deepEqual(await store.check(makeCheck({ code: NEW })), { kind: 'verified', id: second.id });
    assert.equal((await store.find(1, first.id))?.codeState, 'replaced');
  });

  test(`${name}: a code is good to the last millisecond of its life and not at its end`, async (t) => {
    const { store } = await open(t);
    for (const to of ['ann', 'bob']) await holdSent(store, makeCode({ to }));
    const endMs = T0_MS + LIFETIME_MS;
    assert.equal((await store.check(makeCheck({ to: 'ann', nowMs: endMs }))).kind, 'unusable');
    assert.equal((await store.check(makeCheck({ to: 'bob', nowMs: endMs - 1 }))).kind, 'verified');
  });

  test(`${name}: a code is entered by id only by its account, and counts in the same budget`, async (t) => {
    const { store } = await open(t);
    const { id } = await holdSent(store, makeCode());
    const byId = (account: number, code: string) => ({ account, code, nowMs: T0_MS, by: { id } });
    assert.equal((await store.check(byId(2, RIGHT))).kind, 'unusable');
    const nobodys = { account: 1, code: RIGHT, nowMs: T0_MS, by: { id: 'none' } };
    assert.equal((await store.check(nobodys)).kind, 'unusable');
    const mixed = repeat(10, () => [byId(1, WRONG), wrong()]).flat();
    assert.equal(count(await checkAll(store, mixed), 'wrong'), 5);
    assert.equal((await store.check(byId(1, RIGHT))).kind, 'unusable');
  });

  test(`${name}: attempts, codes and delays are the same after a restart`, async (t) => {
    const settings = { rules: { resendBaseMs: MINUTE_MS, resendMaxMs: HOUR_MS } };
    const before = await open(t, settings);
    await holdSent(before.store, makeCode());
    await checkAll(before.store, repeat(3, wrong));
    const { store } = await before.reopen();
    const early = await store.hold(makeCode({ nowMs: T0_MS + MINUTE_MS - 1 }));
    assert.deepEqual(early, { kind: 'refused', guard: 'delay', retryAfterMs: 1 });
    assert.equal(count(await checkAll(store, repeat(10, wrong)), 'wrong'), 2);
    const again = await before.reopen();
    assert.equal((await again.store.check(makeCheck())).kind, 'unusable');
  });

  test(`${name}: each send makes the wait for the next one longer, up to the longest, and success ends it`, async (t) => {
    const settings = { rules: { resendBaseMs: 30_000, resendMaxMs: 100_000 } };
    const { store } = await open(t, settings);
    let nowMs = T0_MS;
    const send = async () => {
      const held = await store.hold(makeCode({ nowMs }));
      assert.ok(held.kind === 'held');
      return held.resendMs - nowMs;
    };
    for (const waitMs of [30_000, 60_000, 100_000, 100_000]) {
      assert.equal(await send(), waitMs);
      nowMs += waitMs - 1;
      const early = await store.hold(makeCode({ nowMs }));
      assert.deepEqual(early, { kind: 'refused', guard: 'delay', retryAfterMs: 1 });
      nowMs += 1;
    }
    assert.equal(await send(), 100_000);
    assert.equal((await store.check(makeCheck({ nowMs }))).kind, 'verified');
    assert.equal(await send(), 30_000);
  });

  test(`${name}: a wait holds to its end although wrong codes count for less long`, async (t) => {
    const rules = { resendBaseMs: HOUR_MS, resendMaxMs: HOUR_MS, attemptWindowMs: LIFETIME_MS };
    const { store } = await open(t, { rules });
    await holdSent(store, makeCode());
    await store.sweep(T0_MS + HOUR_MS - 1);
    const early = await store.hold(makeCode({ nowMs: T0_MS + HOUR_MS - 1 }));
    assert.deepEqual(early, { kind: 'refused', guard: 'delay', retryAfterMs: 1 });
    assert.equal(verdictOf(await store.hold(makeCode({ nowMs: T0_MS + HOUR_MS }))), 'held');
  });

  test(`${name}: sending to another alias does not shorten the wait, sending for another purpose does not lengthen it`, async (t) => {
    const { store } = await open(t, { rules: { resendBaseMs: MINUTE_MS, resendMaxMs: HOUR_MS } });
    await holdSent(store, makeCode());
    assert.equal(verdictOf(await store.hold(makeCode({ to: 'ann+1' }))), 'delay');
    assert.equal(verdictOf(await store.hold(makeCode({ purpose: 'sign-in' }))), 'held');
  });

  test(`${name}: a refused send leaves the code before it as it was`, async (t) => {
    const { store } = await open(t, { rules: { resendBaseMs: MINUTE_MS, resendMaxMs: HOUR_MS } });
    const { id } = await holdSent(store, makeCode());
    const refused = makeCode({ code: NEW });
    assert.equal(verdictOf(await store.hold(refused)), 'delay');
    assert.equal(await store.find(1, refused.id), undefined);
    assert.deepEqual(await store.check(makeCheck()), { kind: 'verified', id });
  });
}
