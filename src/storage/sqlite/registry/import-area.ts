// The directory in which one import works. A lock that dies with its process keeps imports apart and tells leftovers
// of a killed import from the work of a living one.

import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface ImportArea {
  /** Empty, mode 0700. */
  readonly directory: string;
  /** Removes the directory and lets the next import begin. */
  release(): void;
}

/** Undefined when another import is at work in this data directory. */
export function enterImportArea(dataDirectory: string): ImportArea | undefined {
  const lockPath = join(dataDirectory, 'registry-import.lock');
  const directory = areaOf(dataDirectory);
  const lock = new DatabaseSync(lockPath);
  try {
    chmodSync(lockPath, 0o600);
    // An exclusive lock of the operating system, which no kill can leave behind.
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  const clear = (): void => rmSync(directory, { recursive: true, force: true });
  try {
    clear();
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    lock.close();
    throw error;
  }
  return {
    directory,
    release() {
      clear();
      lock.close();
    },
  };
}

/** Removes what a killed import left behind: hashes of rows. A living import removes its own. */
export function clearImportArea(dataDirectory: string): void {
  if (existsSync(areaOf(dataDirectory))) enterImportArea(dataDirectory)?.release();
}

const areaOf = (dataDirectory: string): string => join(dataDirectory, 'registry-import');
const SQLITE_BUSY = 5;
