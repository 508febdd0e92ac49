// Row: the audit log, newest first: who did what to what, before and after.

import { Type } from 'typebox';
import type { AccountsContext } from './accounts/context.ts';
import { listOf, PAGE, pageIn } from './page.ts';
import { defineRoute, type RouteDefinition } from './route.ts';
import { timeText } from './time-text.ts';

const ACT = Type.Object({
  seq: Type.Integer(),
  time: Type.String(),
  actor: Type.String(),
  act: Type.String(),
  subject: Type.String(),
  before: Type.Unknown(),
  after: Type.Unknown(),
});

export function createOperatorAuditRoutes({ desk }: AccountsContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'audit-list',
      group: 'operator',
      method: 'GET',
      path: '/operator/audit',
      access: ['operator'],
      summary: { en: 'Lists the audit log, newest first.', zh: '查询审计日志，按时间倒序。' },
      shape: 'own',
      query: Type.Object(PAGE),
      success: 200,
      answer: listOf(ACT),
      errors: ['bad_request', 'not_signed_in', 'forbidden'],
      examples: [{ title: { en: 'The latest', zh: '最近' }, query: { limit: 10 } }],
      run: (request) => {
        const { acts, total } = desk.audit(pageIn(request));
        const items = acts.map(({ timeMs, ...act }) => ({ ...act, time: timeText(timeMs) }));
        return { body: { count: total, items } };
      },
    }),
  ];
}
