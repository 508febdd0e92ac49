// Sums by day, protocol and action, and totals, from the daily sums; for days of another time zone from the calls that are
// kept. Pauses between bounded steps.

import type { DatabaseSync } from 'node:sqlite';
import { type CalendarDate, createCalendar } from '../../../domain/calendar-date.ts';
import { type UsageDay, type UsageDayFilter, UsageError, type UsageTotals } from '../../../ports/usage.ts';
import { conditionsOf } from './conditions.ts';
import { keptFromMs } from './kept-from.ts';
import { QUARTER_MS, scanCalls } from './scan-calls.ts';

const SUMS = {
  calls: 'calls',
  charged: 'charged',
  paidByQuota: 'paid_by_quota',
  paidByBalance: 'paid_by_balance',
  priceMinor: 'price_minor',
  chargedMinor: 'charged_minor',
  refused: 'refused',
  rehearsed: 'rehearsed',
} as const;
type SumName = keyof typeof SUMS;
type Sums = Record<SumName, number>;

const DAY_MS = 86_400_000;
/** No time zone is further from UTC. */
const ZONE_MS = 15 * 3_600_000;
const FIRST_DAY = -100_000_000;
const LAST_DAY = 100_000_000;

export function* answerDays(
  database: DatabaseSync,
  filter: UsageDayFilter,
): Generator<void, UsageDay[], undefined> {
  const { text, values } = conditionsOf(filter);
  const sums = Object.values(SUMS).map((name) => `sum(${name}) AS ${name}`);
  const read = database.prepare(
    `SELECT protocol, action, ${sums.join(', ')} FROM days WHERE day = ? AND ${text}
     GROUP BY protocol, action ORDER BY protocol, action`,
  );
  const found: UsageDay[] = [];
  for (const day of daysOf(database, 'days', filter)) {
    for (const row of read.all(day, ...values)) found.push(dayOf(row, day));
    yield;
  }
  return found;
}

export function* answerDaysOfZone(
  database: DatabaseSync,
  filter: UsageDayFilter & { readonly fromDay: CalendarDate; readonly toDay: CalendarDate },
  timeZone: string,
): Generator<void, UsageDay[], undefined> {
  const { fromDay, toDay, ...rest } = filter;
  const dateOf = createCalendar(timeZone);
  const kept = keptFromMs(database);
  if (kept !== undefined && dateOf(kept) >= fromDay)
    throw new UsageError('history_expired', 'days of another time zone are no longer known', kept);
  const days = new Map<string, UsageDay>();
  const period = { fromMs: fromDay * DAY_MS - ZONE_MS, toMs: (toDay + 1) * DAY_MS + ZONE_MS };
  for (const window of scanCalls(database, { ...rest, ...period }, undefined)) {
    for (const row of window.groups()) {
      const day = dateOf(Number(row.quarter) * QUARTER_MS);
      if (day < fromDay || day > toDay) continue;
      const name = `${day} ${row.protocol} ${row.action}`;
      const known = days.get(name);
      const found = dayOf(row, day);
      days.set(name, known === undefined ? found : { ...found, ...addSums(known, found) });
    }
    yield;
  }
  return [...days.values()].sort(
    (one, other) =>
      one.day - other.day ||
      one.protocol.localeCompare(other.protocol) ||
      one.action.localeCompare(other.action),
  );
}

export function* answerTotals(
  database: DatabaseSync,
  filter: UsageDayFilter,
): Generator<void, UsageTotals, undefined> {
  let sums = sumsOf({});
  for (const day of yield* answerDays(database, filter)) sums = addSums(sums, day);
  const { account, key, protocol, actions } = filter;
  if (key !== undefined || protocol !== undefined || actions !== undefined)
    return { ...sums, grantedCalls: undefined, toppedUpMinor: undefined };
  const { text, values } = conditionsOf({ account });
  const read = database.prepare(
    `SELECT total(iif(kind = 'top_up', amount, 0)) AS minor, total(iif(kind = 'top_up', 0, amount)) AS calls
     FROM grants WHERE day = ? AND ${text}`,
  );
  let grantedCalls = 0;
  let toppedUpMinor = 0;
  for (const day of daysOf(database, 'grants', filter)) {
    const row = read.get(day, ...values);
    grantedCalls += Number(row?.calls);
    toppedUpMinor += Number(row?.minor);
    yield;
  }
  return { ...sums, grantedCalls, toppedUpMinor };
}

/** The days that have rows, in order, each found by the index. */
export function* daysOf(
  database: DatabaseSync,
  table: 'days' | 'grants' | 'outcomes' | 'latencies',
  { account, fromDay, toDay }: UsageDayFilter,
): Generator<CalendarDate, void, undefined> {
  const { text, values } = conditionsOf({ account });
  const next = database.prepare(
    `SELECT day FROM ${table} WHERE ${text} AND day > ? AND day <= ? ORDER BY day LIMIT 1`,
  );
  let last = (fromDay ?? FIRST_DAY) - 1;
  for (;;) {
    const row = next.get(...values, last, toDay ?? LAST_DAY);
    if (row === undefined) return;
    last = Number(row.day);
    yield last as CalendarDate;
  }
}

function dayOf(row: Record<string, unknown>, day: CalendarDate): UsageDay {
  return { day, protocol: String(row.protocol), action: String(row.action), ...sumsOf(row) };
}

function sumsOf(row: Record<string, unknown>): Sums {
  const sums: Partial<Sums> = {};
  for (const name of Object.keys(SUMS) as SumName[]) sums[name] = Number(row[SUMS[name]] ?? 0);
  return sums as Sums;
}

function addSums(one: Sums, other: Sums): Sums {
  const sums: Partial<Sums> = {};
  for (const name of Object.keys(SUMS) as SumName[]) sums[name] = one[name] + other[name];
  return sums as Sums;
}
