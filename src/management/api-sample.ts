// Row: the latest calls of one API, in AceData's shape. There everybody sees everybody's; here an account sees its own.

import { Type } from '../core/json-schema.ts';
import { createTimeFormat } from '../domain/zoned-time.ts';
import { PAGE_CALLS_MAX, type UsageCall, type UsageCursor } from '../ports/usage.ts';
import { defineRoute, ManagementError, type RouteDefinition } from './route.ts';
import { scopeOf } from './usage-filter.ts';
import type { UsageRouteOptions } from './usage-options.ts';
import { managementErrorOf } from './usage-shapes.ts';

const MINUTES = 15;
const CALLS_MAX = 5000;
const ROW = Type.Object({
  api_id: Type.String(),
  created_at: Type.String(),
  trace_id: Type.String(),
  status_code: Type.Integer(),
  elapsed: Type.Union([Type.Number(), Type.Null()], {
    description: 'Seconds; null for calls that are in the ledger.',
  }),
});

export function createApiSample(options: UsageRouteOptions): RouteDefinition {
  const { usage, catalogue, timeZone } = options;
  const formatTime = createTimeFormat(timeZone);
  const shape = (apiId: string, call: UsageCall) => ({
    api_id: apiId,
    created_at: formatTime(call.timeMs),
    trace_id: call.requestId,
    status_code: call.statusCode,
    elapsed: call.durationUs === undefined ? null : call.durationUs / 1_000_000,
  });

  return defineRoute({
    name: 'api-usage',
    group: 'usage',
    method: 'GET',
    path: '/apis/:id/usage',
    access: ['session', 'platform-token', 'credential', 'operator'],
    summary: {
      en: `The calls of one API in the last ${MINUTES} minutes, newest first, at most ${CALLS_MAX}; one's own only.`,
      zh: `查询接口最近 ${MINUTES} 分钟的调用，按时间倒序，最多 ${CALLS_MAX} 条；仅限本账户。`,
    },
    shape: 'acedata',
    success: 200,
    answer: Type.Array(ROW),
    errors: ['not_signed_in', 'not_found', 'usage_query_in_progress', 'unavailable'],
    examples: [
      {
        title: { en: 'check-1e', zh: 'check-1e' },
        parameters: { id: catalogue.apiOf('acedata', 'line-status')?.id ?? '' },
      },
    ],
    async run({ visitor, parameters: { id = '' }, receivedAtMs }) {
      if (catalogue.api(id) === undefined) throw new ManagementError('not_found');
      const fromMs = receivedAtMs - MINUTES * 60_000;
      const filter = { ...scopeOf(options, visitor, { api_id: id }), fromMs };
      const calls: UsageCall[] = [];
      try {
        let cursor: UsageCursor | undefined;
        do {
          const limit = Math.min(PAGE_CALLS_MAX, CALLS_MAX - calls.length);
          const page = await usage.list(filter, { limit, ...(cursor === undefined ? {} : { cursor }) });
          calls.push(...page.calls);
          cursor = page.next;
        } while (cursor !== undefined && calls.length < CALLS_MAX);
      } catch (error) {
        throw managementErrorOf(error, formatTime);
      }
      return { body: calls.map((call) => shape(id, call)) };
    },
  });
}
