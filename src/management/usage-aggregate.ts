// Row: usage by day and API, in AceData's shape with our sums beside it.

import { Type } from '../core/json-schema.ts';
import { formatCalendarDate } from '../domain/calendar-date.ts';
import { createTimeFormat } from '../domain/zoned-time.ts';
import { AGGREGATE_DAYS_MAX, type UsageDay } from '../ports/usage.ts';
import { noteLookAtSums } from './note-look.ts';
import { defineRoute, type RouteDefinition } from './route.ts';
import { DAY_COUNTS, DAYS_DEFAULT, PERIOD_FIELDS, periodIn, shapeCounts } from './usage-days.ts';
import { readQuery, SCOPE_FIELDS, scopeOf } from './usage-filter.ts';
import type { UsageRouteOptions } from './usage-options.ts';
import { API_REFERENCE, describeApi, managementErrorOf } from './usage-shapes.ts';

const QUERY = Type.Object({
  ...SCOPE_FIELDS,
  ...PERIOD_FIELDS,
  timezone: Type.Optional(Type.String({ maxLength: 64, description: "IANA name; the ledger's if absent." })),
});

const ANSWER = Type.Object({
  items: Type.Array(
    Type.Object({
      date: Type.String(),
      api_id: Type.Union([Type.String(), Type.Null()]),
      action: Type.String(),
      protocol: Type.String(),
      ...DAY_COUNTS,
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
      ...shapeCounts(day),
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
    async run(request) {
      const { visitor, query, receivedAtMs } = request;
      const read = readQuery(QUERY, query);
      const zone = read.timezone ?? timeZone;
      const filter = { ...scopeOf(options, visitor, read), ...periodIn(read, zone, receivedAtMs) };
      await noteLookAtSums(options, request, 'usage.aggregate', filter);
      try {
        return { body: describe(await usage.aggregate(filter, zone), zone) };
      } catch (error) {
        throw managementErrorOf(error, formatTime);
      }
    },
  });
}
