// What every store of codes must hold about sends: guards count what was held and nothing else, the breaker stops a prefix whose
// codes nobody enters, and each refusal is kept and summed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeStore, HeldCode, NewCode } from '../../src/ports/code-store.ts';
import type { Guard } from '../../src/ports/verifications.ts';
import {
  count,
  DAY_MS,
  HOUR_MS,
  hashOf,
  makeCheck,
  makeCode,
  NO_LIMITS,
  type OpenCodesUnderTest,
  T0_MS,
  verdictOf,
} from '../support/codes.ts';

type Changes = Partial<NewCode> & { readonly to?: string };

/** For each limit: what is the same in all sends, given how they differ otherwise. */
const COUNTED: readonly {
  readonly limit: keyof typeof NO_LIMITS;
  readonly guard: Guard;
  readonly send: (at: number) => Changes;
  readonly other: Changes;
}[] = [
  {
    limit: 'recipient',
    guard: 'recipient',
    send: (at) => ({ to: `ann+${at}`, purpose: `p${at}` }),
    other: { to: 'bob' },
  },
  {
    limit: 'prefix',
    guard: 'prefix',
    send: (at) => ({ to: `n${at}` }),
    other: { to: 'other', prefix: hashOf('other prefix') },
  },
  {
    limit: 'country',
    guard: 'country_rate',
    send: (at) => ({ to: `n${at}`, prefix: hashOf(`${at}`) }),
    other: { to: 'other', prefix: hashOf('x'), countryHash: hashOf('other country') },
  },
  {
    limit: 'address',
    guard: 'address',
    send: (at) => ({ to: `n${at}`, prefix: hashOf(`${at}`), countryHash: hashOf(`country ${at}`) }),
    other: { to: 'other', addressHash: hashOf('other address') },
  },
  {
    limit: 'user',
    guard: 'user',
    send: (at) => ({ to: `n${at}`, prefix: hashOf(`${at}`), userHash: hashOf('user') }),
    other: { to: 'other', userHash: hashOf('other user') },
  },
  {
    limit: 'account',
    guard: 'account',
    send: (at) => ({ to: `n${at}`, addressHash: hashOf(`${at}`), countryHash: hashOf(`country ${at}`) }),
    other: { to: 'other', account: 2 },
  },
];

export function testCodeGuards(name: string, open: OpenCodesUnderTest): void {
  const holdAll = async (store: CodeStore, sends: readonly Changes[]): Promise<HeldCode[]> =>
    Promise.all(sends.map((changes) => store.hold(makeCode(changes))));
  const range = <T>(times: number, make: (at: number) => T): T[] =>
    Array.from({ length: times }, (_, at) => make(at));

  for (const { limit, guard, send, other } of COUNTED) {
    test(`${name}: of 20 sends at once exactly as many are held as the limit of ${limit} says`, async (t) => {
      const under = await open(t, { rules: { limits: { ...NO_LIMITS, [limit]: 7 } } });
      const verdicts = (await holdAll(under.store, range(20, send))).map(verdictOf);
      assert.deepEqual([count(verdicts, 'held'), count(verdicts, guard)], [7, 13]);
      assert.equal(verdictOf(await under.store.hold(makeCode(other))), 'held', 'others are not held up');
      const { store } = await under.reopen();
      const late = { ...send(90), nowMs: T0_MS + HOUR_MS - 1 };
      const refused = await store.hold(makeCode(late));
      assert.deepEqual(refused, { kind: 'refused', guard, retryAfterMs: 1 });
      const next = range(20, (at) => ({ ...send(at), nowMs: T0_MS + HOUR_MS }));
      const later = (await holdAll(store, next)).map(verdictOf);
      assert.equal(count(later, 'held'), 7, 'what was refused was not counted');
    });
  }

  test(`${name}: what one guard refuses is counted by no other`, async (t) => {
    const { store } = await open(t, { rules: { limits: { ...NO_LIMITS, recipient: 1, account: 3 } } });
    await holdAll(
      store,
      range(10, (at) => ({ to: 'ann', purpose: `p${at}` })),
    );
    const verdicts = (
      await holdAll(
        store,
        ['bob', 'cyd', 'dan'].map((to) => ({ to })),
      )
    ).map(verdictOf);
    assert.deepEqual(verdicts, ['held', 'held', 'account']);
  });

  test(`${name}: domains of mailboxes are shared by too many to be a prefix or a country`, async (t) => {
    const rules = { breakerSends: 2, limits: { ...NO_LIMITS, prefix: 1, country: 1 } };
    const { store } = await open(t, { rules });
    const verdicts = await holdAll(
      store,
      range(9, (at) => ({ to: `n${at}`, kind: 'email', country: '' })),
    );
    assert.equal(count(verdicts.map(verdictOf), 'held'), 9);
  });

  const breaker = { breakerSends: 20, breakerMinPercent: 10, breakerBlockMs: HOUR_MS };
  const to = (at: number, nowMs = T0_MS): Changes => ({ to: `n${at}`, nowMs });

  test(`${name}: a prefix whose codes nobody enters is served no more after the configured number`, async (t) => {
    const under = await open(t, { rules: breaker });
    const verdicts = (
      await holdAll(
        under.store,
        range(1000, (at) => to(at)),
      )
    ).map(verdictOf);
    assert.deepEqual([count(verdicts, 'held'), count(verdicts, 'breaker')], [20, 980]);
    const other = makeCode({ to: 'other', prefix: hashOf('other prefix') });
    assert.equal(verdictOf(await under.store.hold(other)), 'held');
    const { store } = await under.reopen();
    const last = await store.hold(makeCode(to(1000, T0_MS + HOUR_MS - 1)));
    assert.deepEqual(last, { kind: 'refused', guard: 'breaker', retryAfterMs: 1 });
    assert.equal(verdictOf(await store.hold(makeCode(to(1001, T0_MS + HOUR_MS)))), 'held');
  });

  test(`${name}: a prefix of which exactly the configured share is entered is served on, one below it is not`, async (t) => {
    const { store } = await open(t, { rules: breaker });
    await holdAll(
      store,
      range(20, (at) => to(at)),
    );
    await store.check(makeCheck({ to: 'n0' }));
    const verified = await store.check(makeCheck({ to: 'n1' }));
    assert.equal(verified.kind, 'verified');
    assert.equal(verdictOf(await store.hold(makeCode(to(20)))), 'held', '2 of 20 are ten per cent');
    assert.equal(verdictOf(await store.hold(makeCode(to(21)))), 'breaker', '2 of 21 are not');
  });

  test(`${name}: a share of nothing never breaks`, async (t) => {
    const { store } = await open(t, { rules: { ...breaker, breakerMinPercent: 0 } });
    const verdicts = (
      await holdAll(
        store,
        range(100, (at) => to(at)),
      )
    ).map(verdictOf);
    assert.equal(count(verdicts, 'held'), 100);
  });

  test(`${name}: each time it is broken again it is blocked for twice as long, up to a day`, async (t) => {
    const { store } = await open(t, { rules: breaker });
    let nowMs = T0_MS;
    const blocks: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      const verdicts = await holdAll(
        store,
        range(21, (at) => to(round * 100 + at, nowMs)),
      );
      assert.equal(count(verdicts.map(verdictOf), 'held'), 20, `half open in round ${round}`);
      const last = verdicts.at(-1);
      assert.ok(last?.kind === 'refused' && last.guard === 'breaker');
      blocks.push(last.retryAfterMs / HOUR_MS);
      nowMs += last.retryAfterMs;
    }
    assert.deepEqual(blocks, [1, 2, 4, 8, 16, 24, 24]);
  });

  test(`${name}: what behaves for as long again as it was blocked is blocked from the beginning next time`, async (t) => {
    const { store } = await open(t, { rules: breaker });
    let nowMs = T0_MS;
    const breakIt = async () => {
      const last = (
        await holdAll(
          store,
          range(21, (at) => to(at, nowMs)),
        )
      ).at(-1);
      assert.ok(last?.kind === 'refused' && last.guard === 'breaker');
      nowMs += last.retryAfterMs;
      return last.retryAfterMs;
    };
    assert.equal(await breakIt(), HOUR_MS);
    assert.equal(await breakIt(), 2 * HOUR_MS);
    // Sweeping must not make it forget sooner.
    await store.sweep(nowMs);
    nowMs += 2 * HOUR_MS;
    assert.equal(await breakIt(), HOUR_MS);
  });

  test(`${name}: sweeping never ends a block before its time`, async (t) => {
    const { store } = await open(t, { rules: { ...breaker, breakerBlockMs: DAY_MS } });
    await holdAll(
      store,
      range(21, (at) => to(at)),
    );
    await store.sweep(T0_MS + DAY_MS - 1);
    assert.equal(verdictOf(await store.hold(makeCode(to(30, T0_MS + DAY_MS - 1)))), 'breaker');
  });

  test(`${name}: every refusal is kept, newest first, with its guard and what it saved`, async (t) => {
    const { store } = await open(t, { rules: { limits: { ...NO_LIMITS, recipient: 1 } } });
    const shown = { maskedTo: '+86138****1111', country: 'CN', kind: 'phone' } as const;
    const codes = [1, 2, 3].map((at) =>
      makeCode({ ...shown, purpose: `p${at}`, nowMs: T0_MS + at, costMinor: at }),
    );
    for (const code of codes) await store.hold(code);
    const given = {
      account: 1,
      timeMs: T0_MS + 9,
      guard: 'country',
      requestId: 'r9',
      savedMinor: 9,
    } as const;
    await store.refuse({ ...given, ...shown, country: 'FR' });
    const { refusals, total } = await store.refusals(1, { offset: 0, limit: 10 });
    assert.equal(total, 3);
    assert.deepEqual(
      refusals.map(({ guard, timeMs, savedMinor, country }) => [guard, timeMs - T0_MS, savedMinor, country]),
      [
        ['country', 9, 9, 'FR'],
        ['recipient', 3, 3, 'CN'],
        ['recipient', 2, 2, 'CN'],
      ],
    );
    assert.deepEqual(refusals[1], {
      seq: refusals[1]?.seq,
      ...shown,
      guard: 'recipient',
      timeMs: T0_MS + 3,
      requestId: codes[2]?.requestId,
      savedMinor: 3,
    });
    const second = await store.refusals(1, { offset: 1, limit: 1 });
    assert.deepEqual(second.refusals, [refusals[1]]);
    const turned = await store.refusals(1, { offset: 0, limit: 10, oldestFirst: true });
    assert.deepEqual(turned.refusals, refusals.toReversed());
    assert.equal((await store.refusals(2, { offset: 0, limit: 10 })).total, 0);
  });

  test(`${name}: of refusals the newest are kept one by one, the sums count them all`, async (t) => {
    const rules = { refusalsMax: 100, limits: { ...NO_LIMITS, recipient: 1 } };
    const under = await open(t, { rules });
    await holdAll(
      under.store,
      range(351, (at) => ({ purpose: `p${at}`, costMinor: 7 })),
    );
    const { store } = await under.reopen();
    assert.equal((await store.refusals(1, { offset: 0, limit: 1 })).total, 100);
    const sums = [{ guard: 'recipient', country: 'CN', count: 350, savedMinor: 350 * 7 }];
    assert.deepEqual(await store.refusalSums(1, T0_MS), sums);
    assert.deepEqual(await store.refusalSums(1, T0_MS + DAY_MS), [], 'since the next day');
    assert.deepEqual(await store.refusalSums(2, 0), []);
  });

  test(`${name}: sums are of one guard and country each, over all days since the given one`, async (t) => {
    const { store } = await open(t);
    const refuse = (guard: Guard, country: string, day: number) =>
      store.refuse({
        ...{ account: 1, timeMs: T0_MS + day * DAY_MS, guard, kind: 'phone', maskedTo: '', country },
        ...{ requestId: '', savedMinor: 5 },
      });
    for (const [guard, country, day] of [
      ...([
        ['prefix', 'CN', 0],
        ['prefix', 'CN', 1],
        ['prefix', 'HK', 1],
        ['breaker', 'CN', 2],
      ] as const),
    ])
      await refuse(guard, country, day);
    const sums = async (day: number) =>
      (await store.refusalSums(1, T0_MS + day * DAY_MS)).map(
        ({ guard, country, count: times, savedMinor }) => `${guard} ${country} ${times} ${savedMinor}`,
      );
    assert.deepEqual(await sums(0), ['breaker CN 1 5', 'prefix CN 2 10', 'prefix HK 1 5']);
    assert.deepEqual(await sums(1), ['breaker CN 1 5', 'prefix CN 1 5', 'prefix HK 1 5']);
    assert.deepEqual(await sums(2), ['breaker CN 1 5']);
  });
}
