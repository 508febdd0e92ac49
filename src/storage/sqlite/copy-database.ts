// Copies one SQLite file as it is at one moment, while other processes read and write it, and proves the copy sound.

import { chmodSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';

/** Between two steps the thread is free; small enough for a progress bar to move. */
const PAGES_PER_STEP = 2048;

/** Throws when the copy does not pass SQLite's own check. */
export async function copyDatabase(
  from: string,
  to: string,
  onProgress?: (done: number, total: number) => void,
): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    // The snapshot stays the same for all steps; without it every write of the server would start the copy anew.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await backup(source, to, {
      rate: PAGES_PER_STEP,
      progress: ({ totalPages, remainingPages }) => onProgress?.(totalPages - remainingPages, totalPages),
    });
  } finally {
    source.close();
  }
  chmodSync(to, 0o600);
  checkCopy(to);
}

function checkCopy(path: string): void {
  const copy = new DatabaseSync(path);
  try {
    // One file without a log beside it, so that its hash is the hash of all of it.
    copy.exec('PRAGMA journal_mode = DELETE');
    const verdict = copy.prepare('PRAGMA integrity_check(1)').get()?.integrity_check;
    if (verdict !== 'ok') throw new Error(`${path} is damaged: ${String(verdict)}`);
  } finally {
    copy.close();
  }
}
