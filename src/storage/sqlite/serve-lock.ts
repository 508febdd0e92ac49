// One serving process for a data directory: an exclusive lock on a small SQLite file, which the kernel gives back even
// after kill -9.

import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

export interface ServeLock {
  release(): void;
}

/** undefined when another process holds it; readLockHolder then tells who. */
export function takeServeLock(path: string, processId: number): ServeLock | undefined {
  const database = new DatabaseSync(path);
  chmodSync(path, 0o600);
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; PRAGMA locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS holder (name TEXT); DELETE FROM holder');
    database.prepare('INSERT INTO holder VALUES (?)').run(`process ${processId}`);
    // In exclusive mode the lock outlives the transaction: it is held until the file is closed.
    database.exec('COMMIT');
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5)
      return undefined;
    throw error;
  }
}

/** The process that holds the lock, or undefined when none does. */
export function readLockHolder(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.exec('PRAGMA busy_timeout = 0');
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5)) throw error;
  } finally {
    database.close();
  }
  // The lock keeps SQLite from reading; the bytes can be seen all the same.
  return Number(/process (\d+)/.exec(readFileSync(path, 'latin1'))?.[1] ?? 0);
}
