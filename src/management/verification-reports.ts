// Rows: codes that were not sent, and why: one by one, and in sums, which say what the guards saved.

import { Type } from '../core/json-schema.ts';
import { createOrdering } from './ordering.ts';
import { listOf, PAGE, pageIn } from './page.ts';
import { defineRoute, type RouteDefinition } from './route.ts';
import { timeIn, timeText } from './time-text.ts';
import { type VerificationsContext, viewerOf } from './verifications/context.ts';
import { GUARD_SUMS, REFUSAL, shapeRefusal } from './verifications/shapes.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
const ORDER = createOrdering({ time: 'time' }, '-time');
const VIEWERS = ['session', 'platform-token', 'credential'] as const;

export function createVerificationReports(context: VerificationsContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'verification-refusal-list',
      group: 'verifications',
      method: 'GET',
      path: '/verifications/refusals',
      access: VIEWERS,
      summary: {
        en: 'Lists codes that a guard refused to send, with the reason.',
        zh: '查询被拒绝的发送及原因。',
      },
      shape: 'own',
      query: Type.Object({ ...PAGE, ...ORDER.query }),
      success: 200,
      answer: listOf(REFUSAL),
      errors: ['bad_request', 'not_signed_in', 'forbidden'],
      examples: [{ title: { en: 'The latest', zh: '最近' }, query: { limit: 10 } }],
      async run(request) {
        const { account, shelf } = viewerOf(context, request);
        const page = { ...pageIn(request), oldestFirst: !ORDER.in(request).descending };
        const { refusals, total } = await shelf.refusals(account.id, page);
        return { body: { count: total, items: refusals.map(shapeRefusal) } };
      },
    }),
    defineRoute({
      name: 'verification-guards',
      group: 'verifications',
      method: 'GET',
      path: '/verifications/guards',
      access: VIEWERS,
      summary: {
        en: `What the guards refused and saved, by guard and country, in whole days of UTC since a time (${USUAL_DAYS} days ago).`,
        zh: `按规则和国家统计被拒绝的发送及节省的费用（按 UTC 整日，默认最近 ${USUAL_DAYS} 天）。`,
      },
      shape: 'own',
      query: Type.Object({ since: Type.Optional(Type.String({ maxLength: 40 })) }),
      success: 200,
      answer: GUARD_SUMS,
      errors: ['bad_request', 'not_signed_in', 'forbidden'],
      examples: [{ title: { en: 'Since a day', zh: '自某日起' }, query: { since: '2026-11-01T00:00:00Z' } }],
      async run(request) {
        const { account, shelf } = viewerOf(context, request);
        const { since } = request.query;
        const sinceMs =
          since === undefined ? request.receivedAtMs - USUAL_DAYS * DAY_MS : timeIn(since, 'since');
        const items = await shelf.refusalSums(account.id, sinceMs);
        const sum = (part: 'count' | 'savedMinor') => items.reduce((total, one) => total + one[part], 0);
        const body = { since: timeText(sinceMs), count: sum('count'), savedMinor: sum('savedMinor'), items };
        return { body };
      },
    }),
  ];
}
