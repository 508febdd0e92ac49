// Rows: applications, which is what an account has of a service since it acquired it: once, with the free quota.

import { Type } from '../core/json-schema.ts';
import type { Application } from '../ports/account-desk.ts';
import type { Account } from '../ports/accounts.ts';
import type { AccountFunds } from '../ports/ledger.ts';
import { APPLICATION_ORDER, sortApplications } from './accounts/application-order.ts';
import { type AccountsContext, accountOf, actorOf, atDesk, refuseOthers } from './accounts/context.ts';
import { CREDENTIAL, createCredentialShape } from './accounts/credential-shape.ts';
import { listOf, OWN_PAGE, pageOf } from './page.ts';
import { defineRoute, ManagementError, type ManagementRequest, type RouteDefinition } from './route.ts';
import { timeText } from './time-text.ts';

const TEXT = Type.Optional(Type.String({ maxLength: 64 }));
const APPLICATION = Type.Object({
  id: Type.String(),
  service_id: Type.Union([Type.String(), Type.Null()]),
  user_id: Type.String(),
  type: Type.String({ enum: ['Usage'] }),
  scope: Type.String({ enum: ['Individual'] }),
  remaining_amount: Type.Integer({ description: 'Free calls that are left.' }),
  used_amount: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Charged calls so far, free or paid; null while usage has no answer.',
  }),
  allow_consume_global: Type.Boolean({ description: 'The balance pays when no free call is left.' }),
  disabled: Type.Boolean(),
  expired_at: Type.Null(),
  created_at: Type.String(),
  service: Type.Object({ id: Type.String(), alias: Type.String(), title: Type.String() }),
  credentials: Type.Array(CREDENTIAL),
});
const OWNER = ['session', 'platform-token'] as const;

/** Throws where the account may not take on anything new. */
export function refuseInactive(account: Account): void {
  if (account.state === 'unverified') throw new ManagementError('need_verify');
  refuseSuspended(account);
}

export function refuseSuspended({ state }: Account): void {
  if (state === 'suspended') throw new ManagementError('forbidden', 'The account is suspended.');
}

export function createApplicationRoutes(context: AccountsContext): RouteDefinition[] {
  const { desk, catalogue, usedCalls } = context;
  const shapeCredential = createCredentialShape(catalogue);

  async function shape(account: Account, application: Application, funds: AccountFunds) {
    const { applicationId, accountId, service, acquiredMs, active } = application;
    const listed = catalogue.service(service);
    const credentials = desk
      .credentials(accountId)
      .filter(({ restriction }) => restriction?.service === service);
    return {
      id: applicationId,
      service_id: listed?.id ?? null,
      user_id: accountId,
      type: 'Usage',
      scope: 'Individual',
      remaining_amount: funds.quota[service] ?? 0,
      used_amount: (await usedCalls(account, service)) ?? null,
      allow_consume_global: true,
      disabled: !active,
      expired_at: null,
      created_at: timeText(acquiredMs),
      service: { id: listed?.id ?? '', alias: service, title: listed?.title.en ?? service },
      credentials: credentials.map((one) => shapeCredential(one, [application])),
    };
  }

  async function acquire(request: ManagementRequest) {
    const account = accountOf(request);
    const service = catalogue.service(String(request.body.service_id));
    if (service === undefined) throw new ManagementError('not_found');
    refuseInactive(account);
    return atDesk(async () => {
      const application = await desk.acquire(actorOf(request), account.accountId, service.name);
      return { body: await shape(account, application, await desk.fundsOf(account.accountId)) };
    });
  }

  async function list(request: ManagementRequest) {
    refuseOthers(request);
    const account = accountOf(request);
    const { accountId } = account;
    const { service_id: serviceId, affiliation, type, scope } = request.query;
    const service = serviceId === undefined ? undefined : catalogue.service(String(serviceId));
    const isEmpty =
      affiliation === 'granted' || (type ?? 'Usage') !== 'Usage' || (scope ?? 'Individual') !== 'Individual';
    const rows = desk
      .applications(accountId)
      .filter((one) => !isEmpty && (serviceId === undefined || one.service === service?.name));
    const funds = await desk.fundsOf(accountId);
    const page = pageOf(sortApplications(rows, request), request);
    const items = [];
    // One after another: usage answers an account one question at a time.
    for (const one of page.items) items.push(await shape(account, one, funds));
    return { body: { ...page, items } };
  }

  return [
    defineRoute({
      name: 'application-create',
      group: 'applications',
      method: 'POST',
      path: '/applications',
      access: OWNER,
      summary: {
        en: 'Acquires a service, once, with its free quota. The service is named by id or alias.',
        zh: '开通服务并获得免费额度，每个服务仅可开通一次。',
      },
      shape: 'acedata',
      body: Type.Object({ service_id: Type.String({ minLength: 1, maxLength: 64 }) }),
      success: 201,
      answer: APPLICATION,
      errors: [
        'bad_request',
        'duplication',
        'not_signed_in',
        'forbidden',
        'csrf',
        'need_verify',
        'not_found',
      ],
      examples: [{ title: { en: 'Acquire', zh: '开通' }, body: { service_id: 'line-status' } }],
      run: acquire,
    }),
    defineRoute({
      name: 'application-list',
      group: 'applications',
      method: 'GET',
      path: '/applications',
      access: OWNER,
      summary: { en: 'Lists what the account has acquired.', zh: '列出已开通的服务。' },
      shape: 'acedata',
      query: Type.Object({
        ...{ ...OWN_PAGE, ...APPLICATION_ORDER.query },
        ...{ service_id: TEXT, affiliation: TEXT, scope: TEXT, type: TEXT },
      }),
      success: 200,
      answer: listOf(APPLICATION),
      errors: ['bad_request', 'not_signed_in', 'forbidden'],
      examples: [{ title: { en: 'Mine', zh: '我的' }, query: { user_id: 'me' } }],
      run: list,
    }),
    defineRoute({
      name: 'application',
      group: 'applications',
      method: 'GET',
      path: '/applications/:id',
      access: OWNER,
      summary: { en: 'One application.', zh: '查询已开通的服务。' },
      shape: 'acedata',
      success: 200,
      answer: APPLICATION,
      errors: ['bad_request', 'not_signed_in', 'not_found'],
      examples: [
        { title: { en: 'By id', zh: '按编号' }, parameters: { id: '7f1d3a52-0000-4000-8000-000000000000' } },
      ],
      async run(request) {
        const account = accountOf(request);
        const { accountId } = account;
        const found = desk
          .applications(accountId)
          .find(({ applicationId }) => applicationId === request.parameters.id);
        if (found === undefined) throw new ManagementError('not_found');
        return { body: await shape(account, found, await desk.fundsOf(accountId)) };
      },
    }),
  ];
}
