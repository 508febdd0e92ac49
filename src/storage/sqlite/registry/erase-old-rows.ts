// Erases what replaced, merged and deleted rows left in the registry's file. That this is due is noted in the transaction
// that makes rows old, so that a kill or a reader that keeps the log only puts it off until the next import or deletion.

import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { eraseFreeSpace } from './erase-free-space.ts';
import { openRegistryFile, WRITER_WAIT_MS } from './schema.ts';

const ERASURE_DUE = 'erasure-due';

/** Inside the transaction that replaces or deletes rows. */
export function noteErasureDue(database: DatabaseSync): void {
  database.exec(`INSERT OR REPLACE INTO facts (name, value) VALUES ('${ERASURE_DUE}', 'yes')`);
}

/** False when a reader kept older pages in the write-ahead log, or another writer came in between. */
export function eraseOldRows(path: string, logWaitMs: number): boolean {
  const database = openRegistryFile(path);
  let file: number | undefined;
  try {
    const due = database.prepare('SELECT 1 FROM facts WHERE name = ?').get(ERASURE_DUE) !== undefined;
    if (!due) return true;
    if (!emptyLog(database, logWaitMs)) return false;
    database.exec(`PRAGMA busy_timeout = ${WRITER_WAIT_MS}; BEGIN IMMEDIATE`);
    const log = `${path}-wal`;
    if (existsSync(log) && statSync(log).size > 0) return false;
    file = openSync(path, 'r+');
    eraseFreeSpace(file);
    database.prepare('DELETE FROM facts WHERE name = ?').run(ERASURE_DUE);
    database.exec('COMMIT');
    return true;
  } finally {
    // An open transaction ends with its connection. Closing any descriptor of the file drops this process's locks on it:
    // it is closed after the database.
    database.close();
    if (file !== undefined) closeSync(file);
  }
}

function emptyLog(database: DatabaseSync, waitMs: number): boolean {
  database.exec(`PRAGMA busy_timeout = ${waitMs}`);
  return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
}
