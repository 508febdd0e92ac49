// What the calls about usage by day share: which days are asked for, and the sums of one day.

import { Type } from '../core/json-schema.ts';
import { type CalendarDate, createCalendar, parseCalendarDate } from '../domain/calendar-date.ts';
import { AGGREGATE_DAYS_MAX, type UsageSums } from '../ports/usage.ts';
import { ManagementError } from './route.ts';

export const DAYS_DEFAULT = 30;
const DATE = Type.Optional(Type.String({ maxLength: 10, description: 'YYYY-MM-DD, included.' }));

export const PERIOD_FIELDS = { date_from: DATE, date_to: DATE };

export const DAY_COUNTS = {
  amount: Type.Integer({ description: 'What balances paid, in minor units.' }),
  requests: Type.Integer(),
  charged: Type.Integer(),
  paid_by_quota: Type.Integer(),
  paid_by_balance: Type.Integer(),
  original_amount: Type.Integer(),
  refused: Type.Integer(),
  sandbox: Type.Integer(),
};

export function shapeCounts(day: UsageSums) {
  return {
    amount: day.chargedMinor,
    requests: day.calls + day.refused + day.rehearsed,
    charged: day.charged,
    paid_by_quota: day.paidByQuota,
    paid_by_balance: day.paidByBalance,
    original_amount: day.priceMinor,
    refused: day.refused,
    sandbox: day.rehearsed,
  };
}

/** Both included; throws bad_request for what is no period, or too long. */
export function periodIn(
  query: Readonly<Partial<Record<'date_from' | 'date_to', string>>>,
  zone: string,
  nowMs: number,
): { readonly fromDay: CalendarDate; readonly toDay: CalendarDate } {
  const dateOf = calendarOf(zone);
  const toDay = readDay(query.date_to, 'date_to') ?? dateOf(nowMs);
  const fromDay = readDay(query.date_from, 'date_from') ?? ((toDay - DAYS_DEFAULT + 1) as CalendarDate);
  if (fromDay > toDay || toDay - fromDay >= AGGREGATE_DAYS_MAX)
    throw new ManagementError('bad_request', `a period has 1 to ${AGGREGATE_DAYS_MAX} days`);
  return { fromDay, toDay };
}

function calendarOf(zone: string): (ms: number) => CalendarDate {
  try {
    return createCalendar(zone);
  } catch {
    throw new ManagementError('bad_request', 'timezone is not an IANA time zone');
  }
}

function readDay(text: string | undefined, name: string): CalendarDate | undefined {
  if (text === undefined) return undefined;
  const day = parseCalendarDate(text);
  if (day === undefined) throw new ManagementError('bad_request', `${name} must be a date like 2026-11-21`);
  return day;
}
