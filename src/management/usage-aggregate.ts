// Row: usage by day and API, in AceData's shape with our sums beside it.

import { Type } from 'typebox';
import {
  type CalendarDate,
  createCalendar,
  formatCalendarDate,
  parseCalendarDate,
} from '../domain/calendar-date.ts';
import { createTimeFormat } from '../domain/zoned-time.ts';
import { AGGREGATE_DAYS_MAX, type UsageDay } from '../ports/usage.ts';
import { defineRoute, ManagementError, type RouteDefinition } from './route.ts';
import { readQuery, SCOPE_FIELDS, scopeOf } from './usage-filter.ts';
import type { UsageRouteOptions } from './usage-options.ts';
import { API_REFERENCE, describeApi, managementErrorOf } from './usage-shapes.ts';

const DAYS_DEFAULT = 30;
const DATE = Type.Optional(Type.String({ maxLength: 10, description: 'YYYY-MM-DD, included.' }));

const QUERY = Type.Object({
  ...SCOPE_FIELDS,
  date_from: DATE,
  date_to: DATE,
  timezone: Type.Optional(Type.String({ maxLength: 64, description: "IANA name; the ledger's if absent." })),
});

const COUNTS = {
  requests: Type.Integer(),
  charged: Type.Integer(),
  paid_by_quota: Type.Integer(),
  paid_by_balance: Type.Integer(),
  original_amount: Type.Integer(),
  refused: Type.Integer(),
  sandbox: Type.Integer(),
};

const ANSWER = Type.Object({
  items: Type.Array(
    Type.Object({
      date: Type.String(),
      api_id: Type.Union([Type.String(), Type.Null()]),
      action: Type.String(),
      protocol: Type.String(),
      amount: Type.Integer({ description: 'What balances paid, in minor units.' }),
      ...COUNTS,
    }),
  ),
  total: Type.Integer(),
  apis: Type.Array(API_REFERENCE),
  requests: Type.Integer(),
  models: Type.Array(Type.String()),
  timezone: Type.String(),
});

export function createUsageAggregate(options: UsageRouteOptions): RouteDefinition {
  const { usage, catalogue, timeZone } = options;
  const formatTime = createTimeFormat(timeZone);

  function describe(days: readonly UsageDay[], zone: string) {
    const items = days.map((day) => ({
      date: formatCalendarDate(day.day),
      api_id: catalogue.apiOf(day.protocol, day.action)?.id ?? null,
      action: day.action,
      protocol: day.protocol,
      amount: day.chargedMinor,
      requests: day.calls + day.refused + day.rehearsed,
      charged: day.charged,
      paid_by_quota: day.paidByQuota,
      paid_by_balance: day.paidByBalance,
      original_amount: day.priceMinor,
      refused: day.refused,
      sandbox: day.rehearsed,
    }));
    const seen = new Set(items.map((item) => item.api_id));
    return {
      items,
      total: items.reduce((sum, { amount }) => sum + amount, 0),
      apis: catalogue.apis.filter(({ id }) => seen.has(id)).map(describeApi),
      requests: items.reduce((sum, { requests }) => sum + requests, 0),
      models: [],
      timezone: zone,
    };
  }

  return defineRoute({
    name: 'usage-aggregate',
    group: 'usage',
    method: 'GET',
    path: '/usage/apis/aggregate',
    access: ['session', 'platform-token', 'credential', 'operator'],
    summary: {
      en: `Adds calls up by day and API: the last ${DAYS_DEFAULT} days, or at most ${AGGREGATE_DAYS_MAX}.`,
      zh: `按日期和 API 汇总用量：默认最近 ${DAYS_DEFAULT} 天，最多 ${AGGREGATE_DAYS_MAX} 天。`,
    },
    shape: 'acedata',
    query: QUERY,
    success: 200,
    answer: ANSWER,
    errors: [
      ...(['bad_request', 'usage_history_expired', 'not_signed_in', 'forbidden'] as const),
      ...(['usage_query_in_progress', 'unavailable'] as const),
    ],
    examples: [{ title: { en: 'The last days', zh: '最近用量' }, query: {} }],
    async run({ visitor, query, receivedAtMs }) {
      const read = readQuery(QUERY, query);
      const zone = read.timezone ?? timeZone;
      const dateOf = calendarOf(zone);
      const toDay = readDay(read.date_to, 'date_to') ?? dateOf(receivedAtMs);
      const fromDay = readDay(read.date_from, 'date_from') ?? ((toDay - DAYS_DEFAULT + 1) as CalendarDate);
      if (fromDay > toDay || toDay - fromDay >= AGGREGATE_DAYS_MAX)
        throw new ManagementError('bad_request', `a period has 1 to ${AGGREGATE_DAYS_MAX} days`);
      const filter = { ...scopeOf(options, visitor, read), fromDay, toDay };
      try {
        return { body: describe(await usage.aggregate(filter, zone), zone) };
      } catch (error) {
        throw managementErrorOf(error, formatTime);
      }
    },
  });
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
