// Rows: set up, enable and disable the authenticator.

import { Type } from '../core/json-schema.ts';
import type { StoredPerson } from '../ports/people.ts';
import { type PeopleContext, signedIn, textOf } from './people/context.ts';
import { writeLetter } from './people/letters.ts';
import { drawRecoveryCode, foldRecoveryCode } from './people/one-time-code.ts';
import { CODE, PASSWORD } from './people/schemas.ts';
import { authenticatorOf, findStep, passSecondFactor, TOTP_SECRET_BYTES } from './people/second-factor.ts';
import {
  defineRoute,
  type ManagementAnswer,
  ManagementError,
  type ManagementRequest,
  type RouteDefinition,
} from './route.ts';

const RECOVERY_CODES = 10;

/** A session alone may have been left open on somebody's desk. */
async function demandPassword(context: PeopleContext, request: ManagementRequest): Promise<StoredPerson> {
  const { person } = await signedIn(context.store, request);
  context.throttle.take('login', request.address, person.id);
  if (!(await context.passwords.verify(textOf(request, 'password'), person.passwordHash)))
    throw new ManagementError('invalid_login');
  return person;
}

async function setUp(context: PeopleContext, request: ManagementRequest): Promise<ManagementAnswer> {
  const person = await demandPassword(context, request);
  const secret = context.random.bytes(TOTP_SECRET_BYTES);
  if (!(await context.store.proposeTotp(person.id, secret))) throw new ManagementError('conflict');
  context.throttle.giveBack('login', request.address, person.id);
  const totp = authenticatorOf(secret, context.issuer, person.email);
  return { body: { secret: totp.secret.base32, uri: totp.toString() } };
}

async function enable(context: PeopleContext, request: ManagementRequest): Promise<ManagementAnswer> {
  const { store, throttle, clock, random } = context;
  const { person } = await signedIn(store, request);
  if (person.totpEnabled || person.totpSecret === undefined) throw new ManagementError('conflict');
  throttle.take('code', request.address, person.id);
  const step = findStep(person.totpSecret, textOf(request, 'code').trim(), clock.nowMs());
  if (step === undefined) throw new ManagementError('invalid_code');
  const codes = Array.from({ length: RECOVERY_CODES }, () => drawRecoveryCode(random));
  if (!(await store.enableTotp(person.id, step, codes.map(foldRecoveryCode))))
    throw new ManagementError('conflict');
  throttle.giveBack('code', request.address, person.id);
  return { body: { recovery_codes: codes } };
}

async function disable(context: PeopleContext, request: ManagementRequest): Promise<ManagementAnswer> {
  const person = await demandPassword(context, request);
  if (!person.totpEnabled) throw new ManagementError('conflict');
  if (!(await passSecondFactor(context, person, textOf(request, 'code'))))
    throw new ManagementError('invalid_code');
  await context.store.disableTotp(person.id);
  context.throttle.giveBack('login', request.address, person.id);
  context.mailer.post(writeLetter('totpDisabled', person.language, person.email), 'real');
  return {};
}

export function createTotpRoutes(context: PeopleContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'totp-setup',
      group: 'people',
      method: 'POST',
      path: '/people/totp/setup',
      access: ['session'],
      summary: {
        en: 'Draws a secret for an authenticator; it is asked for only once it is enabled.',
        zh: '生成动态口令密钥；启用后登录才需要动态口令。',
      },
      shape: 'own',
      body: Type.Object({ password: PASSWORD }),
      success: 200,
      answer: Type.Object({ secret: Type.String(), uri: Type.String() }),
      errors: [
        'bad_request',
        'not_signed_in',
        'invalid_login',
        'conflict',
        'too_many_requests',
        'unavailable',
      ],
      examples: [{ title: { en: 'Set up', zh: '设置' }, body: { password: 'seven green bicycles' } }],
      run: (request) => setUp(context, request),
    }),
    defineRoute({
      name: 'totp-enable',
      group: 'people',
      method: 'POST',
      path: '/people/totp/enable',
      access: ['session'],
      summary: {
        en: 'Enables the authenticator with its present digits. The recovery codes are shown this once.',
        zh: '使用当前动态口令启用。恢复码仅显示一次。',
      },
      shape: 'own',
      body: Type.Object({ code: CODE }),
      success: 200,
      answer: Type.Object({ recovery_codes: Type.Array(Type.String()) }),
      errors: ['bad_request', 'invalid_code', 'not_signed_in', 'conflict', 'too_many_requests'],
      examples: [{ title: { en: 'Enable', zh: '启用' }, body: { code: '123456' } }],
      run: (request) => enable(context, request),
    }),
    defineRoute({
      name: 'totp-disable',
      group: 'people',
      method: 'POST',
      path: '/people/totp/disable',
      access: ['session'],
      summary: {
        en: 'Disables the authenticator, with the password and its digits or a recovery code.',
        zh: '使用密码和动态口令（或恢复码）关闭动态口令。',
      },
      shape: 'own',
      body: Type.Object({ password: PASSWORD, code: CODE }),
      success: 204,
      answer: undefined,
      errors: [
        'bad_request',
        'invalid_code',
        'not_signed_in',
        'invalid_login',
        'conflict',
        'too_many_requests',
        'unavailable',
      ],
      examples: [
        { title: { en: 'Disable', zh: '关闭' }, body: { password: 'seven green bicycles', code: '123456' } },
      ],
      run: (request) => disable(context, request),
    }),
  ];
}
