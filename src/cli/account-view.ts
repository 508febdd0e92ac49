// An account as the commands show it: as JSON and to a person.

import type { Account } from '../ports/accounts.ts';
import { describeCaps, viewCaps } from './account-caps.ts';

/** In the place of a limit: the server's. */
export const RESET = 'default';

/** Everything of an account but its secrets. */
export function viewAccount({ id: _row, services, caps, ...account }: Account) {
  return {
    ...account,
    ratePerSecond: account.ratePerSecond ?? null,
    dailyLimit: account.dailyLimit ?? null,
    caps: viewCaps(caps),
    services: [...services],
  };
}

export function describe(account: Account): string {
  const kind = account.sandbox ? 'sandbox' : 'live';
  const services = [...account.services].join(',') || 'no service';
  return `${account.accountId}  ${account.state}  ${kind}  ${services}  ${account.name}`;
}

export function describeLimits({ ratePerSecond, dailyLimit, caps }: Account): string[] {
  return [
    `limits    ${ratePerSecond ?? RESET} calls a second, ${dailyLimit ?? RESET} attempts a day`,
    ...describeCaps(caps),
  ];
}

export const describeGrant = ({ kmsGrant }: Account): string[] => [`KMS grant ${kmsGrant ? 'on' : 'off'}`];
