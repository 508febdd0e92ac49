// What every ledger must hold of usage caps, whatever it is stored in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CalendarDate, parseCalendarDate } from '../../src/domain/calendar-date.ts';
import { type KeyLimits, NO_CAPS, type UsageCaps } from '../../src/domain/usage-cap.ts';
import type { Attempt, Ledger, Settlement } from '../../src/ports/ledger.ts';
import { counterKey, makeAttempt } from '../support/attempts.ts';
import { propertyRuns } from '../support/property-runs.ts';
import type { OpenUnderTest } from './ledger.ts';

const PRICE_MINOR = 20;
const DAY_MS = 86_400_000;

/** An attempt on a date; times only grow with the dates. */
function attemptOn(date: string, changes: Partial<Attempt>): Attempt {
  const day = parseCalendarDate(date) ?? (0 as CalendarDate);
  return makeAttempt({ day, timeMs: day * DAY_MS + 1, ...changes });
}

const capped = (caps: Partial<UsageCaps>): Partial<Attempt> => ({ caps: { ...NO_CAPS, ...caps } });
const limited = (limits: Partial<KeyLimits>): Partial<Attempt> => ({
  keyLimits: { callsMax: Number.POSITIVE_INFINITY, caps: NO_CAPS, ...limits },
});
const repeat = (count: number, date: string, changes: Partial<Attempt>): Attempt[] =>
  Array.from({ length: count }, () => attemptOn(date, changes));
const settleAll = (ledger: Ledger, attempts: readonly Attempt[]): Promise<Settlement[]> =>
  Promise.all(attempts.map((attempt) => ledger.settle(attempt)));
const outcomesOf = (settlements: readonly Settlement[]): string[] =>
  settlements.map((one) => (one.kind === 'recorded' ? one.outcome : one.fault));
const knownThen = (known: number, fault: string, refused: number): string[] => [
  ...Array.from({ length: known }, () => 'known'),
  ...Array.from({ length: refused }, () => fault),
];

export function testLedgerCaps(name: string, open: OpenUnderTest): void {
  test(`${name}: of 50 calls at once exactly those under the cap are charged; the others cost and leave nothing`, async (t) => {
    const { ledger, grant, funds } = await open(t);
    grant(1, 'line-status', 30, 100 * PRICE_MINOR);
    const settlements = await settleAll(ledger, repeat(50, '2026-12-01', capped({ callsPerDay: 33 })));
    assert.deepEqual(outcomesOf(settlements), knownThen(33, 'cap_reached', 17));
    assert.deepEqual(funds(1, 'line-status'), { quota: 0, balanceMinor: 97 * PRICE_MINOR });
    const [uncapped] = await settleAll(ledger, repeat(1, '2026-12-01', {}));
    const last = settlements[32];
    assert.ok(uncapped?.kind === 'recorded' && last?.kind === 'recorded');
    assert.equal(uncapped.seq, last.seq + 1);
  });

  test(`${name}: a cap in money is never exceeded, not by a part of a price, and does not bind what quota pays`, async (t) => {
    const { ledger, grant, funds } = await open(t);
    grant(1, 'line-status', 2, 100 * PRICE_MINOR);
    const caps = capped({ minorPerDay: 5 * PRICE_MINOR - 1 });
    const settlements = await settleAll(ledger, repeat(10, '2026-12-01', caps));
    assert.deepEqual(outcomesOf(settlements), knownThen(6, 'cap_reached', 4));
    assert.equal(funds(1, 'line-status').balanceMinor, 96 * PRICE_MINOR);
    grant(1, 'line-status', 1, 0);
    assert.deepEqual(outcomesOf(await settleAll(ledger, repeat(2, '2026-12-01', caps))), [
      'known',
      'cap_reached',
    ]);
  });

  for (const cap of ['minorPerDay', 'minorPerMonth'] as const) {
    test(`${name}: what quota paid is no money after a restart either (${cap})`, async (t) => {
      const before = await open(t);
      before.grant(1, 'line-status', 2, 100 * PRICE_MINOR);
      const caps = capped({ [cap]: 2 * PRICE_MINOR });
      await settleAll(before.ledger, repeat(3, '2026-12-01', caps));
      const { ledger } = await before.reopen();
      assert.deepEqual(
        outcomesOf(await settleAll(ledger, repeat(2, '2026-12-01', caps))),
        knownThen(1, 'cap_reached', 1),
      );
    });
  }

  test(`${name}: a day's cap begins anew with the day, a month's with the month, also after a restart`, async (t) => {
    const before = await open(t);
    before.grant(1, 'line-status', 0, 1000 * PRICE_MINOR);
    const caps = capped({ callsPerDay: 3, minorPerMonth: 5 * PRICE_MINOR });
    const on = async (ledger: Ledger, date: string) =>
      outcomesOf(await settleAll(ledger, repeat(4, date, caps)));
    assert.deepEqual(await on(before.ledger, '2026-11-30'), knownThen(3, 'cap_reached', 1));
    assert.deepEqual(await on(before.ledger, '2026-12-01'), knownThen(3, 'cap_reached', 1));
    const under = await before.reopen();
    assert.deepEqual(await on(under.ledger, '2026-12-01'), knownThen(0, 'cap_reached', 4));
    assert.deepEqual(await on(under.ledger, '2026-12-31'), knownThen(2, 'cap_reached', 2));
    const { ledger } = await under.reopen();
    assert.deepEqual(await on(ledger, '2026-12-31'), knownThen(0, 'cap_reached', 4));
    assert.deepEqual(await on(ledger, '2027-01-01'), knownThen(3, 'cap_reached', 1));
    assert.deepEqual(await on(ledger, '2027-01-02'), knownThen(2, 'cap_reached', 2));
  });

  test(`${name}: a cap set in the middle of a month counts what was charged before it, and only by this account`, async (t) => {
    const { ledger, grant } = await open(t);
    for (const account of [1, 2]) grant(account, 'line-status', 100, 0);
    await settleAll(ledger, [...repeat(3, '2026-12-02', {}), ...repeat(9, '2026-12-02', { accountId: 2 })]);
    const settlements = await settleAll(ledger, repeat(5, '2026-12-03', capped({ callsPerMonth: 4 })));
    assert.deepEqual(outcomesOf(settlements), knownThen(1, 'cap_reached', 4));
  });

  test(`${name}: what is free counts in no cap; what cannot be charged at all is not refused by one`, async (t) => {
    const { ledger, grant } = await open(t);
    grant(1, 'line-status', 10, 0);
    const free = { billable: false, outcome: 'no_record', ...capped({ callsPerDay: 1 }) } as const;
    assert.deepEqual(outcomesOf(await settleAll(ledger, repeat(3, '2026-12-01', free))), [
      'no_record',
      'no_record',
      'no_record',
    ]);
    await settleAll(ledger, repeat(1, '2026-12-01', capped({ callsPerDay: 1 })));
    const platform = { ...free, service: 'platform', outcome: 'completed', priceMinor: 0 } as const;
    assert.deepEqual(
      outcomesOf(await settleAll(ledger, [attemptOn('2026-12-01', free), attemptOn('2026-12-01', platform)])),
      ['cap_reached', 'completed'],
    );
  });

  test(`${name}: an attempt that a cap refused does not use up the daily limit, and lack of funds comes first`, async (t) => {
    const { ledger, grant } = await open(t);
    const limited = { counters: [counterKey(1)], dailyLimit: 1 };
    const attempt = () => attemptOn('2026-12-01', { ...limited, ...capped({ callsPerDay: 0 }) });
    assert.deepEqual(outcomesOf([await ledger.settle(attempt())]), ['funds_exhausted']);
    grant(1, 'line-status', 5, 0);
    assert.deepEqual(outcomesOf([await ledger.settle(attempt())]), ['cap_reached']);
    assert.deepEqual(outcomesOf(await settleAll(ledger, repeat(2, '2026-12-01', limited))), [
      'known',
      'daily_limit',
    ]);
  });

  test(`${name}: a call refused in a new month does not begin it for one of the old month that comes late`, async (t) => {
    const { ledger, grant } = await open(t);
    grant(1, 'line-status', 9, 0);
    const month = capped({ callsPerMonth: 2 });
    const inOrder = [
      ...repeat(2, '2026-12-31', month),
      attemptOn('2027-01-01', capped({ callsPerDay: 0 })),
      attemptOn('2026-12-31', month),
      ...repeat(3, '2027-01-01', month),
    ];
    assert.deepEqual(outcomesOf(await settleAll(ledger, inOrder)), [
      ...['known', 'known', 'cap_reached'],
      'cap_reached',
      ...['known', 'known', 'cap_reached'],
    ]);
  });

  test(`${name}: of 50 calls at once of one key no limit of it is exceeded, whichever is the tightest`, async (t) => {
    const { ledger, grant, funds } = await open(t);
    for (const [keyId, limits, charged] of [
      [11, { callsMax: 7 }, 7],
      [12, { callsMax: 40, caps: { ...NO_CAPS, callsPerDay: 5 } }, 5],
      [13, { caps: { ...NO_CAPS, callsPerMonth: 6 } }, 6],
      [14, { caps: { ...NO_CAPS, minorPerDay: 4 * PRICE_MINOR - 1 } }, 3],
      [15, { caps: { ...NO_CAPS, minorPerMonth: 9 * PRICE_MINOR } }, 9],
      [16, { callsMax: 0 }, 0],
    ] as const) {
      grant(keyId, 'line-status', 0, 100 * PRICE_MINOR);
      const calls = repeat(50, '2026-12-01', { accountId: keyId, keyId, ...limited(limits) });
      assert.deepEqual(
        outcomesOf(await settleAll(ledger, calls)),
        knownThen(charged, 'cap_reached', 50 - charged),
      );
      assert.equal(funds(keyId, 'line-status').balanceMinor, (100 - charged) * PRICE_MINOR);
    }
  });

  test(`${name}: a key's limit binds that key alone, counts its whole life, days apart and over restarts`, async (t) => {
    const before = await open(t);
    before.grant(1, 'line-status', 100, 0);
    const own = { keyId: 21, ...limited({ callsMax: 5 }) };
    const other = { keyId: 22 };
    // Counted before the limit was set, too.
    await settleAll(before.ledger, [
      ...repeat(2, '2026-12-01', { keyId: 21 }),
      ...repeat(9, '2026-12-01', other),
    ]);
    assert.deepEqual(outcomesOf(await settleAll(before.ledger, repeat(2, '2027-02-01', own))), [
      'known',
      'known',
    ]);
    const under = await before.reopen();
    assert.deepEqual(
      outcomesOf(await settleAll(under.ledger, repeat(3, '2027-05-01', own))),
      knownThen(1, 'cap_reached', 2),
    );
    assert.deepEqual(outcomesOf(await settleAll(under.ledger, repeat(1, '2027-05-01', other))), ['known']);
  });

  test(`${name}: the account's caps and the key's both hold, and what is free uses up neither`, async (t) => {
    const { ledger, grant } = await open(t);
    grant(1, 'line-status', 100, 0);
    const both = (keyId: number) => ({ keyId, ...capped({ callsPerDay: 6 }), ...limited({ callsMax: 4 }) });
    const free = { ...both(31), billable: false, outcome: 'no_record' } as const;
    await settleAll(ledger, repeat(9, '2026-12-01', free));
    assert.deepEqual(
      outcomesOf(await settleAll(ledger, repeat(5, '2026-12-01', both(31)))),
      knownThen(4, 'cap_reached', 1),
    );
    assert.deepEqual(
      outcomesOf(await settleAll(ledger, repeat(5, '2026-12-01', both(32)))),
      knownThen(2, 'cap_reached', 3),
    );
  });

  test(`${name}: whatever arrives at once over days and restarts, no cap is exceeded and none refuses too early`, async (t) => {
    let under = await open(t);
    let account = 1000;
    let month = 0;
    const count = fc.option(fc.nat(12), { nil: Number.POSITIVE_INFINITY });
    const money = fc.option(fc.nat(240), { nil: Number.POSITIVE_INFINITY });
    const capsDrawn = fc.record<UsageCaps>({
      callsPerDay: count,
      callsPerMonth: count,
      minorPerDay: money,
      minorPerMonth: money,
    });
    const step = fc.record({
      daysLater: fc.constantFrom(0, 0, 1, 20),
      reopens: fc.constantFrom(false, false, false, true),
      batch: fc.array(
        fc.record({
          billable: fc.boolean(),
          priceMinor: fc.constantFrom(0, 1, 20, 30),
          isCapped: fc.boolean(),
        }),
        { maxLength: 20 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(capsDrawn, fc.nat(8), fc.array(step, { maxLength: 5 }), async (caps, quota, steps) => {
        account += 1;
        // Dates of the whole chain only grow.
        month += 6;
        let dayOfRun = 0;
        under.grant(account, 'line-status', quota, 100_000);
        const model = createModel(caps, quota);
        for (const { daysLater, reopens, batch } of steps) {
          dayOfRun += daysLater;
          if (reopens) under = await under.reopen();
          const date = new Date(Date.UTC(2027, month, 1 + dayOfRun)).toISOString().slice(0, 10);
          const attempts = batch.map(({ isCapped, ...drawn }) =>
            attemptOn(date, { ...drawn, accountId: account, ...(isCapped ? { caps } : {}) }),
          );
          const expected = batch.map((drawn) => model.settle(date, drawn));
          assert.deepEqual(outcomesOf(await settleAll(under.ledger, attempts)), expected);
        }
      }),
      propertyRuns(60),
    );
  });
}

interface Drawn {
  readonly billable: boolean;
  readonly priceMinor: number;
  readonly isCapped: boolean;
}

/** The rules once more, as plainly as they can be said. */
function createModel(caps: UsageCaps, granted: number) {
  let quota = granted;
  const charged: { readonly date: string; readonly minor: number }[] = [];
  const exceeds = (period: string, calls: number, money: number, minor: number): boolean => {
    const own = charged.filter(({ date }) => date.startsWith(period));
    const spent = own.reduce((sum, one) => sum + one.minor, 0);
    return own.length >= calls || (minor > 0 && spent + minor > money);
  };
  return {
    settle(date: string, { billable, priceMinor, isCapped }: Drawn): string {
      const minor = quota > 0 ? 0 : priceMinor;
      const isReached =
        exceeds(date, caps.callsPerDay, caps.minorPerDay, minor) ||
        exceeds(date.slice(0, 7), caps.callsPerMonth, caps.minorPerMonth, minor);
      if (isCapped && isReached) return 'cap_reached';
      if (!billable) return 'known';
      charged.push({ date, minor });
      if (quota > 0) quota -= 1;
      return 'known';
    },
  };
}
