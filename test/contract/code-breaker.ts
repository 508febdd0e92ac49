// What every store of codes must hold about the breaker where codes take their time to be entered: an honest burst goes through, a
// pumped prefix is stopped as soon as its codes could have been entered, and never gets a burst again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeStore, NewCode } from '../../src/ports/code-store.ts';
import {
  count,
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  makeCheck,
  makeCode,
  NO_LIMITS,
  type OpenCodesUnderTest,
  T0_MS,
  verdictOf,
} from '../support/codes.ts';

const SECOND_MS = 1000;
const GRACE_MS = MINUTE_MS;
const SENDS = 20;
const RULES = {
  ...{ breakerSends: SENDS, breakerMinPercent: 10, breakerGraceMs: GRACE_MS, breakerBlockMs: HOUR_MS },
};
/** When a code has surely had its time. */
const JUDGED_MS = GRACE_MS + GRACE_MS / 12;

let lastNumber = 0;

/** Verdicts of sends to numbers of one prefix, `everyMs` apart. */
async function pump(store: CodeStore, startMs: number, times: number, everyMs = 0): Promise<string[]> {
  const codes: NewCode[] = [];
  for (let at = 0; at < times; at += 1) {
    lastNumber += 1;
    codes.push(makeCode({ to: `n${lastNumber}`, nowMs: startMs + at * everyMs }));
  }
  return (await Promise.all(codes.map((code) => store.hold(code)))).map(verdictOf);
}

export function testCodeBreaker(name: string, open: OpenCodesUnderTest): void {
  test(`${name}: an honest burst to one prefix goes through before anybody could enter a code, and so does what follows`, async (t) => {
    const { store } = await open(t, { rules: RULES });
    const first = lastNumber + 1;
    const verdicts = await pump(store, T0_MS, 100, 100);
    assert.equal(count(verdicts, 'held'), 100);
    for (let at = 0; at < 60; at += 1)
      await store.check(makeCheck({ to: `n${first + at}`, nowMs: T0_MS + 30 * SECOND_MS }));
    assert.deepEqual(new Set(await pump(store, T0_MS + 2 * JUDGED_MS, 50)), new Set(['held']));
  });

  test(`${name}: of 1,000 numbers of one prefix pumped one a second 80 get a message: 20 that had their minute, and those of that minute`, async (t) => {
    const { store } = await open(t, { rules: RULES });
    const verdicts = await pump(store, T0_MS, 1000, SECOND_MS);
    assert.deepEqual([count(verdicts, 'held'), count(verdicts, 'breaker')], [80, 920]);
    assert.ok(verdicts.slice(80).every((verdict) => verdict === 'breaker'));
  });

  test(`${name}: of 1,000 numbers of one prefix pumped at once the limit of the prefix lets some through, and later the breaker a few`, async (t) => {
    const rules = { ...RULES, limits: { ...NO_LIMITS, prefix: 100 } };
    const under = await open(t, { rules });
    const burst = await pump(under.store, T0_MS, 1000);
    assert.deepEqual([count(burst, 'held'), count(burst, 'prefix')], [100, 900]);
    // What was sent at the end of a window is judged in the next one, also after a restart and a sweep.
    const laterMs = T0_MS + 3 * HOUR_MS;
    await under.store.sweep(laterMs);
    const { store } = await under.reopen();
    assert.deepEqual(new Set(await pump(store, laterMs, 1000)), new Set(['breaker']));
    const again = await pump(store, laterMs + HOUR_MS, 1000);
    assert.deepEqual([count(again, 'held'), count(again, 'breaker')], [SENDS, 1000 - SENDS]);
    const next = await pump(store, laterMs + HOUR_MS + JUDGED_MS, 1000);
    assert.equal(count(next, 'breaker'), 1000, 'blocked for two hours now');
  });

  test(`${name}: ten days of bursts as often as they pass send little more than the first one`, async (t) => {
    const rules = { ...RULES, limits: { ...NO_LIMITS, prefix: 100 } };
    const { store } = await open(t, { rules });
    let held = 0;
    for (let nowMs = T0_MS; nowMs < T0_MS + 10 * DAY_MS; nowMs += 10 * MINUTE_MS)
      held += count(await pump(store, nowMs, 30), 'held');
    assert.ok(held < 350, `${held} were sent`);
  });

  test(`${name}: after a block as many are on trial as are needed to judge, and the prefix is served again when they are entered`, async (t) => {
    const { store } = await open(t, { rules: RULES });
    await pump(store, T0_MS, SENDS);
    const [broken] = await pump(store, T0_MS + JUDGED_MS, 1);
    assert.equal(broken, 'breaker');
    const openMs = T0_MS + JUDGED_MS + HOUR_MS;
    const first = lastNumber + 1;
    const trial = await pump(store, openMs, SENDS + 5);
    assert.deepEqual([count(trial, 'held'), count(trial, 'breaker')], [SENDS, 5]);
    for (let at = 0; at < SENDS / 2; at += 1)
      await store.check(makeCheck({ to: `n${first + at}`, nowMs: openMs + SECOND_MS }));
    const next = await pump(store, openMs + 2 * SECOND_MS, 5);
    assert.equal(count(next, 'held'), 5, 'what is entered is judged');
  });

  test(`${name}: a code is judged when it is entered, however young`, async (t) => {
    for (const [entered, verdict] of [
      [2, 'held'],
      [1, 'breaker'],
    ] as const) {
      const { store } = await open(t, { rules: RULES });
      await pump(store, T0_MS, SENDS - entered);
      const youngMs = T0_MS + JUDGED_MS;
      await pump(store, youngMs, entered);
      for (let at = 0; at < entered; at += 1)
        await store.check(makeCheck({ to: `n${lastNumber - at}`, nowMs: youngMs + 1 }));
      assert.deepEqual(await pump(store, youngMs + 2, 1), [verdict], `${entered} of ${SENDS}`);
    }
  });

  test(`${name}: a send that was refused in the end is not judged`, async (t) => {
    const { store } = await open(t, { rules: RULES });
    await pump(store, T0_MS, SENDS - 1);
    const dropped = makeCode({ to: 'dropped' });
    await store.hold(dropped);
    await store.drop(dropped.id, T0_MS + 1, dropped);
    assert.deepEqual(await pump(store, T0_MS + JUDGED_MS, 1), ['held']);
    assert.deepEqual(await pump(store, T0_MS + 2 * JUDGED_MS, 1), ['breaker']);
  });
}
