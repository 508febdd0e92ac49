// Rows of operators: list and show accounts, verify, suspend, resume, limit.

import { Type } from '../core/json-schema.ts';
import { parseEmailAddress } from '../domain/email-address.ts';
import type { AccountOrder } from '../ports/account-desk.ts';
import type { Account } from '../ports/accounts.ts';
import { ACCOUNT_RECORD, shapeRecord } from './accounts/account-record.ts';
import { ACCOUNT, FUNDS, shapeAccount, shapeFunds } from './accounts/account-shape.ts';
import { actorOf, atDesk } from './accounts/context.ts';
import { CAP_CHANGES, CREDENTIAL, capsIn, createCredentialShape } from './accounts/credential-shape.ts';
import { noteLook } from './note-look.ts';
import type { OperatorContext } from './operator-routes.ts';
import { createOrdering } from './ordering.ts';
import { listOf, PAGE, pageIn } from './page.ts';
import { defineRoute, ManagementError, type ManagementRequest, type RouteDefinition } from './route.ts';

const NULLABLE_LIMIT = Type.Optional(
  Type.Union([Type.Integer({ minimum: 1, maximum: 2_000_000_000 }), Type.Null()]),
);
const ONE = { title: { en: 'By id', zh: '按编号' }, parameters: { id: '100000000001' } };
const OF_ONE = ['bad_request', 'not_signed_in', 'forbidden', 'not_found', 'conflict'] as const;
const STATES = ['active', 'unverified', 'suspended'] as const;
const ORDER = createOrdering<AccountOrder>({ created_at: 'created', name: 'name' }, 'created_at');
const ACTS = {
  verify: { en: 'Vouches for the account holder.', zh: '认证账户。' },
  suspend: { en: 'Suspends the account: its calls are refused at once.', zh: '停用账户，立即拒绝调用。' },
  resume: { en: 'Ends a suspension.', zh: '恢复账户。' },
} as const;

export function createOperatorAccountRoutes({ desk, catalogue, people }: OperatorContext): RouteDefinition[] {
  const shapeCredential = createCredentialShape(catalogue);

  const acts = (Object.keys(ACTS) as (keyof typeof ACTS)[]).map((act) =>
    defineRoute({
      name: `account-${act}`,
      group: 'operator',
      method: 'POST',
      path: `/operator/accounts/:id/${act}`,
      access: ['operator'],
      summary: ACTS[act],
      shape: 'own',
      success: 200,
      answer: ACCOUNT,
      errors: OF_ONE,
      examples: [ONE],
      async run(request) {
        const { id = '' } = request.parameters;
        const work = (): Promise<Account> => desk[act](actorOf(request), id);
        return { body: shapeAccount(await atDesk(work)) };
      },
    }),
  );

  async function answer(...question: Parameters<typeof desk.accounts>) {
    const { accounts, total } = desk.accounts(...question);
    const items = await Promise.all(accounts.map((record) => shapeRecord(record, people, 'masked')));
    return { body: { count: total, items } };
  }

  /** An act, whose entry knows the person and not the address. */
  async function search(request: ManagementRequest) {
    const address = parseEmailAddress(String(request.body.email));
    if (address === undefined) throw new ManagementError('bad_request', 'email is no e-mail address.');
    const personId = people.idFor(address);
    await atDesk(() => desk.noteAct(actorOf(request), 'account.search', `person:${personId}`, null, null));
    return answer({ offset: 0, limit: 1 }, { personId });
  }

  return [
    defineRoute({
      name: 'account-list',
      group: 'operator',
      method: 'GET',
      path: '/operator/accounts',
      access: ['operator'],
      summary: {
        en: 'Lists the accounts, with masked addresses.',
        zh: '列出账户（邮箱已掩码）。',
      },
      shape: 'own',
      query: Type.Object({
        ...{ ...PAGE, ...ORDER.query },
        name: Type.Optional(
          Type.String({ minLength: 1, maxLength: 200, description: 'A part of the name.' }),
        ),
        state: Type.Optional(Type.String({ enum: [...STATES] })),
      }),
      success: 200,
      answer: listOf(ACCOUNT_RECORD),
      errors: ['bad_request', 'not_signed_in', 'forbidden'],
      examples: [{ title: { en: 'The first', zh: '首页' }, query: { limit: 10 } }],
      run(request) {
        const { name, state } = request.query as Readonly<Record<string, string | undefined>>;
        const filter = { name, state: STATES.find((one) => one === state) };
        return answer(pageIn(request), filter, ORDER.in(request));
      },
    }),
    defineRoute({
      name: 'account-search',
      group: 'operator',
      method: 'POST',
      path: '/operator/accounts/search',
      access: ['operator'],
      summary: {
        en: "Finds the account of one person by the whole e-mail address, which a POST keeps out of every server's log. Audited.",
        zh: '按完整邮箱查找某人的账户；用 POST 发送，邮箱不会进入任何服务器日志（记入审计日志）。',
      },
      shape: 'own',
      body: Type.Object({ email: Type.String({ minLength: 1, maxLength: 254 }) }),
      success: 200,
      answer: listOf(ACCOUNT_RECORD),
      errors: ['bad_request', 'not_signed_in', 'forbidden'],
      examples: [{ title: { en: 'Of one person', zh: '某人的账户' }, body: { email: 'ann@example.org' } }],
      run: search,
    }),
    defineRoute({
      name: 'account',
      group: 'operator',
      method: 'GET',
      path: '/operator/accounts/:id',
      access: ['operator'],
      summary: {
        en: 'One account with its funds and credentials. Audited.',
        zh: '查询账户、余额和凭证（记入审计日志）。',
      },
      shape: 'own',
      success: 200,
      answer: Type.Object({
        ...ACCOUNT_RECORD.properties,
        ...FUNDS.properties,
        credentials: Type.Array(CREDENTIAL),
      }),
      errors: OF_ONE,
      examples: [ONE],
      run: (request) =>
        atDesk(async () => {
          const { id = '' } = request.parameters;
          const record = desk.record(id);
          await noteLook(desk.noteAct, request, 'account.show', id);
          const account = await shapeRecord(record, people, 'whole');
          const applications = desk.applications(id);
          const credentials = desk.credentials(id).map((one) => shapeCredential(one, applications));
          return { body: { ...account, ...shapeFunds(await desk.fundsOf(id)), credentials } };
        }),
    }),
    ...acts,
    defineRoute({
      name: 'account-limits',
      group: 'operator',
      method: 'PATCH',
      path: '/operator/accounts/:id/limits',
      access: ['operator'],
      summary: {
        en: 'Sets rate, daily limit and caps; only what is named changes, null takes a limit away.',
        zh: '设置速率、每日上限和用量上限；null 表示取消限制。',
      },
      shape: 'own',
      body: Type.Object({
        rate_per_second: NULLABLE_LIMIT,
        daily_limit: NULLABLE_LIMIT,
        caps: Type.Optional(CAP_CHANGES),
      }),
      success: 200,
      answer: ACCOUNT,
      errors: OF_ONE,
      examples: [{ ...ONE, body: { rate_per_second: 50, caps: { calls_per_day: 10_000 } } }],
      async run(request) {
        const { id = '' } = request.parameters;
        const { rate_per_second: rate, daily_limit: daily, caps } = request.body;
        const limits = {
          ...(rate === undefined ? {} : { ratePerSecond: rate as number | null }),
          ...(daily === undefined ? {} : { dailyLimit: daily as number | null }),
          ...(caps === undefined ? {} : { caps: capsIn(caps) }),
        };
        return { body: shapeAccount(await atDesk(() => desk.changeLimits(actorOf(request), id, limits))) };
      },
    }),
  ];
}
