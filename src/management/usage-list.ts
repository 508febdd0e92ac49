// Row: the usage list, in AceData's shape. A cursor of our own pages through it while new calls arrive.

import { Type } from '../core/json-schema.ts';
import { createTimeFormat } from '../domain/zoned-time.ts';
import { OFFSET_MAX, PAGE_CALLS_MAX, type UsageCursor } from '../ports/usage.ts';
import { noteLook } from './note-look.ts';
import { createOrdering } from './ordering.ts';
import { defineRoute, ManagementError, type RouteDefinition } from './route.ts';
import { CALL_FIELDS, callFilterOf, readQuery, readWhole } from './usage-filter.ts';
import type { UsageRouteOptions } from './usage-options.ts';
import { createRowShape, managementErrorOf, USAGE_ROW } from './usage-shapes.ts';

const LIMIT_DEFAULT = 10;

/** By `started_at` of the rows, under AceData's name. */
const ORDER = createOrdering({ created_at: 'time' }, '-created_at');
const QUERY = Type.Object({
  ...CALL_FIELDS,
  limit: Type.Optional(Type.String({ maxLength: 4 })),
  offset: Type.Optional(Type.String({ maxLength: 10 })),
  cursor: Type.Optional(Type.String({ maxLength: 40 })),
  ...ORDER.query,
});

const ANSWER = Type.Object({
  count: Type.Union([Type.Integer(), Type.Null()], {
    description: 'All that pass the filters; null with a cursor.',
  }),
  items: Type.Array(USAGE_ROW),
  next_cursor: Type.Union([Type.String(), Type.Null()]),
});

export function createUsageList(options: UsageRouteOptions): RouteDefinition {
  const shapeRow = createRowShape(options);
  const formatTime = createTimeFormat(options.timeZone);
  return defineRoute({
    name: 'usage-list',
    group: 'usage',
    method: 'GET',
    path: '/usage/apis',
    access: ['session', 'platform-token', 'credential', 'operator'],
    summary: {
      en: 'Lists calls: what was asked, what it cost. A credential sees its own calls only.',
      zh: '查询调用记录；凭证只能查询自身的记录。',
    },
    shape: 'acedata',
    query: QUERY,
    success: 200,
    answer: ANSWER,
    errors: [
      ...(['bad_request', 'usage_history_expired', 'not_signed_in', 'forbidden'] as const),
      ...(['usage_query_in_progress', 'unavailable'] as const),
    ],
    examples: [
      { title: { en: 'The latest calls', zh: '最近的调用' }, query: { limit: '10' } },
      { title: { en: 'Refused calls', zh: '失败的调用' }, query: { outcome: 'rate_limited' } },
    ],
    async run(request) {
      const { visitor, query } = request;
      const read = readQuery(QUERY, query);
      const filter = callFilterOf(options, visitor, read);
      const limit = readWhole(read.limit ?? String(LIMIT_DEFAULT), 'limit', 1, PAGE_CALLS_MAX);
      const offset = readWhole(read.offset ?? '0', 'offset', 0, OFFSET_MAX);
      const cursor = read.cursor === undefined ? undefined : readCursor(read.cursor);
      const oldestFirst = !ORDER.in(request).descending;
      const page = { limit, offset, oldestFirst, ...(cursor === undefined ? {} : { cursor }) };
      await noteLook(options.noteAct, request, 'usage.list', read.user_id ?? 'all accounts');
      try {
        const { calls, count, next } = await options.usage.list(filter, page);
        return {
          body: {
            count: count ?? null,
            items: calls.map((call) => shapeRow(call, visitor)),
            next_cursor: next === undefined ? null : `${next.timeMs}-${next.id}`,
          },
        };
      } catch (error) {
        throw managementErrorOf(error, formatTime);
      }
    },
  });
}

function readCursor(text: string): UsageCursor {
  const match = /^(\d{1,15})-(\d{1,15})$/.exec(text);
  if (match === null) throw new ManagementError('bad_request', 'cursor is not one that a list gave');
  return { timeMs: Number(match[1]), id: Number(match[2]) };
}
