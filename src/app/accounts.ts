// What an operator does with accounts, composed of the accounts file, the master key and the ledger's funds. Works
// while a server runs on the same directory.

import { existsSync } from 'node:fs';
import { deriveKey } from '../codecs/key-derivation.ts';
import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import type { ServiceName } from '../domain/service.ts';
import type { Account } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { ServerKeyPairs } from '../ports/key-vault.ts';
import type { AccountFunds } from '../ports/ledger.ts';
import type { Random } from '../ports/random.ts';
import {
  type AccountAdministration,
  type NewAccount,
  openAccountAdministration,
} from '../storage/sqlite/accounts/account-administration.ts';
import { onceOf } from '../storage/sqlite/accounts/applications.ts';
import type { BroughtKey, IssuedKey } from '../storage/sqlite/accounts/draw-key.ts';
import { loadServerKeyPairs } from '../storage/sqlite/accounts/server-key-pairs.ts';
import { openFunds } from '../storage/sqlite/ledger/open-funds.ts';
import { openMasterKey } from './master-key.ts';

export type { IssuedKey } from '../storage/sqlite/accounts/draw-key.ts';
export type { KeySummary } from '../storage/sqlite/accounts/key-administration.ts';

export interface AccountOfficeOptions {
  readonly paths: DataPaths;
  readonly configuration: Pick<
    Configuration,
    'masterKey' | 'masterKeyCommand' | 'timeZone' | 'freeQuota' | 'keysPerAccount'
  >;
  readonly clock: Clock;
  readonly random: Random;
  /** Who acts, for the audit log. */
  readonly actor: string;
  /** Refuses a directory without accounts instead of setting it up. */
  readonly mustExist?: boolean;
}

/** The data directory holds no accounts; the message says what to do. */
export class NoAccountsError extends Error {}

export interface FundedAccount extends NewAccount {
  /** Free calls of each activated service. */
  readonly quota: number;
  readonly balanceMinor: number;
}

export interface AccountOffice {
  readonly administration: AccountAdministration;
  /** An account with its first key and its funds, all or nothing. */
  open(account: FundedAccount, brought?: BroughtKey): { readonly account: Account; readonly key: IssuedKey };
  /** What the work opens is kept when it returns, and nothing of it when it throws. */
  together<T>(work: () => T): T;
  grantQuota(accountId: string, services: readonly ServiceName[], calls: number): AccountFunds;
  /** As its holder does: once, with the free quota. */
  acquire(accountId: string, service: ServiceName): AccountFunds;
  topUp(accountId: string, amountMinor: number): AccountFunds;
  fundsOf(accountId: string): AccountFunds;
  /** For callers who encrypt fields; made at the first use. */
  keyPairs(): ServerKeyPairs;
  close(): void;
}

export function openAccountOffice(options: AccountOfficeOptions): AccountOffice {
  const { paths, configuration, clock, random, actor } = options;
  if (options.mustExist === true && !existsSync(paths.accounts)) {
    throw new NoAccountsError(
      `there are no accounts in ${paths.directory}: check --data, or make the first with account create`,
    );
  }
  const master = openMasterKey(options);
  const administration = openAccountAdministration({
    path: paths.accounts,
    secretEnvelopeKey: deriveKey(master, 'secret-envelope'),
    clock,
    random,
    actor,
    keysPerAccountMax: configuration.keysPerAccount,
  });
  const funds = openFunds({
    ledgerPath: paths.ledger,
    headsPath: paths.ledgerHeads,
    signingSeed: deriveKey(master, 'ledger-signing'),
    clock,
    timeZone: configuration.timeZone,
  });

  /** The ledger holds what was granted; the audit log adds who did it. */
  function grant(
    act: string,
    accountId: string,
    services: readonly ServiceName[],
    quota: number,
    money: number,
  ): AccountFunds {
    const { id } = administration.account(accountId);
    const before = funds.of(id);
    const after = funds.grant(id, services, quota, money);
    administration.noteAct(act, accountId, before, after);
    return after;
  }

  return {
    administration,
    open: ({ quota, balanceMinor, ...account }, brought) =>
      administration.transact(() => {
        const opened = administration.createAccount(account, brought);
        const { accountId } = opened.account;
        if (quota > 0 || balanceMinor > 0)
          grant('account.fund', accountId, account.services, quota, balanceMinor);
        return opened;
      }),
    together: (work) => administration.transact(work),
    grantQuota: (accountId, services, calls) => grant('account.grant-quota', accountId, services, calls, 0),
    acquire(accountId, service) {
      try {
        administration.acquire(accountId, service, configuration.freeQuota[service] ?? 0);
      } finally {
        // Also what a process that was killed left owed; the ledger gives it no second time.
        for (const owed of administration.owedQuota(accountId)) {
          funds.grant(owed.accountRow, [owed.service], owed.calls, 0, onceOf(owed));
          administration.writeOff(owed);
        }
      }
      return funds.of(administration.account(accountId).id);
    },
    topUp: (accountId, amountMinor) => grant('account.topup', accountId, [], 0, amountMinor),
    fundsOf: (accountId) => funds.of(administration.account(accountId).id),
    keyPairs: () => loadServerKeyPairs(paths.accounts, deriveKey(master, 'server-key-pairs'), random),
    close() {
      funds.close();
      administration.close();
    },
  };
}
