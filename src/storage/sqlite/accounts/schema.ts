// accounts.db: accounts, keys, the local KMS and the server's key pairs. Rarely written; secrets only in sealed boxes.

import type { DatabaseSync } from 'node:sqlite';
import { type Migration, type OpenOptions, openDatabase } from '../open-database.ts';

export const ACCOUNTS_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE accounts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account_id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('active', 'unverified', 'suspended')),
        sandbox INTEGER NOT NULL,
        rate_per_second INTEGER,
        daily_limit INTEGER,
        kms_grant INTEGER NOT NULL,
        created_ms INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE account_services (
        account INTEGER NOT NULL REFERENCES accounts (id),
        service TEXT NOT NULL,
        PRIMARY KEY (account, service)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE api_keys (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL REFERENCES accounts (id),
        secret_id TEXT NOT NULL UNIQUE,
        sealed_secret BLOB NOT NULL,
        token_hash BLOB NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('enabled', 'disabled', 'revoked')),
        created_ms INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX api_keys_of_account ON api_keys (account);
      CREATE TABLE kms_keys (
        key_id TEXT PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES accounts (id),
        alias TEXT NOT NULL,
        description TEXT NOT NULL,
        state TEXT NOT NULL,
        sealed_key BLOB NOT NULL,
        created_ms INTEGER NOT NULL,
        UNIQUE (account, alias)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE audit (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        time_ms INTEGER NOT NULL,
        actor TEXT NOT NULL,
        act TEXT NOT NULL,
        subject TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL
      ) STRICT;
      CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
      CREATE TRIGGER audit_is_fixed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
      CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;`,
  },
  {
    version: 2,
    sql: `
      ALTER TABLE accounts ADD COLUMN cap_calls_day INTEGER;
      ALTER TABLE accounts ADD COLUMN cap_calls_month INTEGER;
      ALTER TABLE accounts ADD COLUMN cap_minor_day INTEGER;
      ALTER TABLE accounts ADD COLUMN cap_minor_month INTEGER;`,
  },
];

export function openAccountsFile(path: string, options: Partial<OpenOptions> = {}): DatabaseSync {
  return openDatabase(path, { ...options, migrations: ACCOUNTS_MIGRATIONS });
}
