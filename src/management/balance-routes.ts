// Row: what an account has left, for whoever may call with it.

import { Type } from 'typebox';
import { type AccountsContext, accountOf, atDesk } from './accounts/context.ts';
import { CAPS, shapeCaps } from './accounts/credential-shape.ts';
import { defineRoute, type RouteDefinition } from './route.ts';

const BALANCE = Type.Object({
  account_id: Type.String(),
  state: Type.String({ enum: ['active', 'unverified', 'suspended'] }),
  balance: Type.Integer({ description: 'Minor units of money.' }),
  services: Type.Array(
    Type.Object({
      application_id: Type.String(),
      service_id: Type.Union([Type.String(), Type.Null()]),
      alias: Type.String(),
      remaining_amount: Type.Integer({ description: 'Free calls that are left.' }),
    }),
  ),
  caps: CAPS,
});

export function createBalanceRoutes({ desk, catalogue }: AccountsContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'balance',
      group: 'applications',
      method: 'GET',
      path: '/balance',
      access: ['session', 'platform-token', 'credential'],
      summary: { en: 'Money and free calls that are left.', zh: '查询余额和剩余免费额度。' },
      shape: 'own',
      success: 200,
      answer: BALANCE,
      errors: ['not_signed_in', 'unavailable'],
      examples: [{ title: { en: 'What is left', zh: '剩余' } }],
      run: (request) =>
        atDesk(async () => {
          const { accountId, state, caps } = accountOf(request);
          const { balanceMinor, quota } = await desk.fundsOf(accountId);
          const services = desk.applications(accountId).map(({ applicationId, service }) => ({
            application_id: applicationId,
            service_id: catalogue.service(service)?.id ?? null,
            alias: service,
            remaining_amount: quota[service] ?? 0,
          }));
          return {
            body: { account_id: accountId, state, balance: balanceMinor, services, caps: shapeCaps(caps) },
          };
        }),
    }),
  ];
}
