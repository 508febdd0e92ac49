// Rows of operators about the person who holds an account: platform tokens, sessions, a lost authenticator. Each act is in
// the audit log before it is done: the person and the log are in two files.

import { Type } from '../core/json-schema.ts';
import type { StoredPerson } from '../ports/people.ts';
import { actorOf, atDesk } from './accounts/context.ts';
import { noteLook } from './note-look.ts';
import type { OperatorContext } from './operator-routes.ts';
import { listOf, PAGE, pageIn, pageOf } from './page.ts';
import { SESSION, SESSION_ORDER, shapeSession, sortSessions } from './people/session-shape.ts';
import { PLATFORM_TOKEN, renderToken, TOKEN_ORDER } from './people-platform-tokens.ts';
import { defineRoute, ManagementError, type ManagementRequest, type RouteDefinition } from './route.ts';

const ACCOUNT = { id: '100000000001' };
const OF_ACCOUNT = { title: { en: 'Of one account', zh: '某个账户' }, parameters: ACCOUNT };
const ONE_ROW = { limit: 1, offset: 0 };
const ERRORS = ['bad_request', 'not_signed_in', 'forbidden', 'not_found', 'conflict'] as const;

/** Takes something from the holder; answers nothing. */
function defineRemoval(
  row: Pick<RouteDefinition, 'name' | 'path' | 'summary' | 'run'> & Partial<RouteDefinition>,
): RouteDefinition {
  return defineRoute({
    group: 'operator',
    method: 'DELETE',
    access: ['operator'],
    shape: 'own',
    success: 204,
    answer: undefined,
    errors: ERRORS,
    examples: [OF_ACCOUNT],
    ...row,
  });
}

export function createOperatorPeopleRoutes(context: OperatorContext): RouteDefinition[] {
  const { desk, people, nowMs } = context;

  /** Throws not_found for an account that nobody registered for. */
  async function holderOf({ parameters }: ManagementRequest): Promise<StoredPerson> {
    const { personId } = await atDesk(() => desk.record(parameters.id ?? ''));
    const person = personId === undefined ? undefined : await people.findById(personId);
    if (person === undefined) throw new ManagementError('not_found');
    return person;
  }

  function note(request: ManagementRequest, act: string, before: unknown, after: unknown): Promise<void> {
    return atDesk(() => desk.noteAct(actorOf(request), act, request.parameters.id ?? '', before, after));
  }

  return [
    defineRoute({
      name: 'account-token-list',
      group: 'operator',
      method: 'GET',
      path: '/operator/accounts/:id/platform-tokens',
      access: ['operator'],
      summary: {
        en: "Lists the platform tokens of an account's holder, masked. Audited.",
        zh: '列出账户持有人的平台令牌（记入审计日志）。',
      },
      shape: 'own',
      query: Type.Object({ ...PAGE, ...TOKEN_ORDER.query }),
      success: 200,
      answer: listOf(PLATFORM_TOKEN),
      errors: ERRORS,
      examples: [OF_ACCOUNT],
      async run(request) {
        const person = await holderOf(request);
        await noteLook(desk.noteAct, request, 'person.tokens', person.accountId);
        const sorting = TOKEN_ORDER.in(request);
        const { count, items } = await people.tokens.list(person.id, pageIn(request), sorting);
        return { body: { count, items: items.map((item) => renderToken(item)) } };
      },
    }),
    defineRemoval({
      name: 'account-token-revoke',
      path: '/operator/accounts/:id/platform-tokens/:token_id',
      summary: { en: 'Revokes a platform token of the holder at once.', zh: '立即吊销持有人的平台令牌。' },
      examples: [
        {
          title: { en: 'By id', zh: '按编号' },
          parameters: { ...ACCOUNT, token_id: '7f1d3a52-0000-4000-8000-000000000000' },
        },
      ],
      async run(request) {
        const person = await holderOf(request);
        const { token_id: tokenId = '' } = request.parameters;
        await note(request, 'person.token-revoke', null, { tokenId });
        if (!(await people.tokens.revoke(person.id, tokenId, nowMs())))
          throw new ManagementError('not_found');
        return {};
      },
    }),
    defineRemoval({
      name: 'account-tokens-revoke',
      path: '/operator/accounts/:id/platform-tokens',
      summary: {
        en: 'Revokes all platform tokens of the holder at once.',
        zh: '立即吊销持有人的全部平台令牌。',
      },
      async run(request) {
        const person = await holderOf(request);
        const { count } = await people.tokens.list(person.id, ONE_ROW, TOKEN_ORDER.in(request));
        await note(request, 'person.tokens-revoke', { tokens: count }, { tokens: 0 });
        await people.tokens.revokeAll(person.id, nowMs());
        return {};
      },
    }),
    defineRoute({
      name: 'account-session-list',
      group: 'operator',
      method: 'GET',
      path: '/operator/accounts/:id/sessions',
      access: ['operator'],
      summary: {
        en: "Lists the open sessions of an account's holder. Audited.",
        zh: '列出账户持有人当前的会话（记入审计日志）。',
      },
      shape: 'own',
      query: Type.Object({ ...PAGE, ...SESSION_ORDER.query }),
      success: 200,
      answer: listOf(SESSION),
      errors: ERRORS,
      examples: [OF_ACCOUNT],
      async run(request) {
        const person = await holderOf(request);
        await noteLook(desk.noteAct, request, 'person.sessions', person.accountId);
        const sessions = await people.sessions.list(person.id, nowMs());
        const page = pageOf(sortSessions(sessions, request), request);
        return { body: { ...page, items: page.items.map(shapeSession) } };
      },
    }),
    defineRemoval({
      name: 'account-session-end',
      path: '/operator/accounts/:id/sessions/:session_id',
      summary: { en: 'Ends one session of the holder at once.', zh: '立即结束持有人的一个会话。' },
      examples: [
        {
          title: { en: 'By id', zh: '按编号' },
          parameters: { ...ACCOUNT, session_id: '7f1d3a52-0000-8000-8000-000000000000' },
        },
      ],
      async run(request) {
        const person = await holderOf(request);
        const { session_id: sessionId } = request.parameters;
        const sessions = await people.sessions.list(person.id, nowMs());
        const ended = sessions.find(({ id }) => id === sessionId);
        if (ended === undefined) throw new ManagementError('not_found');
        await note(request, 'person.session-end', null, { sessionId });
        await people.sessions.end(ended.proofId);
        return {};
      },
    }),
    defineRemoval({
      name: 'account-sessions-end',
      path: '/operator/accounts/:id/sessions',
      summary: { en: 'Ends all sessions of the holder at once.', zh: '立即结束持有人的全部会话。' },
      async run(request) {
        const person = await holderOf(request);
        await note(request, 'person.sessions-end', null, null);
        await people.sessions.endAll(person.id);
        return {};
      },
    }),
    defineRemoval({
      name: 'account-totp-remove',
      path: '/operator/accounts/:id/totp',
      summary: {
        en: 'Removes the lost authenticator of the holder, who is told by mail; the password alone signs in then.',
        zh: '移除持有人遗失的身份验证器，并邮件通知；此后仅凭密码登录。',
      },
      async run(request) {
        const person = await holderOf(request);
        if (!person.totpEnabled) throw new ManagementError('conflict', 'There is no authenticator.');
        await note(request, 'person.totp-remove', { totpEnabled: true }, { totpEnabled: false });
        await people.disableTotp(person.id);
        context.tellTotpRemoved(person);
        return {};
      },
    }),
  ];
}
