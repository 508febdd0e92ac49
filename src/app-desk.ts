// The account desk as far as people need it: opens their accounts.

import type { AccountDesk } from './ports/account-desk.ts';
import {
  type AdministrationOptions,
  openAccountAdministration,
} from './storage/sqlite/accounts/account-administration.ts';

export type DeskOfPeople = Pick<AccountDesk, 'openAccount' | 'account' | 'findOperator'> & { close(): void };

export function openDesk(options: Omit<AdministrationOptions, 'actor'>): DeskOfPeople {
  const administration = openAccountAdministration({ ...options, actor: 'self-service' });
  return {
    openAccount: async (_actor, name) =>
      administration.transact(() => {
        const { account, key } = administration.createAccount({
          name,
          services: [],
          sandbox: false,
          state: 'active',
        });
        // Nobody was shown it.
        administration.setKeyState(key.secretId, 'revoked');
        return account;
      }),
    account: (accountId) => administration.account(accountId),
    findOperator: () => undefined,
    close: () => administration.close(),
  };
}
