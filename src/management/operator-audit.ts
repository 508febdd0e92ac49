// Row: the audit log: who did what to what, before and after. Asking it for one number is an act as well.

import { Type } from '../core/json-schema.ts';
import { parseMsisdn } from '../domain/msisdn.ts';
import type { AuditFilter } from '../ports/account-desk.ts';
import { ACTING_PERSON, readActingPeople } from './accounts/acting-person.ts';
import { actorOf, atDesk } from './accounts/context.ts';
import type { OperatorContext } from './operator-routes.ts';
import { createOrdering } from './ordering.ts';
import { PAGE, pageIn } from './page.ts';
import { defineRoute, ManagementError, type RouteDefinition } from './route.ts';
import { timeIn, timeText } from './time-text.ts';

const ACT = Type.Object({
  seq: Type.Integer(),
  time: Type.String(),
  actor: Type.String(),
  act: Type.String(),
  subject: Type.String(),
  before: Type.Unknown(),
  after: Type.Unknown(),
  person: ACTING_PERSON,
});
const TEXT = Type.Optional(Type.String({ minLength: 1, maxLength: 256 }));
const TIME = Type.Optional(Type.String({ maxLength: 40 }));
const ORDER = createOrdering({ time: 'time' }, '-time');
const NULLABLE_INTEGER = Type.Union([Type.Integer(), Type.Null()]);

export function createOperatorAuditRoutes({ desk, people, region }: OperatorContext): RouteDefinition[] {
  function filterOf(query: Readonly<Record<string, unknown>>): AuditFilter {
    const text = (name: string) => (query[name] === undefined ? undefined : String(query[name]));
    const time = (name: string) => (query[name] === undefined ? undefined : timeIn(query[name], name));
    // An unescaped plus arrives as a space.
    const number = text('number')?.replace(/^ /, '+');
    const msisdn = number === undefined ? undefined : parseMsisdn(number, region);
    if (number !== undefined && msisdn === undefined)
      throw new ManagementError('bad_request', 'number is no telephone number.');
    return {
      ...{ actor: text('actor'), act: text('act'), subject: text('subject') },
      ...{ fromMs: time('from'), toMs: time('to'), number: msisdn },
      behindSeq: query.cursor === undefined ? undefined : Number(query.cursor),
    };
  }

  return [
    defineRoute({
      name: 'audit-list',
      group: 'operator',
      method: 'GET',
      path: '/operator/audit',
      access: ['operator'],
      summary: {
        en: 'Lists the audit log. Entries about one number hold its mask and a keyed hash: `number` finds them.',
        zh: '查询审计日志；可按号码查询（仅存掩码和密钥散列）。',
      },
      shape: 'own',
      query: Type.Object({
        ...{ ...PAGE, ...ORDER.query },
        cursor: Type.Optional(
          Type.Integer({
            minimum: 1,
            description: 'next_cursor of the page before; new entries do not shift it.',
          }),
        ),
        ...{ number: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })), actor: TEXT, act: TEXT },
        ...{ subject: TEXT, from: TIME, to: TIME },
      }),
      success: 200,
      answer: Type.Object({ count: Type.Integer(), items: Type.Array(ACT), next_cursor: NULLABLE_INTEGER }),
      errors: ['bad_request', 'not_signed_in', 'forbidden'],
      examples: [
        { title: { en: 'The latest', zh: '最近' }, query: { limit: 10 } },
        {
          title: { en: 'Look-ups of one number', zh: '单个号码的查询' },
          query: { number: '13800138000', act: 'registry.look-up' },
        },
      ],
      async run(request) {
        const { limit, offset } = pageIn(request);
        const filter = filterOf(request.query);
        const { number } = filter;
        if (number !== undefined)
          await atDesk(() => desk.noteActOnNumber(actorOf(request), 'audit.search', number, {}));
        const page = { limit, offset, oldestFirst: !ORDER.in(request).descending };
        const { acts, total } = desk.audit(page, filter);
        const actors = acts.map(({ actor }) => actor);
        const personOf = await readActingPeople(actors, desk, people);
        const items = acts.map(({ timeMs, ...act }) => ({
          ...{ ...act, time: timeText(timeMs) },
          person: personOf(act.actor),
        }));
        const last = acts.length < limit ? undefined : acts.at(-1);
        return { body: { count: total, items, next_cursor: last?.seq ?? null } };
      },
    }),
  ];
}
