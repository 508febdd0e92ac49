// Rows of operators about messages: how sending stands, and in development the mails of registration.

import { Type } from '../core/json-schema.ts';
import { actorOf } from './accounts/context.ts';
import type { OperatorContext } from './operator-routes.ts';
import { createOrdering } from './ordering.ts';
import { listOf, PAGE, pageOf } from './page.ts';
import { defineRoute, ManagementError, type RouteDefinition } from './route.ts';
import { timeText } from './time-text.ts';

const NOTICE_COUNTS = ['running', 'delivered', 'failed', 'givenUp', 'unwanted', 'dropped'] as const;
type NoticeCount = (typeof NOTICE_COUNTS)[number];

/** How sending stands. */
export interface MessageHealth {
  readonly channels: readonly {
    readonly name: string;
    readonly kinds: readonly string[];
    readonly isUp: boolean;
  }[];
  readonly queue: { readonly waiting: number; readonly running: number };
  readonly notices: Readonly<Record<NoticeCount, number>>;
  readonly codes: { readonly pending: number; readonly waiting: number };
}

export interface MessagesWatch {
  health(): Promise<MessageHealth>;
  mail(): Readonly<Record<'waiting' | 'delivered' | 'failed' | 'dropped', number>>;
  /** Oldest first; undefined where mails are really sent. */
  readonly shownMails: (() => readonly ShownMail[]) | undefined;
}

export interface ShownMail {
  readonly timeMs: number;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const NUMBER = Type.Integer({ minimum: 0 });
const numbers = <Name extends string>(names: readonly Name[], description: string) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, NUMBER])), { description });
const HEALTH = Type.Object({
  channels: Type.Array(
    Type.Object({ name: Type.String(), kinds: Type.Array(Type.String()), isUp: Type.Boolean() }),
  ),
  queue: numbers(['waiting', 'running'], 'Messages with codes.'),
  codes: numbers(['pending', 'waiting'], 'Codes that can be entered, and messages that are not sent yet.'),
  notices: numbers(
    NOTICE_COUNTS,
    "To accounts' webhooks, since the start; failed counts attempts, dropped those that a full queue had no room for.",
  ),
  mail: numbers(['waiting', 'delivered', 'failed', 'dropped'], 'Of people, since the start.'),
});
const MAIL = Type.Object({
  time: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  text: Type.String(),
});
const ORDER = createOrdering({ time: 'time' }, '-time');

export function createOperatorMessageRoutes({ desk, messages }: OperatorContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'message-health',
      group: 'operator',
      method: 'GET',
      path: '/operator/messages/health',
      access: ['operator'],
      summary: { en: 'Channels, queues and what became of messages.', zh: '通道、队列与消息状态。' },
      shape: 'own',
      success: 200,
      answer: HEALTH,
      errors: ['not_signed_in', 'forbidden', 'unavailable'],
      examples: [{ title: { en: 'Now', zh: '当前' } }],
      run: async () => ({ body: { ...(await messages.health()), mail: messages.mail() } }),
    }),
    defineRoute({
      name: 'operator-outbox',
      group: 'operator',
      method: 'GET',
      path: '/operator/outbox',
      access: ['operator'],
      summary: {
        en: 'For development: the last mails to people, as far as no mail server took them. An act in the audit log.',
        zh: '开发用：最近发给用户的邮件（未经邮件服务器），查看会记入审计日志。',
      },
      shape: 'own',
      query: Type.Object({ ...PAGE, ...ORDER.query }),
      success: 200,
      answer: listOf(MAIL),
      errors: ['bad_request', 'not_signed_in', 'forbidden', 'not_found'],
      examples: [{ title: { en: 'The latest', zh: '最近' }, query: { limit: 10 } }],
      async run(request) {
        if (messages.shownMails === undefined)
          throw new ManagementError('not_found', 'Mails are sent: mail-channel is not outbox.');
        await desk.noteAct(actorOf(request), 'outbox.look', 'mails', null, { ...request.query });
        const mails = messages.shownMails();
        const page = pageOf(ORDER.in(request).descending ? mails.toReversed() : mails, request);
        const items = page.items.map(({ timeMs, to, subject, text }) => ({
          ...{ time: timeText(timeMs), to, subject, text },
        }));
        return { body: { ...page, items } };
      },
    }),
  ];
}
