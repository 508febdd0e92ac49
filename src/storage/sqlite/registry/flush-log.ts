// Writes a large write-ahead log back into its database while another thread syncs the file in steps: one sync of
// everything at the end would make every other writer on the disk wait for it.

import { closeSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

const SYNC_EVERY_MS = 100;

/** Plain source: the thread needs nothing but a file descriptor and a flag. */
const SYNCER = `
  const { workerData: { file, stop, everyMs } } = require('node:worker_threads');
  const { fdatasyncSync } = require('node:fs');
  const flag = new Int32Array(stop);
  while (Atomics.wait(flag, 0, 0, everyMs) === 'timed-out') fdatasyncSync(file);
`;

/** Closes the database. Readers that hold older snapshots make it leave the log for a later checkpoint. */
export async function flushLog(database: DatabaseSync, path: string): Promise<void> {
  // Closing any descriptor of the file drops this process's locks on it: it is closed after the database.
  const file = openSync(path, 'r+');
  const stop = new SharedArrayBuffer(4);
  const syncer = new Worker(SYNCER, { eval: true, workerData: { file, stop, everyMs: SYNC_EVERY_MS } });
  const ended = new Promise<void>((resolve) => syncer.once('exit', () => resolve()));
  try {
    await new Promise((resolve, reject) => syncer.once('online', resolve).once('error', reject));
    database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    database.exec('PRAGMA busy_timeout = 2000; PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    Atomics.store(new Int32Array(stop), 0, 1);
    Atomics.notify(new Int32Array(stop), 0);
    await ended;
    database.close();
    closeSync(file);
  }
}
