// Rows: what lets operators in: bearer tokens, links that nobody has used yet, sessions of browsers. Made on the command line
// only, seen and revoked here; the secret itself is nowhere.

import { Type } from '../core/json-schema.ts';
import { sortRows } from '../domain/sorting.ts';
import type { OperatorToken } from '../ports/account-desk.ts';
import { actorOf, atDesk } from './accounts/context.ts';
import { noteLook } from './note-look.ts';
import type { OperatorContext } from './operator-routes.ts';
import { createOrdering } from './ordering.ts';
import { listOf, PAGE, pageOf } from './page.ts';
import { defineRoute, ManagementError, type ManagementRequest, type RouteDefinition } from './route.ts';
import { timeText } from './time-text.ts';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);
const TOKEN = Type.Object({
  id: Type.Integer(),
  kind: Type.String({ enum: ['bearer', 'link', 'session'] }),
  name: Type.String({ description: 'Whose it is, as the audit log names it.' }),
  state: Type.String({ enum: ['valid', 'expired', 'revoked'] }),
  created_at: Type.String(),
  expires_at: NULLABLE_TEXT,
  current: Type.Boolean({ description: 'The session that asks.' }),
});
const ORDER = createOrdering(
  { created_at: 'created', name: 'name', kind: 'kind', expires_at: 'expires' },
  '-created_at',
);
const VALUES = {
  created: ({ createdMs }: OperatorToken) => createdMs,
  name: ({ name }: OperatorToken) => name,
  kind: ({ kind }: OperatorToken) => kind,
  expires: ({ expiresMs }: OperatorToken) => expiresMs,
};

export function createOperatorTokenRoutes({ desk, nowMs }: OperatorContext): RouteDefinition[] {
  function stateOf({ revokedMs, expiresMs }: OperatorToken): 'valid' | 'expired' | 'revoked' {
    if (revokedMs !== undefined) return 'revoked';
    return expiresMs !== undefined && nowMs() >= expiresMs ? 'expired' : 'valid';
  }

  function shape(token: OperatorToken, { visitor }: ManagementRequest) {
    const { id, kind, name, createdMs, expiresMs } = token;
    return {
      ...{ id, kind, name, state: stateOf(token) },
      created_at: timeText(createdMs),
      expires_at: timeText(expiresMs),
      current: visitor.access === 'operator' && visitor.operatorSession?.id === id,
    };
  }

  async function revoke(request: ManagementRequest) {
    const token = desk.operatorTokens().find(({ id }) => String(id) === request.parameters.id);
    if (token === undefined) throw new ManagementError('not_found');
    if (stateOf(token) === 'revoked') throw new ManagementError('conflict', 'It is revoked already.');
    await atDesk(() => desk.revokeOperatorToken(actorOf(request), token.id));
    return {};
  }

  return [
    defineRoute({
      name: 'operator-token-list',
      group: 'operator',
      method: 'GET',
      path: '/operator/tokens',
      access: ['operator'],
      summary: {
        en: 'Lists what lets operators in: tokens, links and sessions, without their secrets. Audited.',
        zh: '列出运营者的令牌、登录链接和会话，不含密文（记入审计日志）。',
      },
      shape: 'own',
      query: Type.Object({ ...PAGE, ...ORDER.query }),
      success: 200,
      answer: listOf(TOKEN),
      errors: ['bad_request', 'not_signed_in', 'forbidden'],
      examples: [{ title: { en: 'The latest', zh: '最近' }, query: { limit: 10 } }],
      async run(request) {
        await noteLook(desk.noteAct, request, 'operator.tokens', 'operators');
        // Made by hand, and links and sessions that ended leave no row: there are few.
        const sorted = sortRows(desk.operatorTokens(), ORDER.in(request), VALUES, ({ id }) => id);
        const page = pageOf(sorted, request);
        return { body: { ...page, items: page.items.map((token) => shape(token, request)) } };
      },
    }),
    defineRoute({
      name: 'operator-token-revoke',
      group: 'operator',
      method: 'DELETE',
      path: '/operator/tokens/:id',
      access: ['operator'],
      summary: {
        en: "Refuses an operator's token, link or session from the next call on.",
        zh: '吊销运营者的令牌、登录链接或会话，下一次调用起失效。',
      },
      shape: 'own',
      success: 204,
      answer: undefined,
      errors: ['not_signed_in', 'forbidden', 'not_found', 'conflict'],
      examples: [{ title: { en: 'By id', zh: '按编号' }, parameters: { id: '1' } }],
      run: revoke,
    }),
  ];
}
