// What accounts and keys are called outside, one at a time and always as of now; account-names.ts reads all at once.

import { openAccountsFile } from './schema.ts';

export interface RowNames {
  accountIdOf(account: number): string | undefined;
  accountOf(accountId: string): number | undefined;
  /** SecretIds; a key that is revoked keeps its name. */
  credentialIdOf(key: number): string | undefined;
  keyOf(secretId: string): { readonly key: number; readonly account: number } | undefined;
  close(): void;
}

export function openRowNames(path: string): RowNames {
  const database = openAccountsFile(path);
  const accountId = database.prepare('SELECT account_id AS name FROM accounts WHERE id = ?');
  const account = database.prepare('SELECT id FROM accounts WHERE account_id = ?');
  const secretId = database.prepare('SELECT secret_id AS name FROM api_keys WHERE id = ?');
  const key = database.prepare('SELECT id, account FROM api_keys WHERE secret_id = ?');
  const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));
  return {
    accountIdOf: (row) => textOf(accountId.get(row)?.name),
    accountOf(name) {
      const row = account.get(name);
      return row === undefined ? undefined : Number(row.id);
    },
    credentialIdOf: (row) => textOf(secretId.get(row)?.name),
    keyOf(name) {
      const row = key.get(name);
      return row === undefined ? undefined : { key: Number(row.id), account: Number(row.account) };
    },
    close: () => database.close(),
  };
}
