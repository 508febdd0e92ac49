// Row: what an account has left, for whoever may call with it.

import { Type } from '../core/json-schema.ts';
import type { Credential } from '../ports/account-desk.ts';
import { type AccountsContext, accountOf, atDesk } from './accounts/context.ts';
import { CAPS, shapeCaps } from './accounts/credential-shape.ts';
import { CAPS_LEFT, CREDENTIAL_LEFT, shapeCapsLeft, shapeCredentialLeft } from './accounts/limits-left.ts';
import { defineRoute, type ManagementRequest, type RouteDefinition } from './route.ts';

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
  ...CAPS_LEFT,
  credential: Type.Union([Type.Object({ id: Type.String(), ...CREDENTIAL_LEFT }), Type.Null()], {
    description: 'The one that asks, with its own limits.',
  }),
});

export function createBalanceRoutes({ desk, catalogue }: AccountsContext): RouteDefinition[] {
  /** The credential that asks; undefined for a person. */
  function keyOf({ visitor }: ManagementRequest): Credential | undefined {
    if (visitor.access !== 'credential') return undefined;
    return desk.credentials(visitor.account.accountId).find(({ keyId }) => keyId === visitor.key.id);
  }

  return [
    defineRoute({
      name: 'balance',
      group: 'applications',
      method: 'GET',
      path: '/balance',
      access: ['session', 'platform-token', 'credential'],
      summary: {
        en: 'Money and free calls that are left, and what is used and left of the caps and of the limits of the credential that asks.',
        zh: '查询余额、剩余免费额度，以及各项限额的已用量和剩余量。',
      },
      shape: 'own',
      success: 200,
      answer: BALANCE,
      errors: ['not_signed_in', 'unavailable'],
      examples: [{ title: { en: 'What is left', zh: '剩余' } }],
      run: (request) =>
        atDesk(async () => {
          const account = accountOf(request);
          const { accountId, state, caps } = account;
          const { balanceMinor, quota } = await desk.fundsOf(accountId);
          const services = desk.applications(accountId).map(({ applicationId, service }) => ({
            application_id: applicationId,
            service_id: catalogue.service(service)?.id ?? null,
            alias: service,
            remaining_amount: quota[service] ?? 0,
          }));
          const key = keyOf(request);
          const used = await desk.usedOf(account, key === undefined ? [] : [key]);
          const body = {
            ...{ account_id: accountId, state, balance: balanceMinor, services, caps: shapeCaps(caps) },
            ...shapeCapsLeft(caps, used.account),
            credential:
              key === undefined
                ? null
                : {
                    id: key.credentialId,
                    ...shapeCredentialLeft(key.restriction, used.keys.get(key.keyId)),
                  },
          };
          return { body };
        }),
    }),
  ];
}
