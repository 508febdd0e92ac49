// Accounts as operators see them.

import { Type } from '../../core/json-schema.ts';
import type { Account } from '../../ports/accounts.ts';
import type { AccountFunds } from '../../ports/ledger.ts';
import { CAPS, shapeCaps } from './credential-shape.ts';

const NULLABLE_COUNT = Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]);

export const ACCOUNT = Type.Object({
  account_id: Type.String(),
  name: Type.String(),
  state: Type.String({ enum: ['active', 'unverified', 'suspended'] }),
  sandbox: Type.Boolean(),
  services: Type.Array(Type.String()),
  rate_per_second: NULLABLE_COUNT,
  daily_limit: NULLABLE_COUNT,
  caps: CAPS,
});
export const FUNDS = Type.Object({
  balance: Type.Integer({ description: 'Minor units of money.' }),
  quota: Type.Object({}, { description: 'Free calls that are left, by service.' }),
});

export function shapeAccount(account: Account) {
  const { accountId, name, state, sandbox, services, ratePerSecond, dailyLimit, caps } = account;
  return {
    account_id: accountId,
    name,
    state,
    sandbox,
    services: [...services].sort(),
    rate_per_second: ratePerSecond ?? null,
    daily_limit: dailyLimit ?? null,
    caps: shapeCaps(caps),
  };
}

export function shapeFunds({ balanceMinor, quota }: AccountFunds) {
  return { balance: balanceMinor, quota };
}
