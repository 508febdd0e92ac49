// Row: calls as CSV, streamed. What fails before the first piece is an error like any other; what fails later ends the
// file with a line that begins with '#'.

import { Type } from '../core/json-schema.ts';
import { createTimeFormat } from '../domain/zoned-time.ts';
import { noteLook } from './note-look.ts';
import { defineRoute, type RouteDefinition } from './route.ts';
import { streamOf } from './stream-of.ts';
import { CALL_FIELDS, callFilterOf, readQuery } from './usage-filter.ts';
import type { UsageRouteOptions } from './usage-options.ts';
import { managementErrorOf } from './usage-shapes.ts';

const QUERY = Type.Object(CALL_FIELDS);

export function createUsageExport(options: UsageRouteOptions): RouteDefinition {
  const formatTime = createTimeFormat(options.timeZone);
  return defineRoute({
    name: 'usage-export',
    group: 'usage',
    method: 'GET',
    path: '/usage/apis/export',
    access: ['session', 'platform-token', 'credential', 'operator'],
    summary: {
      en: 'Streams calls as CSV, newest first; a last line with # says that the file is incomplete.',
      zh: '以 CSV 导出调用记录；末行以 # 开头表示文件不完整。',
    },
    shape: 'acedata',
    query: QUERY,
    success: 200,
    answer: { mediaType: 'text/csv; charset=utf-8' },
    errors: [
      ...(['bad_request', 'usage_history_expired', 'not_signed_in', 'forbidden'] as const),
      ...(['usage_query_in_progress', 'unavailable'] as const),
    ],
    examples: [{ title: { en: 'All kept calls', zh: '全部记录' }, query: {} }],
    async run(request) {
      const read = readQuery(QUERY, request.query);
      const filter = callFilterOf(options, request.visitor, read);
      await noteLook(options.noteAct, request, 'usage.export', read.user_id ?? 'all accounts');
      try {
        return { stream: await streamOf(options.usage.export(filter)), fileName: 'usage.csv' };
      } catch (error) {
        throw managementErrorOf(error, formatTime);
      }
    },
  });
}
