// people.db: persons, sessions, one-time codes, platform tokens. Addresses and authenticator secrets in sealed boxes;
// tokens and codes as hashes.

import type { DatabaseSync } from 'node:sqlite';
import { type Migration, type OpenOptions, openDatabase } from '../open-database.ts';

export const PEOPLE_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE people (
        id TEXT PRIMARY KEY,
        account_id TEXT NOT NULL UNIQUE,
        email_hash BLOB NOT NULL UNIQUE,
        sealed_email BLOB NOT NULL,
        password_hash TEXT NOT NULL,
        language TEXT NOT NULL CHECK (language IN ('en', 'zh')),
        sealed_totp BLOB,
        totp_enabled INTEGER NOT NULL,
        totp_step INTEGER NOT NULL,
        created_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE recovery_codes (
        person TEXT NOT NULL REFERENCES people (id),
        code_hash BLOB NOT NULL,
        PRIMARY KEY (person, code_hash)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE sessions (
        token_hash BLOB PRIMARY KEY,
        person TEXT NOT NULL REFERENCES people (id),
        created_ms INTEGER NOT NULL,
        seen_ms INTEGER NOT NULL,
        expires_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX sessions_of_person ON sessions (person, created_ms);
      CREATE INDEX sessions_by_end ON sessions (expires_ms);
      CREATE TABLE codes (
        purpose TEXT NOT NULL,
        email_hash BLOB NOT NULL,
        code_hash BLOB NOT NULL,
        attempts_left INTEGER NOT NULL,
        expires_ms INTEGER NOT NULL,
        sealed_payload BLOB NOT NULL,
        PRIMARY KEY (purpose, email_hash)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX codes_by_end ON codes (expires_ms);
      CREATE TABLE platform_tokens (
        id TEXT PRIMARY KEY,
        person TEXT NOT NULL REFERENCES people (id),
        name TEXT NOT NULL,
        token_hash BLOB NOT NULL UNIQUE,
        ending TEXT NOT NULL,
        created_ms INTEGER NOT NULL,
        expires_ms INTEGER,
        revoked_ms INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX platform_tokens_of_person ON platform_tokens (person, created_ms);`,
  },
];

export function openPeopleFile(path: string, options: Partial<OpenOptions> = {}): DatabaseSync {
  return openDatabase(path, { ...options, migrations: PEOPLE_MIGRATIONS });
}
