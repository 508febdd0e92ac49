// What accounts and keys are called outside: the ledger knows them by row, its exports by name.

import { existsSync } from 'node:fs';
import { openAccountsFile } from './schema.ts';

export interface AccountNames {
  /** Public account ids and SecretIds by row. */
  readonly accountIds: ReadonlyMap<number, string>;
  readonly secretIds: ReadonlyMap<number, string>;
}

/** Reads only; a directory without accounts has no names. */
export function readAccountNames(path: string): AccountNames {
  if (!existsSync(path)) return { accountIds: new Map(), secretIds: new Map() };
  const database = openAccountsFile(path, { readOnly: true });
  try {
    const accounts = database.prepare('SELECT id, account_id AS name FROM accounts').all();
    const keys = database.prepare('SELECT id, secret_id AS name FROM api_keys').all();
    return { accountIds: byRow(accounts), secretIds: byRow(keys) };
  } finally {
    database.close();
  }
}

function byRow(rows: readonly Record<string, unknown>[]): Map<number, string> {
  return new Map(rows.map(({ id, name }) => [Number(id), String(name)]));
}
