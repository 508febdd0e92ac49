// The first start sets itself up: a sandbox account, and a live demonstration account on a small invented registry that
// the first real import replaces.

import { deriveKey } from '../codecs/key-derivation.ts';
import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import { SERVICES } from '../domain/service.ts';
import { readAccountNames } from '../storage/sqlite/accounts/account-names.ts';
import { type AccountOfficeOptions, openAccountOffice } from './accounts.ts';
import { openMasterKey } from './master-key.ts';
import { createRegistryAdministration } from './registry.ts';

export interface FirstRunOptions extends Omit<AccountOfficeOptions, 'configuration'> {
  readonly configuration: Configuration;
}

/** An account made at the first start; the only time its secret is seen. */
export interface FirstAccount {
  readonly kind: 'sandbox' | 'demonstration';
  readonly accountId: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** A number that this account can ask about. */
  /** For protocols that authenticate by bearer token. */
  readonly token: string;
  readonly exampleNumber: string;
}

const DEMONSTRATION_ROWS = 1000;
const DEMONSTRATION_SEED = 1;
const FREE_QUOTA = 1000;
const MINUTE_MS = 60_000;
const FIRST_OPERATOR = 'operator';
const SANDBOX_NUMBER = '13800138000';

export function hasAccounts({ accounts }: DataPaths): boolean {
  return readAccountNames(accounts).accountIds.size > 0;
}

/** `show` sees the keys and the link of the first operator before they are kept: accounts whose keys nobody was shown do not come to be. */
export async function setUpFirstRun(
  options: FirstRunOptions,
  show: (accounts: readonly FirstAccount[], operatorLink: string) => void,
): Promise<void> {
  const { paths, configuration, clock } = options;
  const master = openMasterKey(options);
  const { timeZone, region, tenureMonths } = configuration;
  const registry = createRegistryAdministration({ paths, clock, timeZone, region, tenureMonths });
  const row = await registry.installDemonstration({
    rows: DEMONSTRATION_ROWS,
    seed: DEMONSTRATION_SEED,
    blindIndexKey: deriveKey(master, 'blind-index'),
  });
  const office = openAccountOffice(options);
  try {
    const open = (kind: FirstAccount['kind'], exampleNumber: string): FirstAccount => {
      const sandbox = kind === 'sandbox';
      const { account, key } = office.open({
        name: sandbox ? 'Sandbox' : 'Demonstration',
        services: SERVICES,
        sandbox,
        state: 'active',
        quota: sandbox ? 0 : FREE_QUOTA,
        balanceMinor: 0,
      });
      const { secretId, secretKey, token } = key;
      return { kind, accountId: account.accountId, secretId, secretKey, token, exampleNumber };
    };
    office.together(() => {
      const expiresMs = clock.nowMs() + configuration.operatorLinkMinutes * MINUTE_MS;
      const { token } = office.administration.createOperatorLink(FIRST_OPERATOR, expiresMs);
      show(
        [
          open('sandbox', SANDBOX_NUMBER),
          open('demonstration', row === undefined ? registry.exampleNumber() : `+86${row.msisdn}`),
        ],
        token,
      );
    });
  } finally {
    office.close();
  }
}
