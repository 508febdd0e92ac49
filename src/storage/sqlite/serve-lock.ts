// One serving process for a data directory: an exclusive lock on a small SQLite file, which the kernel gives back even
// after kill -9.

import { DatabaseSync } from 'node:sqlite';

export interface ServeLock {
  release(): void;
}

/** undefined when another process holds it; `holder` then tells what that one wrote. */
export function takeServeLock(path: string, holder: string): ServeLock | undefined {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; PRAGMA locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS holder (name TEXT); DELETE FROM holder');
    database.prepare('INSERT INTO holder VALUES (?)').run(holder);
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
