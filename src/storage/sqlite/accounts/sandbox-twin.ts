// The sandbox account that goes with a live one: opened when the first sandbox credential is wanted, and found again by the
// live account's id. It has every service, is never charged, and is suspended and resumed with the live one.

import { SERVICES } from '../../../domain/service.ts';
import type { Account } from '../../../ports/accounts.ts';

const NAME_MAX_LENGTH = 180;

/** Whom it was opened for. No person's owner name begins like this. */
export function twinOwner(accountId: string): string {
  return `sandbox:${accountId}`;
}

export function twinOf({ name }: Account) {
  return {
    name: `${name.slice(0, NAME_MAX_LENGTH)} (sandbox)`,
    services: SERVICES,
    sandbox: true,
    state: 'active',
  } as const;
}
