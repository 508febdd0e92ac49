// Rows: platform tokens, a person's own keys to the management calls: create, list, delete, and which one asks.

import { Type } from '../core/json-schema.ts';
import type { PlatformToken, TokenOrder } from '../ports/people.ts';
import { accountOf } from './accounts/context.ts';
import { refuseSuspended } from './application-routes.ts';
import { nameIn } from './name-text.ts';
import { createOrdering } from './ordering.ts';
import { listOf, PAGE, pageIn } from './page.ts';
import { type PeopleContext, signedIn, textOf } from './people/context.ts';
import {
  defineRoute,
  type ManagementAnswer,
  ManagementError,
  type ManagementRequest,
  type RouteDefinition,
} from './route.ts';
import { futureIn, timeText } from './time-text.ts';

export const PLATFORM_TOKEN_PREFIX = 'platform-v1-';
const TOKEN_BYTES = 32;
const ENDING_LENGTH = 4;
const NAME_MAX_LENGTH = 100;

export const PLATFORM_TOKEN = Type.Object({
  id: Type.String(),
  user_id: Type.String(),
  name: Type.String(),
  token: Type.String({ description: 'In full when it is created; later only its ending.' }),
  created_at: Type.String(),
  expired_at: Type.Union([Type.String(), Type.Null()]),
});

export const TOKEN_ORDER = createOrdering<TokenOrder>(
  { created_at: 'created', name: 'name', expired_at: 'expires' },
  '-created_at',
);

export function renderToken(
  { id, personId, name, ending, createdMs, expiresMs }: PlatformToken,
  secret?: string,
) {
  return {
    id,
    user_id: personId,
    name,
    token: secret ?? `${PLATFORM_TOKEN_PREFIX}****${ending}`,
    created_at: timeText(createdMs),
    expired_at: timeText(expiresMs),
  };
}

function expiryIn(request: ManagementRequest, nowMs: number): number | undefined {
  const text = textOf(request, 'expired_at');
  return text === '' ? undefined : futureIn(text, nowMs, 'expired_at');
}

async function create(context: PeopleContext, request: ManagementRequest): Promise<ManagementAnswer> {
  const { store, random, clock, platformTokensMax } = context;
  const { person } = await signedIn(store, request);
  refuseSuspended(accountOf(request));
  const nowMs = clock.nowMs();
  const name = nameIn(request);
  const secret = `${PLATFORM_TOKEN_PREFIX}${random.bytes(TOKEN_BYTES).toString('hex')}`;
  const token: PlatformToken = {
    id: random.uuid(),
    personId: person.id,
    name,
    ending: secret.slice(-ENDING_LENGTH),
    createdMs: nowMs,
    expiresMs: expiryIn(request, nowMs),
  };
  if (!(await store.tokens.add(token, secret, platformTokensMax)))
    throw new ManagementError('conflict', `There are ${platformTokensMax} tokens already: delete one first.`);
  return { body: renderToken(token, secret) };
}

async function list({ store }: PeopleContext, request: ManagementRequest): Promise<ManagementAnswer> {
  const { person } = await signedIn(store, request);
  const { count, items } = await store.tokens.list(person.id, pageIn(request), TOKEN_ORDER.in(request));
  return { body: { count, items: items.map((item) => renderToken(item)) } };
}

export function createPlatformTokenRoutes(context: PeopleContext): RouteDefinition[] {
  const { store, clock } = context;
  return [
    defineRoute({
      name: 'platform-token-create',
      group: 'people',
      method: 'POST',
      path: '/platform-tokens',
      // Not with a token: one that leaked could make others that outlive it.
      access: ['session'],
      summary: { en: 'Creates a platform token, shown this once.', zh: '创建平台令牌，仅显示一次。' },
      shape: 'acedata',
      body: Type.Object({
        name: Type.Optional(Type.String({ maxLength: NAME_MAX_LENGTH })),
        expired_at: Type.Optional(Type.String({ maxLength: 40 })),
      }),
      success: 201,
      answer: PLATFORM_TOKEN,
      errors: ['bad_request', 'not_signed_in', 'forbidden', 'conflict'],
      examples: [{ title: { en: 'Create', zh: '创建' }, body: { name: 'ci' } }],
      run: (request) => create(context, request),
    }),
    defineRoute({
      name: 'platform-token-list',
      group: 'people',
      method: 'GET',
      path: '/platform-tokens',
      access: ['session', 'platform-token'],
      summary: { en: 'Lists the platform tokens, masked.', zh: '列出平台令牌（已隐藏）。' },
      shape: 'acedata',
      query: Type.Object({ ...PAGE, ...TOKEN_ORDER.query }),
      success: 200,
      answer: listOf(PLATFORM_TOKEN),
      errors: ['bad_request', 'not_signed_in'],
      examples: [{ title: { en: 'List', zh: '列表' }, query: { limit: 10 } }],
      run: (request) => list(context, request),
    }),
    defineRoute({
      name: 'platform-token-me',
      group: 'people',
      method: 'GET',
      path: '/platform-tokens/me',
      access: ['platform-token'],
      summary: { en: 'The platform token that asks.', zh: '当前使用的平台令牌。' },
      shape: 'acedata',
      success: 200,
      answer: PLATFORM_TOKEN,
      errors: ['not_signed_in'],
      examples: [{ title: { en: 'This token', zh: '当前令牌' } }],
      async run(request) {
        const { proofId } = await signedIn(store, request);
        const token = await store.tokens.byProof(proofId);
        if (token === undefined) throw new ManagementError('not_signed_in');
        return { body: renderToken(token) };
      },
    }),
    defineRoute({
      name: 'platform-token-delete',
      group: 'people',
      method: 'DELETE',
      path: '/platform-tokens/:id',
      access: ['session', 'platform-token'],
      summary: { en: 'Revokes a platform token at once.', zh: '立即吊销平台令牌。' },
      shape: 'acedata',
      success: 204,
      answer: undefined,
      errors: ['not_signed_in', 'not_found'],
      examples: [
        { title: { en: 'Delete', zh: '删除' }, parameters: { id: '7f1d3a52-0000-4000-8000-000000000000' } },
      ],
      async run(request) {
        const { person } = await signedIn(store, request);
        const { id = '' } = request.parameters;
        if (!(await store.tokens.revoke(person.id, id, clock.nowMs())))
          throw new ManagementError('not_found');
        return {};
      },
    }),
  ];
}
