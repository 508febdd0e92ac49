// What every ledger must hold, whatever it is stored in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CalendarDate } from '../../src/domain/calendar-date.ts';
import type { ServiceName } from '../../src/domain/service.ts';
import type { Attempt, Ledger, Settlement } from '../../src/ports/ledger.ts';
import { counterKey, DAY, DAY_START_MS, makeAttempt } from '../support/attempts.ts';
import { propertyRuns } from '../support/property-runs.ts';

export interface LedgerUnderTest {
  readonly ledger: Ledger;
  grant(accountId: number, service: ServiceName, calls: number, balanceMinor: number): void;
  funds(accountId: number, service: ServiceName): { readonly quota: number; readonly balanceMinor: number };
  /** Ends the ledger and opens it again on the same data. */
  reopen(): Promise<LedgerUnderTest>;
}

export type OpenUnderTest = (test: {
  after(end: () => void | Promise<void>): void;
}) => Promise<LedgerUnderTest>;

const PRICE_MINOR = 20;

export function testLedgerContract(name: string, open: OpenUnderTest): void {
  const settleAll = (ledger: Ledger, attempts: readonly Attempt[]): Promise<Settlement[]> =>
    Promise.all(attempts.map((attempt) => ledger.settle(attempt)));
  const repeat = (count: number, changes: Partial<Attempt>): Attempt[] =>
    Array.from({ length: count }, () => makeAttempt(changes));
  const outcomesOf = (settlements: readonly Settlement[]): string[] =>
    settlements.map((settlement) => (settlement.kind === 'recorded' ? settlement.outcome : settlement.fault));
  const count = <T>(values: readonly T[], value: T): number => values.filter((one) => one === value).length;

  test(`${name}: of 50 calls at once exactly those are charged that quota and balance pay for`, async (t) => {
    const { ledger, grant, funds } = await open(t);
    grant(1, 'line-status', 10, 7 * PRICE_MINOR + 5);
    const settlements = await settleAll(ledger, repeat(50, {}));
    const paidBy = settlements.map((one) => (one.kind === 'recorded' ? one.paidBy : one.fault));
    assert.deepEqual(
      [count(paidBy, 'quota'), count(paidBy, 'balance'), count(paidBy, 'funds_exhausted')],
      [10, 7, 33],
    );
    assert.equal(paidBy.lastIndexOf('quota') < paidBy.indexOf('balance'), true, 'quota goes first');
    assert.deepEqual(funds(1, 'line-status'), { quota: 0, balanceMinor: 5 });
    for (const one of settlements)
      if (one.kind === 'recorded') assert.equal(one.chargedMinor, one.paidBy === 'balance' ? PRICE_MINOR : 0);
  });

  test(`${name}: a charged outcome uses quota even when its price is 0, and without quota it is charged nothing`, async (t) => {
    const { ledger, grant, funds } = await open(t);
    grant(1, 'line-status', 2, 100);
    const settlements = await settleAll(ledger, [
      ...repeat(3, { priceMinor: 0 }),
      ...repeat(2, { priceMinor: 0, billable: false }),
    ]);
    assert.deepEqual(
      settlements.map((one) => one.kind === 'recorded' && [one.charged, one.paidBy, one.chargedMinor]),
      [
        [true, 'quota', 0],
        [true, 'quota', 0],
        [true, 'none', 0],
        [false, 'none', 0],
        [false, 'none', 0],
      ],
    );
    assert.deepEqual(funds(1, 'line-status'), { quota: 0, balanceMinor: 100 });
  });

  test(`${name}: of 50 calls at once exactly the daily limit is answered; the others are recorded free`, async (t) => {
    const { ledger, grant, funds } = await open(t);
    grant(1, 'line-status', 100, 0);
    const limited = repeat(50, { counters: [counterKey(1)], dailyLimit: 20 });
    const settlements = await settleAll(ledger, limited);
    assert.deepEqual(outcomesOf(settlements), [
      ...Array.from({ length: 20 }, () => 'known'),
      ...Array.from({ length: 30 }, () => 'daily_limit'),
    ]);
    assert.equal(funds(1, 'line-status').quota, 80);
    assert.deepEqual(
      settlements.map((one) => one.kind === 'recorded' && one.charged),
      settlements.map((_, index) => index < 20),
    );
  });

  test(`${name}: an attempt over the limit without a code for it is refused and leaves no entry`, async (t) => {
    const { ledger } = await open(t);
    const limited = { counters: [counterKey(1)], dailyLimit: 1, priceMinor: 0, limitResultCode: undefined };
    const [first, second, other] = await settleAll(ledger, [
      ...repeat(2, limited),
      makeAttempt({ priceMinor: 0 }),
    ]);
    assert.deepEqual(second, { kind: 'refused', fault: 'daily_limit_reached' });
    assert.ok(first?.kind === 'recorded' && other?.kind === 'recorded');
    assert.equal(other.seq, first.seq + 1);
  });

  test(`${name}: an attempt counts in all of its counters or, when one of them is full, in none`, async (t) => {
    const { ledger } = await open(t);
    const [full, free] = [counterKey(1), counterKey(2)];
    const limited = (counters: Uint8Array[]): Attempt =>
      makeAttempt({ counters, dailyLimit: 2, priceMinor: 0 });
    await settleAll(ledger, [limited([full]), limited([full])]);
    const refused = await settleAll(ledger, [limited([free, full]), limited([full, free])]);
    assert.deepEqual(outcomesOf(refused), ['daily_limit', 'daily_limit']);
    const later = await settleAll(ledger, [limited([free]), limited([free]), limited([free])]);
    assert.deepEqual(outcomesOf(later), ['known', 'known', 'daily_limit']);
  });

  test(`${name}: counters, quota and balance are the same after a restart`, async (t) => {
    const before = await open(t);
    before.grant(1, 'line-status', 1, 3 * PRICE_MINOR);
    const limited = { counters: [counterKey(1), counterKey(2)], dailyLimit: 3 };
    await settleAll(before.ledger, repeat(2, limited));
    const { ledger, funds } = await before.reopen();
    assert.deepEqual(funds(1, 'line-status'), { quota: 0, balanceMinor: 2 * PRICE_MINOR });
    const settlements = await settleAll(ledger, repeat(3, limited));
    assert.deepEqual(outcomesOf(settlements), ['known', 'daily_limit', 'daily_limit']);
    assert.equal(funds(1, 'line-status').balanceMinor, PRICE_MINOR);
  });

  test(`${name}: a new day starts every counter from zero, also after a restart`, async (t) => {
    const before = await open(t);
    const limited = { counters: [counterKey(1)], dailyLimit: 1, priceMinor: 0 };
    const tomorrow = { ...limited, day: (DAY + 1) as CalendarDate, timeMs: DAY_START_MS + 86_400_000 };
    const today = await settleAll(before.ledger, repeat(2, limited));
    assert.deepEqual(outcomesOf(today), ['known', 'daily_limit']);
    assert.deepEqual(outcomesOf(await settleAll(before.ledger, repeat(2, tomorrow))), [
      'known',
      'daily_limit',
    ]);
    const { ledger } = await before.reopen();
    assert.deepEqual(outcomesOf(await settleAll(ledger, repeat(1, tomorrow))), ['daily_limit']);
    const dayAfter = { ...tomorrow, day: (DAY + 2) as CalendarDate, timeMs: tomorrow.timeMs + 86_400_000 };
    assert.deepEqual(outcomesOf(await settleAll(ledger, repeat(1, dayAfter))), ['known']);
  });

  test(`${name}: funds that an operator adds on a new day do not carry yesterday's counters into it`, async (t) => {
    const { ledger, grant } = await open(t);
    const limited = { counters: [counterKey(1)], dailyLimit: 1, priceMinor: 0 };
    await settleAll(ledger, [makeAttempt({ ...limited, day: (DAY - 1) as CalendarDate, timeMs: 1 })]);
    grant(1, 'line-status', 1, 0);
    assert.deepEqual(outcomesOf(await settleAll(ledger, repeat(2, limited))), ['known', 'daily_limit']);
  });

  test(`${name}: funds dated ahead of the calls' day reset no counter of that day, also after a restart`, async (t) => {
    const before = await open(t);
    const yesterday = { day: (DAY - 1) as CalendarDate, timeMs: 1, priceMinor: 0 };
    const limited = { ...yesterday, counters: [counterKey(1)], dailyLimit: 2 };
    assert.deepEqual(outcomesOf(await settleAll(before.ledger, repeat(1, limited))), ['known']);
    before.grant(1, 'line-status', 1, 0);
    const after = await settleAll(before.ledger, repeat(2, limited));
    assert.deepEqual(outcomesOf(after), ['known', 'daily_limit']);
    const { ledger } = await before.reopen();
    assert.deepEqual(outcomesOf(await settleAll(ledger, repeat(1, limited))), ['daily_limit']);
  });

  test(`${name}: an outcome that is free costs nothing, but nothing is answered without funds`, async (t) => {
    const { ledger, grant, funds } = await open(t);
    const free = { billable: false, outcome: 'no_record', resultCode: '-1' } as const;
    assert.deepEqual(await ledger.settle(makeAttempt(free)), { kind: 'refused', fault: 'funds_exhausted' });
    grant(1, 'line-status', 1, 0);
    const settlement = await ledger.settle(makeAttempt(free));
    assert.ok(settlement.kind === 'recorded' && !settlement.charged && settlement.paidBy === 'none');
    assert.equal(funds(1, 'line-status').quota, 1);
  });

  test(`${name}: a refused call for lack of funds does not use up the daily limit`, async (t) => {
    const { ledger, grant } = await open(t);
    const limited = { counters: [counterKey(1)], dailyLimit: 1 };
    await ledger.settle(makeAttempt(limited));
    grant(1, 'line-status', 1, 0);
    assert.deepEqual(outcomesOf(await settleAll(ledger, repeat(1, limited))), ['known']);
  });

  test(`${name}: what costs nothing needs no funds`, async (t) => {
    const { ledger } = await open(t);
    const platform = makeAttempt({
      service: 'platform',
      outcome: 'completed',
      billable: false,
      priceMinor: 0,
    });
    assert.deepEqual(outcomesOf(await settleAll(ledger, [platform])), ['completed']);
  });

  test(`${name}: accounts pay for themselves, and quota only for its service`, async (t) => {
    const { ledger, grant } = await open(t);
    grant(1, 'line-status', 1, 0);
    const settlements = await settleAll(ledger, [
      makeAttempt({ accountId: 2 }),
      makeAttempt({ service: 'line-tenure', action: 'line-tenure' }),
      makeAttempt({}),
    ]);
    assert.deepEqual(outcomesOf(settlements), ['funds_exhausted', 'funds_exhausted', 'known']);
  });

  test(`${name}: numbers of entries grow by one, in the order of the calls`, async (t) => {
    const { ledger } = await open(t);
    const settlements = await settleAll(ledger, repeat(200, { priceMinor: 0 }));
    const seqs = settlements.map((one) => (one.kind === 'recorded' ? one.seq : 0));
    assert.deepEqual(
      seqs,
      seqs.map((_, index) => (seqs[0] ?? 0) + index),
    );
  });

  test(`${name}: an account that cannot pay is never said to be safely in funds`, async (t) => {
    const { ledger, grant } = await open(t);
    assert.equal(ledger.mayLackFunds(1, 'line-status', PRICE_MINOR), true);
    assert.equal(await ledger.hasFunds(1, 'line-status', PRICE_MINOR), false);
    grant(1, 'line-status', 2, 0);
    assert.equal(await ledger.hasFunds(1, 'line-status', PRICE_MINOR), true);
    await ledger.settle(makeAttempt());
    assert.equal(ledger.mayLackFunds(1, 'line-status', PRICE_MINOR), false);
    assert.equal(ledger.mayLackFunds(1, 'line-tenure', PRICE_MINOR), true);
    assert.equal(ledger.mayLackFunds(2, 'line-status', PRICE_MINOR), true);
    await ledger.settle(makeAttempt());
    assert.equal(ledger.mayLackFunds(1, 'line-status', PRICE_MINOR), true);
    assert.equal(await ledger.hasFunds(1, 'line-status', PRICE_MINOR), false);
    assert.equal(ledger.mayLackFunds(1, 'line-status', 0), false);
  });

  test(`${name}: whatever arrives at once, funds equal what was granted less what was charged`, async (t) => {
    const under = await open(t);
    const { ledger, grant, funds } = under;
    let account = 100;
    const attempt = fc.record({
      other: fc.boolean(),
      billable: fc.boolean(),
      priceMinor: fc.constantFrom(0, 1, 20, 30),
      counters: fc.uniqueArray(fc.nat(2), { maxLength: 3 }),
    });
    const grants = fc.record({ quota: fc.nat(10), balanceMinor: fc.nat(200) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(attempt, { maxLength: 60 }),
        grants,
        async (drawn, { quota, balanceMinor }) => {
          account += 2;
          grant(account, 'line-status', quota, balanceMinor);
          const settlements = await settleAll(
            ledger,
            drawn.map(({ other, counters, ...rest }) =>
              makeAttempt({
                ...rest,
                accountId: other ? account + 1 : account,
                counters: counters.map((key) => counterKey(account * 10 + key)),
                dailyLimit: 12,
              }),
            ),
          );
          const model = expectSettlements(drawn, quota, balanceMinor, 12);
          assert.deepEqual(outcomesOf(settlements), model.outcomes);
          assert.deepEqual(funds(account, 'line-status'), {
            quota: model.quota,
            balanceMinor: model.balanceMinor,
          });
        },
      ),
      propertyRuns(60),
    );
  });
}

interface Drawn {
  readonly other: boolean;
  readonly billable: boolean;
  readonly priceMinor: number;
  readonly counters: readonly number[];
}

/** The rules once more, as plainly as they can be said; the other account has nothing. */
function expectSettlements(drawn: readonly Drawn[], quota: number, balanceMinor: number, dailyLimit: number) {
  const left = { quota, balanceMinor };
  const counted = new Map<number, number>();
  const outcomes = drawn.map(({ other, billable, priceMinor, counters }) => {
    const pays = other ? { quota: 0, balanceMinor: 0 } : left;
    if (priceMinor > 0 && pays.quota === 0 && pays.balanceMinor < priceMinor) return 'funds_exhausted';
    if (counters.some((key) => (counted.get(key) ?? 0) >= dailyLimit)) return 'daily_limit';
    for (const key of counters) counted.set(key, (counted.get(key) ?? 0) + 1);
    if (billable) {
      if (pays.quota > 0) pays.quota -= 1;
      else pays.balanceMinor -= priceMinor;
    }
    return 'known';
  });
  return { outcomes, ...left };
}
