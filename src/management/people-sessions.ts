// Rows: a person's own sessions: where one is signed in, and signing out there. Not with a platform token: one that leaked
// could shut its owner out.

import { Type } from '../core/json-schema.ts';
import { listOf, PAGE, pageOf } from './page.ts';
import { type PeopleContext, signedIn } from './people/context.ts';
import { SESSION, SESSION_ORDER, shapeSession, sortSessions } from './people/session-shape.ts';
import { NO_SESSION } from './people/sessions.ts';
import { defineRoute, ManagementError, type RouteDefinition } from './route.ts';

const OWN_SESSION = Type.Object({
  ...SESSION.properties,
  current: Type.Boolean({ description: 'The one that asks.' }),
});

export function createOwnSessionRoutes({ store, clock }: PeopleContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'session-list',
      group: 'people',
      method: 'GET',
      path: '/people/sessions',
      access: ['session'],
      summary: { en: 'Lists the open sessions of the person.', zh: '列出本人当前的会话。' },
      shape: 'own',
      query: Type.Object({ ...PAGE, ...SESSION_ORDER.query }),
      success: 200,
      answer: listOf(OWN_SESSION),
      errors: ['bad_request', 'not_signed_in'],
      examples: [{ title: { en: 'Mine', zh: '我的' }, query: { limit: 10 } }],
      async run(request) {
        const { person, proofId } = await signedIn(store, request);
        const sessions = await store.sessions.list(person.id, clock.nowMs());
        const page = pageOf(sortSessions(sessions, request), request);
        const items = page.items.map((one) => ({ ...shapeSession(one), current: one.proofId === proofId }));
        return { body: { ...page, items } };
      },
    }),
    defineRoute({
      name: 'session-end',
      group: 'people',
      method: 'DELETE',
      path: '/people/sessions/:id',
      access: ['session'],
      summary: { en: 'Ends one session of the person at once.', zh: '立即结束本人的一个会话。' },
      shape: 'own',
      success: 204,
      answer: undefined,
      errors: ['not_signed_in', 'not_found'],
      examples: [
        { title: { en: 'By id', zh: '按编号' }, parameters: { id: '7f1d3a52-0000-8000-8000-000000000000' } },
      ],
      async run(request) {
        const { person, proofId } = await signedIn(store, request);
        const sessions = await store.sessions.list(person.id, clock.nowMs());
        const ended = sessions.find(({ id }) => id === request.parameters.id);
        if (ended === undefined) throw new ManagementError('not_found');
        await store.sessions.end(ended.proofId);
        return ended.proofId === proofId ? { session: NO_SESSION } : {};
      },
    }),
    defineRoute({
      name: 'logout-others',
      group: 'people',
      method: 'POST',
      path: '/people/logout-others',
      access: ['session'],
      summary: { en: 'Ends every session of the person but this one.', zh: '结束本人除当前以外的所有会话。' },
      shape: 'own',
      success: 204,
      answer: undefined,
      errors: ['not_signed_in'],
      examples: [{ title: { en: 'Log out everywhere else', zh: '在其他设备上退出' } }],
      async run(request) {
        const { person, proofId } = await signedIn(store, request);
        await store.sessions.endAll(person.id, proofId);
        return {};
      },
    }),
  ];
}
