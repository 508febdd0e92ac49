// usage.db: calls and their daily sums, derived from ledger.db and calls.db. It can be deleted at any time while no
// process uses it. One of an older version is emptied and built again.

import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../in-transaction.ts';
import { openDatabase } from '../open-database.ts';

/** Raised with every change of the tables below or of what is written to them. */
export const USAGE_VERSION = 2;

const TABLES = [
  ...(['calls', 'days', 'outcomes', 'key_uses'] as const),
  ...(['latencies', 'grants', 'funds', 'progress'] as const),
];

const SCHEMA = `
  CREATE TABLE calls (
    account INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    key INTEGER NOT NULL,
    protocol TEXT NOT NULL,
    action TEXT NOT NULL,
    request_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    result_code TEXT NOT NULL,
    status_code INTEGER NOT NULL,
    sandbox INTEGER NOT NULL,
    charged INTEGER NOT NULL,
    paid_by TEXT NOT NULL,
    price_minor INTEGER NOT NULL,
    charged_minor INTEGER NOT NULL,
    quota_left INTEGER,
    balance_left INTEGER,
    seq INTEGER,
    duration_us INTEGER,
    PRIMARY KEY (account, time_ms, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX calls_by_time ON calls (time_ms, id);
  CREATE TABLE days (
    account INTEGER NOT NULL,
    day INTEGER NOT NULL,
    protocol TEXT NOT NULL,
    action TEXT NOT NULL,
    key INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    charged INTEGER NOT NULL,
    paid_by_quota INTEGER NOT NULL,
    paid_by_balance INTEGER NOT NULL,
    price_minor INTEGER NOT NULL,
    charged_minor INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    rehearsed INTEGER NOT NULL,
    PRIMARY KEY (account, day, protocol, action, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX days_by_day ON days (day);
  CREATE TABLE outcomes (
    account INTEGER NOT NULL,
    day INTEGER NOT NULL,
    protocol TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    sandbox INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (account, day, protocol, action, outcome, sandbox)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX outcomes_by_day ON outcomes (day);
  CREATE TABLE key_uses (key INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL) STRICT;
  CREATE TABLE latencies (
    account INTEGER NOT NULL,
    day INTEGER NOT NULL,
    protocol TEXT NOT NULL,
    action TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (account, day, protocol, action, bucket)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX latencies_by_day ON latencies (day);
  CREATE TABLE grants (
    account INTEGER NOT NULL,
    day INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    service TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (account, day, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX grants_by_day ON grants (day);
  CREATE TABLE funds (
    account INTEGER NOT NULL,
    service TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (account, service)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE progress (
    ledger_seq INTEGER NOT NULL,
    ledger_hash BLOB,
    log_number INTEGER NOT NULL,
    log_request_id TEXT NOT NULL,
    kept_from_ms INTEGER
  ) STRICT;
  INSERT INTO progress VALUES (0, NULL, 0, '', NULL);`;

/** Throws Error when the file is newer than this program. */
export function openUsageFile(path: string): DatabaseSync {
  const database = openDatabase(path, {});
  try {
    // What is lost in a crash is projected again, with its progress.
    database.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 2000');
    if (versionOf(database) !== USAGE_VERSION) rebuild(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Inside a transaction: everything is projected again from here. */
export function emptyUsage(database: DatabaseSync): void {
  for (const table of TABLES) database.exec(`DROP TABLE IF EXISTS ${table}`);
  database.exec(SCHEMA);
}

function rebuild(database: DatabaseSync, path: string): void {
  inTransaction(database, () => {
    // Another process may have built it while we waited for the lock.
    const version = versionOf(database);
    if (version > USAGE_VERSION)
      throw new Error(`${path} has version ${version}, this program knows ${USAGE_VERSION}: use a newer one`);
    if (version < USAGE_VERSION) {
      emptyUsage(database);
      database.exec(`PRAGMA user_version = ${USAGE_VERSION}`);
    }
  });
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
