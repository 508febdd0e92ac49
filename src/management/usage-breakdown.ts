// Row: what an overview shows in one answer: sums by day and action, what became of the calls, how long they took.

import { Type } from '../core/json-schema.ts';
import { formatCalendarDate } from '../domain/calendar-date.ts';
import type { LatencyPercentiles } from '../domain/latency-histogram.ts';
import { createTimeFormat } from '../domain/zoned-time.ts';
import type { UsageBreakdown } from '../ports/usage.ts';
import { noteLookAtSums } from './note-look.ts';
import { defineRoute, type RouteDefinition } from './route.ts';
import { DAY_COUNTS, DAYS_DEFAULT, PERIOD_FIELDS, periodIn, shapeCounts } from './usage-days.ts';
import { readQuery, SCOPE_FIELDS, scopeOf } from './usage-filter.ts';
import type { UsageRouteOptions } from './usage-options.ts';
import { managementErrorOf } from './usage-shapes.ts';

const { user_id, service_id, api_id, protocol } = SCOPE_FIELDS;
const QUERY = Type.Object({
  ...{ user_id, service_id, api_id, protocol, ...PERIOD_FIELDS },
  sandbox: Type.Optional(
    Type.String({
      enum: ['true', 'false'],
      description: 'Of the sandbox alone; of all other calls if absent.',
    }),
  ),
});

const OF_DAY = { date: Type.String(), action: Type.String(), protocol: Type.String() };
const LATENCY = {
  requests: Type.Integer(),
  p50_ms: Type.Number(),
  p95_ms: Type.Number(),
  p99_ms: Type.Number(),
};

const ANSWER = Type.Object({
  date_from: Type.String(),
  date_to: Type.String(),
  timezone: Type.String(),
  items: Type.Array(Type.Object({ ...OF_DAY, ...DAY_COUNTS })),
  outcomes: Type.Array(
    Type.Object({ ...OF_DAY, outcome: Type.String(), error: Type.Boolean(), requests: Type.Integer() }),
  ),
  latency: Type.Object(
    {
      all: Type.Union([Type.Object(LATENCY), Type.Null()]),
      actions: Type.Array(Type.Object({ action: Type.String(), protocol: Type.String(), ...LATENCY })),
      days: Type.Array(Type.Object({ date: Type.String(), ...LATENCY })),
    },
    {
      description:
        'Percentiles in milliseconds, within 5 %, of live calls as long as single calls are kept; a measurement, not part of the ledger.',
    },
  ),
});

export function createUsageBreakdown(options: UsageRouteOptions): RouteDefinition {
  const { usage, timeZone } = options;
  const formatTime = createTimeFormat(timeZone);
  return defineRoute({
    name: 'usage-breakdown',
    group: 'usage',
    method: 'GET',
    path: '/usage/apis/breakdown',
    access: ['session', 'platform-token', 'operator'],
    summary: {
      en: `Sums, outcomes and latency by day and API, for an overview: the last ${DAYS_DEFAULT} days, in the ledger's time zone.`,
      zh: `按日期和 API 汇总用量、结果和耗时，供概览使用：默认最近 ${DAYS_DEFAULT} 天，按账本时区。`,
    },
    shape: 'own',
    query: QUERY,
    success: 200,
    answer: ANSWER,
    errors: [
      ...(['bad_request', 'not_signed_in', 'forbidden', 'not_found'] as const),
      ...(['usage_query_in_progress', 'unavailable'] as const),
    ],
    examples: [{ title: { en: 'The last days', zh: '最近用量' }, query: {} }],
    async run(request) {
      const { visitor, query, receivedAtMs } = request;
      const read = readQuery(QUERY, query);
      const period = periodIn(read, timeZone, receivedAtMs);
      const { key: _never, ...scope } = scopeOf(options, visitor, read);
      await noteLookAtSums(options, request, 'usage.breakdown', scope);
      try {
        const found = await usage.breakdown({ ...scope, ...period }, read.sandbox === 'true');
        const { fromDay, toDay } = period;
        const dates = { date_from: formatCalendarDate(fromDay), date_to: formatCalendarDate(toDay) };
        return { body: { ...dates, timezone: timeZone, ...shape(found) } };
      } catch (error) {
        throw managementErrorOf(error, formatTime);
      }
    },
  });
}

function shape({ days, outcomes, latencies }: UsageBreakdown) {
  return {
    items: days.map((day) => ({
      ...{ date: formatCalendarDate(day.day), action: day.action, protocol: day.protocol },
      ...shapeCounts(day),
    })),
    outcomes: outcomes.map(({ day, isFault, calls, ...names }) => ({
      date: formatCalendarDate(day),
      ...names,
      ...{ error: isFault, requests: calls },
    })),
    latency: {
      all: latencies.all === undefined ? null : shapeLatency(latencies.all),
      actions: latencies.actions.map(({ action, protocol, ...one }) => ({
        ...{ action, protocol },
        ...shapeLatency(one),
      })),
      days: latencies.days.map(({ day, ...one }) => ({
        date: formatCalendarDate(day),
        ...shapeLatency(one),
      })),
    },
  };
}

function shapeLatency({ calls, p50Ms, p95Ms, p99Ms }: LatencyPercentiles) {
  return { requests: calls, p50_ms: p50Ms, p95_ms: p95Ms, p99_ms: p99Ms };
}
