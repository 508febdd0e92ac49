// The registry's own file: one row a number, the number ranges, and a note whether the data is a demonstration.

import type { DatabaseSync } from 'node:sqlite';
import { MAINLAND_RANGES } from '../../../domain/mainland-ranges.ts';
import { CARRIERS, LINE_STATUSES } from '../../../domain/subscriber.ts';
import { type Migration, type OpenOptions, openDatabase } from '../open-database.ts';

/** Stored as the index + 1 in LINE_STATUSES, whose order therefore never changes. */
export const STATUS_CODES = new Map(LINE_STATUSES.map((status, index) => [status, index + 1]));

const knownCarriers = CARRIERS.map((name, index) => `(${index + 1}, '${name}')`).join(', ');
const seededRanges = MAINLAND_RANGES.map(({ digits, holder }) => `('+86${digits}', '${holder}', '')`).join(
  ', ',
);

export const REGISTRY_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE subscribers (
        msisdn INTEGER PRIMARY KEY,
        status INTEGER NOT NULL,
        activated_on INTEGER,
        carrier INTEGER NOT NULL REFERENCES carriers (id),
        as_of INTEGER NOT NULL,
        name_hash BLOB,
        id_card_hash BLOB
      ) STRICT;
      CREATE TABLE carriers (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
      INSERT INTO carriers (id, name) VALUES (0, ''), ${knownCarriers};
      CREATE TABLE number_ranges (
        prefix TEXT PRIMARY KEY,
        holder TEXT NOT NULL,
        actions TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      INSERT INTO number_ranges (prefix, holder, actions) VALUES ${seededRanges};
      CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
  },
];

/** Writers wait as long as a large import may take to be written. */
export const WRITER_WAIT_MS = 300_000;

export function openRegistryFile(path: string, options: Partial<OpenOptions> = {}): DatabaseSync {
  const database = openDatabase(path, {
    busyTimeoutMs: options.readOnly === true ? 5000 : WRITER_WAIT_MS,
    ...options,
    migrations: REGISTRY_MIGRATIONS,
  });
  // Bulk rows always name an existing carrier; checking each again would cost a lookup a row.
  database.exec('PRAGMA foreign_keys = OFF');
  return database;
}
