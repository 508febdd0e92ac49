// Deletes rows for good: what they held is overwritten in the file, and the write-ahead log that may still hold an
// older copy of their pages is emptied.

import { existsSync } from 'node:fs';
import { openRegistryFile } from './schema.ts';

export interface DeleteResult {
  readonly deleted: number;
  readonly absent: number;
  /** False when a reader kept the log from being emptied; it is emptied by the next delete or import. */
  readonly logEmptied: boolean;
}

export interface DeleteOptions {
  /** How long to wait for readers of the log. */
  readonly logWaitMs?: number;
  readonly onRows?: (done: number) => void;
}

const ROWS_BETWEEN_REPORTS = 10_000;

/** All of them or, when it is interrupted, none. */
export function deleteSubscribers(
  path: string,
  msisdns: Iterable<number>,
  { logWaitMs = 5000, onRows }: DeleteOptions = {},
): DeleteResult {
  if (!existsSync(path)) return { deleted: 0, absent: [...msisdns].length, logEmptied: true };
  const database = openRegistryFile(path);
  try {
    database.exec('PRAGMA secure_delete = ON; BEGIN IMMEDIATE');
    const remove = database.prepare('DELETE FROM subscribers WHERE msisdn = ?');
    let deleted = 0;
    let absent = 0;
    for (const msisdn of msisdns) {
      if (remove.run(msisdn).changes === 1) deleted += 1;
      else absent += 1;
      if ((deleted + absent) % ROWS_BETWEEN_REPORTS === 0) onRows?.(deleted + absent);
    }
    onRows?.(deleted + absent);
    database.exec('COMMIT');
    database.exec(`PRAGMA busy_timeout = ${logWaitMs}`);
    const checkpoint = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    return { deleted, absent, logEmptied: checkpoint?.busy === 0 };
  } finally {
    database.close();
  }
}
