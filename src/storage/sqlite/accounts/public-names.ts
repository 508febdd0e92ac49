// What accounts, credentials and applications are called outside, one at a time and always as of now; account-names.ts
// reads all at once.

import type { ServiceName } from '../../../domain/service.ts';
import type { PublicNames } from '../../../ports/public-names.ts';
import { twinOwner } from './sandbox-twin.ts';
import { openAccountsFile } from './schema.ts';

export interface OpenPublicNames extends PublicNames {
  close(): void;
}

/** The management calls know a credential by its id, which outlives a rotation; an operator at the command line by its SecretId. */
export type CredentialName = 'credential_id' | 'secret_id';

export function openPublicNames(path: string, credentialName: CredentialName): OpenPublicNames {
  const database = openAccountsFile(path);
  const accountId = database.prepare('SELECT account_id AS name FROM accounts WHERE id = ?');
  const account = database.prepare('SELECT id FROM accounts WHERE account_id = ?');
  const accountName = database.prepare('SELECT name FROM accounts WHERE id = ?');
  const credentialId = database.prepare(`SELECT ${credentialName} AS name FROM api_keys WHERE id = ?`);
  const tokenEnding = database.prepare('SELECT token_ending AS name FROM api_keys WHERE id = ?');
  const twin = database.prepare('SELECT id FROM accounts WHERE opened_for = ?');
  const key = database.prepare(`SELECT id, account FROM api_keys WHERE ${credentialName} = ?`);
  const applicationId = database.prepare(
    'SELECT application_id AS name FROM account_services WHERE account = ? AND service = ?',
  );
  const application = database.prepare(
    'SELECT account, service FROM account_services WHERE application_id = ?',
  );
  const textOf = (value: unknown): string | undefined =>
    value === undefined || value === null ? undefined : String(value);

  return {
    accountIdOf: (row) => textOf(accountId.get(row)?.name),
    accountOf(name) {
      const row = account.get(name);
      return row === undefined ? undefined : Number(row.id);
    },
    accountNameOf: (row) => textOf(accountName.get(row)?.name),
    credentialIdOf: (row) => textOf(credentialId.get(row)?.name),
    tokenEndingOf: (row) => textOf(tokenEnding.get(row)?.name),
    sandboxTwinOf(row) {
      const name = textOf(accountId.get(row)?.name);
      const found = name === undefined ? undefined : twin.get(twinOwner(name));
      return found === undefined ? undefined : Number(found.id);
    },
    keyOf(name) {
      const row = key.get(name);
      return row === undefined ? undefined : { key: Number(row.id), account: Number(row.account) };
    },
    applicationIdOf: (row, service) => textOf(applicationId.get(row, service)?.name),
    applicationOf(name) {
      const row = application.get(name);
      if (row === undefined) return undefined;
      return { account: Number(row.account), service: String(row.service) as ServiceName };
    },
    close: () => database.close(),
  };
}
