// One server for a data directory.

import type { DataPaths } from '../config/data-directory.ts';
import { makeDirectory } from '../config/usable-directory.ts';
import { readLockHolder, type ServeLock, takeServeLock } from '../storage/sqlite/serve-lock.ts';

/** Another process serves the directory; the message says which. */
export class AlreadyServedError extends Error {}

export function lockForServing(paths: DataPaths): ServeLock {
  makeDirectory(paths.directory);
  const lock = takeServeLock(paths.serveLock, process.pid);
  if (lock === undefined) {
    throw new AlreadyServedError(
      `another server is already serving ${paths.directory} (process ${readLockHolder(paths.serveLock) ?? 'just ended'}); stop it first or give another --data`,
    );
  }
  return lock;
}
