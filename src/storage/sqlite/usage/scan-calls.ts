// Walks through the calls of usage.db, newest or oldest first, in windows of bounded size, so that no single statement takes long
// however rare the calls that pass the filter are.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { FAULTS } from '../../../domain/fault.ts';
import type { UsageCall, UsageCallFilter, UsageCursor } from '../../../ports/usage.ts';
import { type Condition, conditionsOf } from './conditions.ts';

export interface CallWindow {
  /** Calls of this window that pass the filter. */
  count(): number;
  /** The first of those, at most `limit`, after leaving out `offset`. */
  read(limit: number, offset: number): UsageCall[];
  /** All of them, at most `limit` at once. */
  pieces(limit: number): Generator<UsageCall[], void, undefined>;
  /** How many of them each quarter of an hour has, by protocol and action. */
  groups(): Record<string, SQLInputValue>[];
}

const WINDOW_CALLS = 20_000;
export const QUARTER_MS = 900_000;

interface Direction {
  /** Between a call and what it must come after. */
  readonly after: '<' | '>';
  readonly order: 'DESC' | 'ASC';
}
const NEWEST_FIRST: Direction = { after: '<', order: 'DESC' };
const OLDEST_FIRST: Direction = { after: '>', order: 'ASC' };

export function* scanCalls(
  database: DatabaseSync,
  filter: UsageCallFilter,
  from: UsageCursor | undefined,
  oldestFirst = false,
  windowCalls = WINDOW_CALLS,
): Generator<CallWindow, void, undefined> {
  const direction = oldestFirst ? OLDEST_FIRST : NEWEST_FIRST;
  const { after, order } = direction;
  // No call has this id: what begins or ends a period falls between two times.
  const oldest = { timeMs: filter.fromMs ?? Number.MIN_SAFE_INTEGER, id: -1 };
  const newest = { timeMs: filter.toMs ?? Number.MAX_SAFE_INTEGER, id: -1 };
  const [first, last] = oldestFirst ? [oldest, newest] : [newest, oldest];
  const { text: account, values: accountValues } = conditionsOf({ account: filter.account });
  const edge = database.prepare(
    `SELECT time_ms, id FROM calls WHERE ${account} AND (time_ms, id) ${after} (?, ?)
       AND (?, ?) ${after} (time_ms, id)
     ORDER BY time_ms ${order}, id ${order} LIMIT 1 OFFSET ${windowCalls - 1}`,
  );
  const isOutside = from !== undefined && isBefore(from, first) === oldestFirst;
  let start = from === undefined || isOutside ? first : from;
  for (;;) {
    const row = edge.get(...accountValues, start.timeMs, start.id, last.timeMs, last.id);
    const stop = row === undefined ? undefined : { timeMs: Number(row.time_ms), id: Number(row.id) };
    yield openWindow(database, conditionsOfCalls(filter), start, stop ?? last, direction);
    if (stop === undefined) return;
    start = stop;
  }
}

function isBefore(one: UsageCursor, other: UsageCursor): boolean {
  return one.timeMs < other.timeMs || (one.timeMs === other.timeMs && one.id < other.id);
}

/** From `start`, exclusive, to `stop`, inclusive. */
function openWindow(
  database: DatabaseSync,
  { text, values }: Condition,
  start: UsageCursor,
  stop: UsageCursor,
  { after, order }: Direction,
): CallWindow {
  const where = `FROM calls WHERE ${text} AND (time_ms, id) ${after} (?, ?) AND (?, ?) ${after}= (time_ms, id)`;
  const from = ({ timeMs, id }: UsageCursor) => [...values, timeMs, id, stop.timeMs, stop.id];
  const all = from(start);
  return {
    count: () => Number(database.prepare(`SELECT count(*) AS count ${where}`).get(...all)?.count),
    read: (limit, offset) =>
      database
        .prepare(`SELECT * ${where} ORDER BY time_ms ${order}, id ${order} LIMIT ? OFFSET ?`)
        .all(...all, limit, offset)
        .map(callOf),
    *pieces(limit) {
      const next = database.prepare(`SELECT * ${where} ORDER BY time_ms ${order}, id ${order} LIMIT ?`);
      for (let last: UsageCursor | undefined = start; last !== undefined; ) {
        const calls: UsageCall[] = next.all(...from(last), limit).map(callOf);
        if (calls.length > 0) yield calls;
        last = calls.length === limit ? calls.at(-1) : undefined;
      }
    },
    groups: () =>
      database
        .prepare(
          `SELECT time_ms / ${QUARTER_MS} AS quarter, protocol, action,
             sum(seq IS NOT NULL) AS calls, sum(charged) AS charged,
             sum(paid_by = 'quota') AS paid_by_quota, sum(paid_by = 'balance') AS paid_by_balance,
             sum(price_minor) AS price_minor, sum(charged_minor) AS charged_minor,
             sum(seq IS NULL AND sandbox = 0) AS refused, sum(sandbox) AS rehearsed
           ${where} GROUP BY 1, 2, 3`,
        )
        .all(...all) as Record<string, SQLInputValue>[],
  };
}

function conditionsOfCalls(filter: UsageCallFilter): Condition {
  const { statusCode, outcome, sandbox } = filter;
  const own = conditionsOf(filter);
  const more: [string, SQLInputValue | undefined][] = [
    ['status_code = ?', statusCode],
    ['outcome = ?', outcome],
    ['sandbox = ?', sandbox === undefined ? undefined : Number(sandbox)],
  ];
  const given = more.filter((row): row is [string, SQLInputValue] => row[1] !== undefined);
  return {
    text: [own.text, ...given.map(([text]) => text)].join(' AND '),
    values: [...own.values, ...given.map(([, value]) => value)],
  };
}

function callOf(row: Record<string, unknown>): UsageCall {
  const outcome = String(row.outcome);
  const numberOf = (value: unknown): number | undefined => (value === null ? undefined : Number(value));
  return {
    id: Number(row.id),
    timeMs: Number(row.time_ms),
    day: Number(row.day) as CalendarDate,
    account: Number(row.account),
    key: Number(row.key),
    protocol: String(row.protocol),
    action: String(row.action),
    requestId: String(row.request_id),
    outcome,
    isFault: Object.hasOwn(FAULTS, outcome),
    resultCode: String(row.result_code),
    statusCode: Number(row.status_code),
    sandbox: row.sandbox === 1,
    charged: row.charged === 1,
    paidBy: row.paid_by as UsageCall['paidBy'],
    priceMinor: Number(row.price_minor),
    chargedMinor: Number(row.charged_minor),
    quotaLeft: numberOf(row.quota_left),
    balanceLeftMinor: numberOf(row.balance_left),
    seq: numberOf(row.seq),
    durationUs: numberOf(row.duration_us),
  };
}
