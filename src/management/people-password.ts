// Rows: change the password, ask for a new one by mail, set it with the mailed code.

import { Type } from '../core/json-schema.ts';
import { parseEmailAddress } from '../domain/email-address.ts';
import {
  emailIn,
  languageIn,
  type PeopleContext,
  refuseWithoutMail,
  signedIn,
  textOf,
} from './people/context.ts';
import { writeLetter } from './people/letters.ts';
import { drawMailedCode } from './people/one-time-code.ts';
import { refuseWeakPassword } from './people/password-rules.ts';
import { ACCEPTED, ACCEPTED_BODY, CODE, EMAIL, LANGUAGE, NEW_PASSWORD, PASSWORD } from './people/schemas.ts';
import {
  defineRoute,
  type ManagementAnswer,
  ManagementError,
  type ManagementRequest,
  type RouteDefinition,
} from './route.ts';

const MINUTE_MS = 60_000;

async function changePassword(context: PeopleContext, request: ManagementRequest): Promise<ManagementAnswer> {
  const { store, passwords, throttle, mailer } = context;
  const { person, proofId } = await signedIn(store, request);
  const email = parseEmailAddress(person.email);
  if (email === undefined) throw new Error('a person has a valid address');
  const password = textOf(request, 'new_password');
  refuseWeakPassword(password, email);
  throttle.take('login', request.address, email.key);
  if (!(await passwords.verify(textOf(request, 'old_password'), person.passwordHash)))
    throw new ManagementError('invalid_login');
  throttle.giveBack('login', request.address, email.key);
  if (!(await store.setPassword(person.id, await passwords.hash(password), person.passwordHash)))
    throw new ManagementError('invalid_login');
  await store.sessions.endAll(person.id, proofId);
  mailer.post(writeLetter('changed', person.language, person.email), 'real');
  return {};
}

/** An unknown address costs the same: a code that nothing matches is kept, a letter that nobody gets is queued. */
async function requestReset(context: PeopleContext, request: ManagementRequest): Promise<ManagementAnswer> {
  const { store, throttle, mailer, clock, random, codeMinutes, codeAttempts } = context;
  const email = emailIn(request);
  refuseWithoutMail(mailer);
  throttle.take('reset', request.address, email.key);
  const person = await store.findByEmail(email);
  const code = drawMailedCode(random);
  const nobody = random.uuid();
  const nowMs = clock.nowMs();
  const kept = await store.codes.put({
    purpose: 'reset',
    email,
    code: person === undefined ? undefined : code,
    attempts: codeAttempts,
    nowMs,
    expiresMs: nowMs + codeMinutes * MINUTE_MS,
    payload: person?.id ?? nobody,
  });
  if (!kept) throw new ManagementError('unavailable', '', 60);
  const language = person?.language ?? languageIn(request, context.language);
  const letter = writeLetter('reset', language, person?.email ?? email.text, {
    code,
    minutes: String(codeMinutes),
  });
  mailer.post(letter, person === undefined ? 'decoy' : 'real');
  return { body: ACCEPTED_BODY };
}

async function reset(context: PeopleContext, request: ManagementRequest): Promise<ManagementAnswer> {
  const { store, passwords, throttle, mailer, clock } = context;
  const email = emailIn(request);
  const code = textOf(request, 'code').trim();
  const password = textOf(request, 'new_password');
  refuseWeakPassword(password, email);
  throttle.take('code', request.address, email.key);
  const tried = await store.codes.attempt('reset', email, code, clock.nowMs());
  if (tried?.matches !== true) throw new ManagementError('invalid_code');
  // Before the code is used up: a full queue of hashes costs nobody the code.
  const passwordHash = await passwords.hash(password);
  const person = await store.findById(tried.payload);
  if (person === undefined || !(await store.codes.consume('reset', email, code)))
    throw new ManagementError('invalid_code');
  await store.setPassword(person.id, passwordHash);
  await store.sessions.endAll(person.id);
  // Whoever had the old password may have made tokens with it.
  await store.tokens.revokeAll(person.id, clock.nowMs());
  throttle.giveBack('code', request.address, email.key);
  mailer.post(writeLetter('renewed', person.language, person.email), 'real');
  return {};
}

export function createPasswordRoutes(context: PeopleContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'password-change',
      group: 'people',
      method: 'POST',
      path: '/people/password',
      access: ['session'],
      summary: {
        en: 'Changes the password; the old one is needed. All other sessions end; platform tokens stay valid.',
        zh: '修改密码，需提供旧密码。其他会话将全部结束，平台令牌继续有效。',
      },
      shape: 'own',
      body: Type.Object({ old_password: PASSWORD, new_password: NEW_PASSWORD }),
      success: 204,
      answer: undefined,
      errors: [
        'bad_request',
        'weak_password',
        'not_signed_in',
        'invalid_login',
        'too_many_requests',
        'unavailable',
      ],
      examples: [
        {
          title: { en: 'Change the password', zh: '修改密码' },
          body: { old_password: 'seven green bicycles', new_password: 'eight blue tricycles' },
        },
      ],
      run: (request) => changePassword(context, request),
    }),
    defineRoute({
      name: 'password-reset-request',
      group: 'people',
      method: 'POST',
      path: '/people/password/reset-request',
      access: ['public'],
      summary: {
        en: 'Mails a code for a new password. The answer is the same for every address.',
        zh: '发送重置密码的验证码。对任何邮箱的应答都相同。',
      },
      shape: 'own',
      body: Type.Object({ email: EMAIL, language: LANGUAGE }),
      success: 202,
      answer: ACCEPTED,
      errors: ['bad_request', 'too_many_requests', 'unavailable'],
      examples: [{ title: { en: 'Forgotten', zh: '忘记密码' }, body: { email: 'ann@example.org' } }],
      run: (request) => requestReset(context, request),
    }),
    defineRoute({
      name: 'password-reset',
      group: 'people',
      method: 'POST',
      path: '/people/password/reset',
      access: ['public'],
      summary: {
        en: 'Sets a new password with the mailed code. All sessions end and all platform tokens are revoked.',
        zh: '使用邮件中的验证码设置新密码。所有会话将结束，所有平台令牌将被吊销。',
      },
      shape: 'own',
      body: Type.Object({ email: EMAIL, code: CODE, new_password: NEW_PASSWORD }),
      success: 204,
      answer: undefined,
      errors: ['bad_request', 'invalid_code', 'weak_password', 'too_many_requests', 'unavailable'],
      examples: [
        {
          title: { en: 'New password', zh: '新密码' },
          body: { email: 'ann@example.org', code: '12345678', new_password: 'eight blue tricycles' },
        },
      ],
      run: (request) => reset(context, request),
    }),
  ];
}
