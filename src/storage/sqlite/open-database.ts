// Opens one SQLite file the way every store here needs it: WAL, FULL, bounded waits, numbered migrations.

import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './in-transaction.ts';

export interface Migration {
  /** 1, 2, 3 ... without gaps; kept in PRAGMA user_version. */
  readonly version: number;
  readonly sql: string;
}

export interface OpenOptions {
  /** undefined: the caller looks after the schema. */
  readonly migrations?: readonly Migration[];
  /** Opens an existing file for reading only; its schema must already be current. */
  readonly readOnly?: boolean;
  /** How long a statement waits for another process's lock. */
  readonly busyTimeoutMs?: number;
  readonly cacheKiB?: number;
  /** Of a file that is new. */
  readonly pageBytes?: number;
}

/** Throws Error when the file's schema is newer than this program, or older and opened read-only. */
export function openDatabase(path: string, options: OpenOptions): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: options.readOnly ?? false });
  try {
    database.exec(`PRAGMA busy_timeout = ${options.busyTimeoutMs ?? 5000}`);
    if (options.cacheKiB !== undefined) database.exec(`PRAGMA cache_size = -${options.cacheKiB}`);
    // Before anything is set that the file would keep.
    if (options.migrations !== undefined) refuseNewer(database, path, options.migrations);
    if (options.readOnly !== true) {
      chmodSync(path, 0o600);
      if (options.pageBytes !== undefined) database.exec(`PRAGMA page_size = ${options.pageBytes}`);
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    }
    if (options.migrations !== undefined)
      migrate(database, path, options.migrations, options.readOnly ?? false);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(
  database: DatabaseSync,
  path: string,
  migrations: readonly Migration[],
  readOnly: boolean,
): void {
  const newest = migrations.length;
  if (schemaVersion(database) === newest) return;
  if (readOnly) throw new Error(`${path} has schema ${schemaVersion(database)}, needs ${newest}`);
  inTransaction(database, () => {
    // Another process may have migrated while we waited for the lock.
    refuseNewer(database, path, migrations);
    for (const migration of migrations.slice(schemaVersion(database))) {
      database.exec(migration.sql);
      database.exec(`PRAGMA user_version = ${migration.version}`);
    }
  });
}

function refuseNewer(database: DatabaseSync, path: string, migrations: readonly Migration[]): void {
  const version = schemaVersion(database);
  if (version <= migrations.length) return;
  throw new Error(
    `${path} has schema ${version}, this program knows ${migrations.length}: use a newer program`,
  );
}

function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
