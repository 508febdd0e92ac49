// Rows of operators about money: what is left, top up, give free calls, prices. There is no other way for money to come in.

import { Type } from '../core/json-schema.ts';
import { SERVICES, type ServiceName } from '../domain/service.ts';
import type { GrantTerms } from '../ports/account-desk.ts';
import { FUNDS, shapeFunds } from './accounts/account-shape.ts';
import { actorOf, atDesk } from './accounts/context.ts';
import { lineIn } from './name-text.ts';
import type { OperatorContext } from './operator-routes.ts';
import { defineRoute, type ManagementRequest, type RouteDefinition } from './route.ts';
import { managementErrorOf } from './usage-shapes.ts';

const AMOUNT_MAX = 1_000_000_000_000;
const PRICE_MAX = 1_000_000_000;
const PARAMETERS = { id: '100000000001' };
const OF_ONE = [
  ...(['bad_request', 'not_signed_in', 'forbidden', 'not_found'] as const),
  ...(['conflict', 'unavailable'] as const),
] as const;
const REFERENCE = Type.Optional(
  Type.String({ minLength: 1, maxLength: 200, description: 'For the audit log, such as an invoice.' }),
);

function termsIn(request: ManagementRequest): GrantTerms {
  const { body, idempotencyKey } = request;
  return {
    key: idempotencyKey,
    reference: body.reference === undefined ? undefined : lineIn(request, 'reference'),
  };
}

export function createOperatorMoneyRoutes({ desk, ledger, told }: OperatorContext): RouteDefinition[] {
  const prices = desk.prices();
  const price = Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: PRICE_MAX }), Type.Null()]));
  const PRICES = Type.Object(Object.fromEntries(Object.keys(prices).map((key) => [key, price])), {
    description: 'Minor units of a charged call.',
  });

  return [
    defineRoute({
      name: 'account-top-up',
      group: 'operator',
      method: 'POST',
      path: '/operator/accounts/:id/top-up',
      access: ['operator'],
      summary: { en: 'Adds money to the balance.', zh: '充值。' },
      shape: 'own',
      body: Type.Object({ amount: Type.Integer({ minimum: 1, maximum: AMOUNT_MAX }), reference: REFERENCE }),
      idempotent: true,
      success: 200,
      answer: FUNDS,
      errors: OF_ONE,
      examples: [
        {
          title: { en: 'Top up', zh: '充值' },
          parameters: PARAMETERS,
          body: { amount: 10_000, reference: 'invoice 17' },
        },
      ],
      async run(request) {
        const { id = '' } = request.parameters;
        const amount = Number(request.body.amount);
        const terms = termsIn(request);
        return { body: shapeFunds(await atDesk(() => desk.topUp(actorOf(request), id, amount, terms))) };
      },
    }),
    defineRoute({
      name: 'account-grant-quota',
      group: 'operator',
      method: 'POST',
      path: '/operator/accounts/:id/quota',
      access: ['operator'],
      summary: { en: 'Gives free calls of services.', zh: '赠送免费额度。' },
      shape: 'own',
      body: Type.Object({
        services: Type.Array(Type.String({ enum: [...SERVICES] }), {
          minItems: 1,
          maxItems: SERVICES.length,
        }),
        calls: Type.Integer({ minimum: 1, maximum: AMOUNT_MAX }),
        reference: REFERENCE,
      }),
      idempotent: true,
      success: 200,
      answer: FUNDS,
      errors: OF_ONE,
      examples: [
        {
          title: { en: 'Free calls', zh: '免费额度' },
          parameters: PARAMETERS,
          body: { services: ['line-status'], calls: 100 },
        },
      ],
      async run(request) {
        const { id = '' } = request.parameters;
        const services = [...new Set(request.body.services as readonly ServiceName[])];
        const calls = Number(request.body.calls);
        const terms = termsIn(request);
        const funds = await atDesk(() => desk.grantQuota(actorOf(request), id, services, calls, terms));
        return { body: shapeFunds(funds) };
      },
    }),
    defineRoute({
      name: 'funds-left',
      group: 'operator',
      method: 'GET',
      path: '/operator/funds',
      access: ['operator'],
      summary: {
        en: 'Money and free calls that all accounts together have left.',
        zh: '查询全部账户的余额与剩余免费额度合计。',
      },
      shape: 'own',
      success: 200,
      answer: Type.Object({
        currency: Type.String({ description: 'ISO 4217; a server has one.' }),
        ...FUNDS.properties,
      }),
      errors: ['not_signed_in', 'forbidden', 'usage_query_in_progress', 'unavailable'],
      examples: [{ title: { en: 'Now', zh: '当前' } }],
      async run() {
        try {
          return { body: { currency: told.currency, ...shapeFunds(await ledger.view.fundsLeft()) } };
        } catch (error) {
          throw managementErrorOf(error, String);
        }
      },
    }),
    defineRoute({
      name: 'price-list',
      group: 'operator',
      method: 'GET',
      path: '/operator/prices',
      access: ['operator'],
      summary: { en: 'The prices as calls are charged now.', zh: '查询当前价格。' },
      shape: 'own',
      success: 200,
      answer: PRICES,
      errors: ['not_signed_in', 'forbidden'],
      examples: [{ title: { en: 'Now', zh: '当前' } }],
      run: () => ({ body: desk.prices() }),
    }),
    defineRoute({
      name: 'price-change',
      group: 'operator',
      method: 'PATCH',
      path: '/operator/prices',
      access: ['operator'],
      summary: {
        en: 'Sets the prices that are named; null goes back to the configured one. Answers all prices as calls are charged from now on.',
        zh: '设置价格；null 表示恢复配置值。返回当前全部价格。',
      },
      shape: 'own',
      body: PRICES,
      success: 200,
      answer: PRICES,
      errors: ['bad_request', 'not_signed_in', 'forbidden'],
      examples: [{ title: { en: 'Change', zh: '修改' }, body: { 'line-status': 25 } }],
      async run(request) {
        const changes = request.body as Readonly<Record<string, number | null>>;
        return { body: await atDesk(() => desk.setPrices(actorOf(request), changes)) };
      },
    }),
  ];
}
