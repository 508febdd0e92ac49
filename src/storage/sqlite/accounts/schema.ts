// accounts.db: accounts, keys, the local KMS and the server's key pairs. Rarely written; secrets only in sealed boxes.

import type { DatabaseSync } from 'node:sqlite';
import { type Migration, type OpenOptions, openDatabase } from '../open-database.ts';

/** Version 4, drawn by SQLite: for rows that are older than their id. */
const RANDOM_UUID = `lower(printf('%s-%s-4%s-%s%s-%s', hex(randomblob(4)), hex(randomblob(2)),
  substr(hex(randomblob(2)), 2), substr('89AB', 1 + (random() & 3), 1), substr(hex(randomblob(2)), 2),
  hex(randomblob(6))))`;

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
  {
    version: 3,
    sql: `
      ALTER TABLE api_keys ADD COLUMN credential_id TEXT;
      ALTER TABLE api_keys ADD COLUMN name TEXT NOT NULL DEFAULT '';
      ALTER TABLE api_keys ADD COLUMN service TEXT;
      ALTER TABLE api_keys ADD COLUMN actions TEXT;
      ALTER TABLE api_keys ADD COLUMN expires_ms INTEGER;
      ALTER TABLE api_keys ADD COLUMN calls_max INTEGER;
      ALTER TABLE api_keys ADD COLUMN cap_calls_day INTEGER;
      ALTER TABLE api_keys ADD COLUMN cap_calls_month INTEGER;
      ALTER TABLE api_keys ADD COLUMN cap_minor_day INTEGER;
      ALTER TABLE api_keys ADD COLUMN cap_minor_month INTEGER;
      UPDATE api_keys SET credential_id = ${RANDOM_UUID};
      CREATE UNIQUE INDEX api_keys_by_credential ON api_keys (credential_id);
      ALTER TABLE account_services ADD COLUMN application_id TEXT;
      ALTER TABLE account_services ADD COLUMN acquired_ms INTEGER;
      ALTER TABLE account_services ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE account_services ADD COLUMN free_calls_due INTEGER NOT NULL DEFAULT 0;
      UPDATE account_services SET application_id = ${RANDOM_UUID},
        acquired_ms = (SELECT created_ms FROM accounts WHERE id = account);
      CREATE UNIQUE INDEX account_services_by_application ON account_services (application_id);
      CREATE TABLE operator_tokens (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        token_hash BLOB NOT NULL UNIQUE,
        created_ms INTEGER NOT NULL,
        expires_ms INTEGER,
        revoked_ms INTEGER
      ) STRICT;
      CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
  },
  {
    version: 4,
    sql: `
      ALTER TABLE accounts ADD COLUMN opened_for TEXT;
      CREATE UNIQUE INDEX accounts_by_owner ON accounts (opened_for);
      CREATE INDEX usable_keys_of_account ON api_keys (account) WHERE state <> 'revoked';
      ALTER TABLE api_keys ADD COLUMN token_ending TEXT;`,
  },
  {
    version: 5,
    sql: `
      ALTER TABLE operator_tokens ADD COLUMN kind TEXT NOT NULL DEFAULT 'bearer'
        CHECK (kind IN ('bearer', 'link', 'session'));`,
  },
  {
    version: 6,
    sql: `CREATE INDEX accounts_by_name ON accounts (name COLLATE NOCASE);`,
  },
];

export function openAccountsFile(path: string, options: Partial<OpenOptions> = {}): DatabaseSync {
  return openDatabase(path, { ...options, migrations: ACCOUNTS_MIGRATIONS });
}
