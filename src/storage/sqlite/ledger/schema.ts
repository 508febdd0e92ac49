// ledger.db: the chain of entries and the funds that follow from it. calls.db: the bounded log beside it.

import type { DatabaseSync } from 'node:sqlite';
import { type Migration, type OpenOptions, openDatabase } from '../open-database.ts';

/** The row of `funds` that holds the money; the other rows of an account are quotas by service. */
export const BALANCE = 'balance';

/** The row of `facts` that holds the key which the heads are signed with. */
export const PUBLIC_KEY_FACT = 'signing_public_key';

export const LEDGER_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE entries (
        seq INTEGER PRIMARY KEY,
        time_ms INTEGER NOT NULL,
        day INTEGER NOT NULL,
        kind TEXT NOT NULL,
        account INTEGER NOT NULL,
        key INTEGER NOT NULL,
        service TEXT NOT NULL,
        action TEXT NOT NULL,
        protocol TEXT NOT NULL,
        request_id TEXT NOT NULL,
        outcome TEXT NOT NULL,
        result_code TEXT NOT NULL,
        charged INTEGER NOT NULL,
        price_minor INTEGER NOT NULL,
        paid_by TEXT NOT NULL,
        amount INTEGER NOT NULL,
        source TEXT NOT NULL,
        as_of INTEGER,
        subject BLOB NOT NULL,
        counters BLOB NOT NULL,
        hash BLOB NOT NULL
      ) STRICT;
      CREATE TABLE funds (
        account INTEGER NOT NULL,
        service TEXT NOT NULL,
        amount INTEGER NOT NULL CHECK (amount >= 0),
        PRIMARY KEY (account, service)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
  },
  {
    version: 2,
    sql: `
      CREATE TABLE kept_answers (
        name BLOB PRIMARY KEY,
        question BLOB NOT NULL,
        answer BLOB NOT NULL,
        until_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX kept_answers_by_end ON kept_answers (until_ms);`,
  },
];

export const CALLS_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE calls (
        slot INTEGER PRIMARY KEY,
        number INTEGER NOT NULL,
        time_ms INTEGER NOT NULL,
        account INTEGER NOT NULL,
        key INTEGER NOT NULL,
        request_id TEXT NOT NULL,
        action TEXT NOT NULL,
        protocol TEXT NOT NULL,
        outcome TEXT NOT NULL,
        result_code TEXT NOT NULL,
        sandbox INTEGER NOT NULL,
        duration_us INTEGER NOT NULL
      ) STRICT;`,
  },
  // Who follows the log asks for what is newer than a number.
  { version: 2, sql: 'CREATE INDEX calls_by_number ON calls (number);' },
];

/** A commit writes every page that it touched to the log: smaller ones halve what goes to the disk. */
const PAGE_BYTES = 2048;

export function openLedgerFile(path: string, options: Partial<OpenOptions> = {}): DatabaseSync {
  return openDatabase(path, { ...options, pageBytes: PAGE_BYTES, migrations: LEDGER_MIGRATIONS });
}

/** Commits the file's first page as it is: throws where an entry could not be written either. */
export function proveWritable(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  database.exec(`PRAGMA user_version = ${version}`);
}
