// One atomic change of many rows in one transaction: readers keep their snapshot until it commits, a killed process
// leaves the old data. Files are synced in steps, so that the ledger on the same disk never waits for gigabytes.

import { closeSync, existsSync, fdatasync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { LoadResult, SubscriberLoad } from '../../../ports/subscriber-store.ts';
import { eraseOldRows, noteErasureDue } from './erase-old-rows.ts';
import { flushLog } from './flush-log.ts';
import { createRowWriter } from './row-writer.ts';
import { openRegistryFile, WRITER_WAIT_MS } from './schema.ts';

export interface SubscriberLoadOptions {
  readonly path: string;
  /** Start from an empty registry instead of merging into it. */
  readonly replace: boolean;
  /** The rows are invented: the first load without this mark replaces them. */
  readonly demonstration?: boolean;
  readonly cacheKiB?: number;
}

const syncData = promisify(fdatasync);
const DEMONSTRATION = 'demonstration';

export async function openSubscriberLoad(options: SubscriberLoadOptions): Promise<SubscriberLoad> {
  const { path } = options;
  const database = openRegistryFile(path, { cacheKiB: options.cacheKiB ?? 65_536 });
  try {
    // What a killed load left in the log would otherwise be kept on disk beside the new one. A long reader may prevent
    // it; then the log grows instead.
    database.exec(`PRAGMA wal_autocheckpoint = 0; PRAGMA busy_timeout = 1000; PRAGMA wal_checkpoint(TRUNCATE);
      PRAGMA busy_timeout = ${WRITER_WAIT_MS}; BEGIN IMMEDIATE`);
    const invented = isDemonstration(database);
    const replace = options.replace || invented;
    // A first import leaves nothing old behind, and nobody minds what is left of invented rows.
    if (!invented && holdsRows(database)) noteErasureDue(database);
    if (replace) database.exec(`DELETE FROM subscribers; DELETE FROM facts WHERE name = '${DEMONSTRATION}'`);
    if (options.demonstration === true) {
      database.exec(`INSERT OR REPLACE INTO facts (name, value) VALUES ('${DEMONSTRATION}', 'yes')`);
    }
    return createLoad(database, path);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Is everything in the registry invented? */
export function isDemonstration(database: DatabaseSync): boolean {
  return database.prepare('SELECT value FROM facts WHERE name = ?').get(DEMONSTRATION)?.value === 'yes';
}

export function holdsRows(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM subscribers LIMIT 1').get() !== undefined;
}

function createLoad(database: DatabaseSync, path: string): SubscriberLoad {
  const writer = createRowWriter(database);
  const log = existsSync(`${path}-wal`) ? openSync(`${path}-wal`, 'r+') : undefined;
  let syncing: Promise<void> | undefined;
  let open = true;

  async function syncLog(): Promise<void> {
    await syncing;
    if (log !== undefined) syncing = syncData(log);
  }

  async function finish(): Promise<void> {
    open = false;
    await syncing;
    if (log !== undefined) closeSync(log);
  }

  return {
    add: writer.add,
    breathe: syncLog,
    async commit(): Promise<LoadResult> {
      writer.flush();
      await syncLog();
      await syncing;
      const { written, stored } = writer.counts();
      database.exec('COMMIT');
      await finish();
      return { stored, older: written - stored, oldRowsErased: await tidyUp(database, path) };
    },
    async abort() {
      if (!open) return;
      await finish();
      database.exec('ROLLBACK');
      database.close();
    },
  };
}

/** The rows are in by now: what fails here is not a failure of the load, and is done by the next one. */
async function tidyUp(database: DatabaseSync, path: string): Promise<boolean> {
  try {
    await flushLog(database, path);
    return eraseOldRows(path, 0);
  } catch {
    return false;
  }
}
