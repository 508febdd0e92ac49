// Rows: log in, log out, log out everywhere, who am I.

import { Type } from '../core/json-schema.ts';
import { emailIn, type PeopleContext, signedIn, textOf } from './people/context.ts';
import { renderPerson } from './people/render-person.ts';
import { CODE, EMAIL, PASSWORD, PERSON } from './people/schemas.ts';
import { passSecondFactor } from './people/second-factor.ts';
import { NO_SESSION, openSession } from './people/sessions.ts';
import {
  defineRoute,
  type ManagementAnswer,
  ManagementError,
  type ManagementRequest,
  type RouteDefinition,
} from './route.ts';

async function login(context: PeopleContext, request: ManagementRequest): Promise<ManagementAnswer> {
  const { store, passwords, throttle } = context;
  const email = emailIn(request);
  const password = textOf(request, 'password');
  throttle.take('login', request.address, email.key);
  const person = await store.findByEmail(email);
  const isRight = await passwords.verify(password, person?.passwordHash);
  if (person === undefined || !isRight) throw new ManagementError('invalid_login');
  if (person.totpEnabled) {
    const given = textOf(request, 'totp');
    if (given === '') throw new ManagementError('totp_needed');
    if (!(await passSecondFactor(context, person, given))) throw new ManagementError('invalid_code');
  }
  throttle.giveBack('login', request.address, email.key);
  // A reset that came in between has ended everything that the old password opens.
  if ((await store.findById(person.id))?.passwordHash !== person.passwordHash)
    throw new ManagementError('invalid_login');
  const session = await openSession(context, person);
  if (passwords.isOutdated(person.passwordHash))
    await store.setPassword(person.id, await passwords.hash(password), person.passwordHash);
  return { body: renderPerson(person), session };
}

export function createSessionRoutes(context: PeopleContext): RouteDefinition[] {
  const { store } = context;
  return [
    defineRoute({
      name: 'login',
      group: 'people',
      method: 'POST',
      path: '/people/login',
      access: ['public'],
      summary: {
        en: 'Opens a session. Where the authenticator is enabled, totp holds its digits or a recovery code.',
        zh: '登录并创建会话。启用动态口令后，totp 为动态口令或恢复码。',
      },
      shape: 'own',
      body: Type.Object({ email: EMAIL, password: PASSWORD, totp: Type.Optional(CODE) }),
      success: 200,
      answer: PERSON,
      errors: [
        'bad_request',
        'invalid_login',
        'totp_needed',
        'invalid_code',
        'too_many_requests',
        'unavailable',
      ],
      examples: [
        {
          title: { en: 'Log in', zh: '登录' },
          body: { email: 'ann@example.org', password: 'seven green bicycles' },
        },
      ],
      run: (request) => login(context, request),
    }),
    defineRoute({
      name: 'logout',
      group: 'people',
      method: 'POST',
      path: '/people/logout',
      access: ['session'],
      summary: { en: 'Ends this session.', zh: '结束当前会话。' },
      shape: 'own',
      success: 204,
      answer: undefined,
      errors: ['not_signed_in'],
      examples: [{ title: { en: 'Log out', zh: '退出登录' } }],
      async run(request) {
        await store.sessions.end((await signedIn(store, request)).proofId);
        return { session: NO_SESSION };
      },
    }),
    defineRoute({
      name: 'logout-everywhere',
      group: 'people',
      method: 'POST',
      path: '/people/logout-everywhere',
      access: ['session'],
      summary: { en: 'Ends every session of the person.', zh: '结束本人的所有会话。' },
      shape: 'own',
      success: 204,
      answer: undefined,
      errors: ['not_signed_in'],
      examples: [{ title: { en: 'Log out everywhere', zh: '在所有设备上退出' } }],
      async run(request) {
        await store.sessions.endAll((await signedIn(store, request)).person.id);
        return { session: NO_SESSION };
      },
    }),
    defineRoute({
      name: 'session',
      group: 'people',
      method: 'GET',
      path: '/people/session',
      access: ['session', 'platform-token'],
      summary: { en: 'Who is signed in.', zh: '当前登录的用户。' },
      shape: 'own',
      success: 200,
      answer: PERSON,
      errors: ['not_signed_in'],
      examples: [{ title: { en: 'Who am I', zh: '我是谁' } }],
      run: async (request) => ({ body: renderPerson((await signedIn(store, request)).person) }),
    }),
  ];
}
