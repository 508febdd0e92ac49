// Rows: register and confirm. Whether an address is known shows neither in bytes nor in work done: one hash, one stored
// code, one letter. The password is asked for again with the code: a code may have been asked for by a stranger, who would
// otherwise have chosen the password.

import { Type } from '../core/json-schema.ts';
import type { MailLanguage } from '../ports/people.ts';
import { nameIn } from './name-text.ts';
import { emailIn, languageIn, type PeopleContext, refuseWithoutMail, textOf } from './people/context.ts';
import { writeLetter } from './people/letters.ts';
import { drawMailedCode } from './people/one-time-code.ts';
import { refuseWeakPassword } from './people/password-rules.ts';
import { renderPerson } from './people/render-person.ts';
import {
  ACCEPTED,
  ACCEPTED_BODY,
  CODE,
  EMAIL,
  LANGUAGE,
  NEW_PASSWORD,
  PASSWORD,
  PERSON,
} from './people/schemas.ts';
import { openSession } from './people/sessions.ts';
import {
  defineRoute,
  type ManagementAnswer,
  ManagementError,
  type ManagementRequest,
  type RouteDefinition,
} from './route.ts';

interface Pending {
  readonly name: string;
  readonly passwordHash: string;
  readonly language: MailLanguage;
}

const NAME_MAX_LENGTH = 200;
const MINUTE_MS = 60_000;

async function register(context: PeopleContext, request: ManagementRequest): Promise<ManagementAnswer> {
  const { store, passwords, throttle, mailer, clock, random, codeMinutes, codeAttempts } = context;
  const email = emailIn(request);
  const password = textOf(request, 'password');
  const name = nameIn(request);
  refuseWeakPassword(password, email);
  refuseWithoutMail(mailer);
  throttle.take('register', request.address, email.key);
  const passwordHash = await passwords.hash(password);
  const known = await store.findByEmail(email);
  const code = drawMailedCode(random);
  const language = languageIn(request, context.language);
  const nowMs = clock.nowMs();
  const kept = await store.codes.put({
    purpose: 'register',
    email,
    code: known === undefined ? code : undefined,
    attempts: codeAttempts,
    nowMs,
    expiresMs: nowMs + codeMinutes * MINUTE_MS,
    payload: JSON.stringify({ name, passwordHash, language } satisfies Pending),
  });
  if (!kept) throw new ManagementError('unavailable', '', 60);
  const letter =
    known === undefined
      ? writeLetter('confirm', language, email.text, { code, minutes: String(codeMinutes) })
      : writeLetter('known', known.language, known.email);
  mailer.post(letter, 'real');
  return { body: ACCEPTED_BODY };
}

async function confirm(context: PeopleContext, request: ManagementRequest): Promise<ManagementAnswer> {
  const { store, passwords, throttle, clock, openAccount } = context;
  const email = emailIn(request);
  const code = textOf(request, 'code').trim();
  throttle.take('code', request.address, email.key);
  const tried = await store.codes.attempt('register', email, code, clock.nowMs());
  const pending = tried === undefined ? undefined : (JSON.parse(tried.payload) as Pending);
  const isPassword = await passwords.verify(textOf(request, 'password'), pending?.passwordHash);
  if (tried?.matches !== true || pending === undefined || !isPassword)
    throw new ManagementError('invalid_code');
  // Each step may be the last one before a crash, and each can be done again: the code is used up at the end.
  const id = store.idFor(email);
  const { accountId } = await openAccount({
    name: pending.name === '' ? 'Self-service' : pending.name,
    personId: id,
  });
  const person = { id, accountId, email: email.text, createdMs: clock.nowMs() };
  const { passwordHash, language } = pending;
  if (!(await store.add({ ...person, passwordHash, language }))) throw new ManagementError('invalid_code');
  await store.codes.consume('register', email, code);
  throttle.giveBack('code', request.address, email.key);
  return {
    body: renderPerson({ ...person, totpEnabled: false }),
    session: await openSession(context, person),
  };
}

export function createRegistrationRoutes(context: PeopleContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'register',
      group: 'people',
      method: 'POST',
      path: '/people/register',
      access: ['public'],
      summary: {
        en: 'Registers with an e-mail address and a password. A code is mailed; the answer is the same for every address.',
        zh: '使用邮箱和密码注册。验证码将发送至邮箱；对任何邮箱的应答都相同。',
      },
      shape: 'own',
      body: Type.Object({
        email: EMAIL,
        password: NEW_PASSWORD,
        name: Type.Optional(Type.String({ maxLength: NAME_MAX_LENGTH })),
        language: LANGUAGE,
      }),
      success: 202,
      answer: ACCEPTED,
      errors: ['bad_request', 'weak_password', 'too_many_requests', 'unavailable'],
      examples: [
        {
          title: { en: 'Register', zh: '注册' },
          body: { email: 'ann@example.org', password: 'seven green bicycles', name: 'Ann' },
        },
      ],
      run: (request) => register(context, request),
    }),
    defineRoute({
      name: 'confirm',
      group: 'people',
      method: 'POST',
      path: '/people/confirm',
      access: ['public'],
      summary: {
        en: 'Confirms a registration with the mailed code and the chosen password; opens the account and a session.',
        zh: '使用邮件中的验证码和所设密码确认注册，并创建账户和会话。',
      },
      shape: 'own',
      body: Type.Object({ email: EMAIL, code: CODE, password: PASSWORD }),
      success: 201,
      answer: PERSON,
      errors: ['bad_request', 'invalid_code', 'too_many_requests', 'unavailable'],
      examples: [
        {
          title: { en: 'Confirm', zh: '确认' },
          body: { email: 'ann@example.org', code: '12345678', password: 'seven green bicycles' },
        },
      ],
      run: (request) => confirm(context, request),
    }),
  ];
}
