// Deletes rows for good: the write-ahead log that may still hold an older copy of their pages is emptied, and what they
// held is overwritten in the file.

import { existsSync } from 'node:fs';
import { inTransaction } from '../in-transaction.ts';
import { eraseOldRows, noteErasureDue } from './erase-old-rows.ts';
import { openRegistryFile } from './schema.ts';

export interface DeleteResult {
  readonly deleted: number;
  readonly absent: number;
  /** False when a reader kept the log from being emptied; the next delete or import empties it and erases the rows. */
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
  const counts = deleteRows(path, msisdns, onRows);
  return { ...counts, logEmptied: eraseOldRows(path, logWaitMs) };
}

function deleteRows(
  path: string,
  msisdns: Iterable<number>,
  onRows: DeleteOptions['onRows'],
): Omit<DeleteResult, 'logEmptied'> {
  const database = openRegistryFile(path);
  try {
    return inTransaction(database, () => {
      noteErasureDue(database);
      const remove = database.prepare('DELETE FROM subscribers WHERE msisdn = ?');
      let deleted = 0;
      let absent = 0;
      for (const msisdn of msisdns) {
        if (remove.run(msisdn).changes === 1) deleted += 1;
        else absent += 1;
        if ((deleted + absent) % ROWS_BETWEEN_REPORTS === 0) onRows?.(deleted + absent);
      }
      onRows?.(deleted + absent);
      return { deleted, absent };
    });
  } finally {
    database.close();
  }
}
