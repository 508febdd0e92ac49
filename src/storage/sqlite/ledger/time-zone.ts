// The time zone in which the ledger's days begin. It is kept in the ledger itself, so that whoever appends to it dates
// alike, whatever each was told.

import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { openLedgerFile } from './schema.ts';

const TIME_ZONE_FACT = 'time_zone';
const LOCK_WAIT_MS = 30_000;

/** The first zone that is offered stays. Answers the one that is kept. */
export function keepTimeZone(database: DatabaseSync, offered: string): string {
  const kept = readFact(database);
  if (kept !== undefined) return kept;
  database.prepare('INSERT OR IGNORE INTO facts VALUES (?, ?)').run(TIME_ZONE_FACT, offered);
  return readFact(database) ?? offered;
}

/** The same, for a process that has not opened the ledger; makes the file when there is none. */
export function keepTimeZoneOf(ledgerPath: string, offered: string): string {
  return withLedger(ledgerPath, (database) => keepTimeZone(database, offered));
}

/** undefined when nothing was written to a ledger yet. Reads the file of any version of this program. */
export function readTimeZone(ledgerPath: string): string | undefined {
  if (!existsSync(ledgerPath)) return undefined;
  const database = new DatabaseSync(ledgerPath, { readOnly: true });
  try {
    database.exec(`PRAGMA busy_timeout = ${LOCK_WAIT_MS}`);
    const hasFacts = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'facts'`).get() !== undefined;
    return hasFacts ? readFact(database) : undefined;
  } finally {
    database.close();
  }
}

/** Only while nobody serves: a server keeps to the zone that it began with. */
export function changeTimeZone(ledgerPath: string, zone: string): void {
  withLedger(ledgerPath, (database) =>
    database
      .prepare('INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
      .run(TIME_ZONE_FACT, zone),
  );
}

function readFact(database: DatabaseSync): string | undefined {
  const row = database.prepare('SELECT value FROM facts WHERE name = ?').get(TIME_ZONE_FACT);
  return row === undefined ? undefined : String(row.value);
}

function withLedger<T>(path: string, work: (database: DatabaseSync) => T): T {
  const database = openLedgerFile(path, { busyTimeoutMs: LOCK_WAIT_MS });
  try {
    return work(database);
  } finally {
    database.close();
  }
}
