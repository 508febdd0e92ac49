// Row: an account's own messages that the outbox of development holds, codes included. There is none where real channels carry
// everything.

import { Type } from '../core/json-schema.ts';
import { createOrdering } from './ordering.ts';
import { listOf, PAGE, pageIn } from './page.ts';
import { defineRoute, ManagementError, type RouteDefinition } from './route.ts';
import { timeText } from './time-text.ts';
import { type VerificationsContext, viewerOf } from './verifications/context.ts';
import { KIND } from './verifications/shapes.ts';

const MESSAGE = Type.Object({
  ...{ id: Type.String({ description: 'Of the verification.' }), kind: KIND, to: Type.String() },
  ...{ subject: Type.String(), text: Type.String(), createdAt: Type.String() },
});
const ORDER = createOrdering({ createdAt: 'created' }, '-createdAt');

export function createOutboxRoutes(context: VerificationsContext): RouteDefinition[] {
  const { findShown } = context;
  return [
    defineRoute({
      name: 'outbox',
      group: 'messages',
      method: 'GET',
      path: '/outbox',
      access: ['session', 'platform-token', 'credential'],
      summary: {
        en: 'For development: the messages of a page of verifications, with their codes, as far as the outbox carried them.',
        zh: '开发用：一页验证的消息全文（含验证码），仅限由 outbox 通道承载的消息。',
      },
      shape: 'own',
      query: Type.Object({ ...PAGE, ...ORDER.query }),
      success: 200,
      answer: listOf(MESSAGE),
      errors: ['bad_request', 'not_signed_in', 'forbidden', 'not_found'],
      examples: [{ title: { en: 'The latest', zh: '最近' }, query: { limit: 10 } }],
      async run(request) {
        const { account, shelf } = viewerOf(context, request);
        if (findShown === undefined) throw new ManagementError('not_found', 'No channel is the outbox.');
        const page = { ...pageIn(request), oldestFirst: !ORDER.in(request).descending };
        const { verifications } = await shelf.list(account.id, page);
        const items = verifications.flatMap(({ id, createdMs }) => {
          const message = findShown(id);
          if (message === undefined) return [];
          const { kind, to, subject, text } = message;
          return [{ id, kind, to, subject, text, createdAt: timeText(createdMs) }];
        });
        return { body: { count: items.length, items } };
      },
    }),
  ];
}
