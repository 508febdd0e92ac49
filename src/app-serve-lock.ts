// One server for a data directory.

import { mkdirSync } from 'node:fs';
import type { DataPaths } from './config/data-directory.ts';
import { readLockHolder, type ServeLock, takeServeLock } from './storage/sqlite/serve-lock.ts';

/** Another process serves the directory; the message says which. */
export class AlreadyServedError extends Error {}

export function lockForServing(paths: DataPaths): ServeLock {
  mkdirSync(paths.directory, { recursive: true, mode: 0o700 });
  const lock = takeServeLock(paths.serveLock, process.pid);
  if (lock === undefined) {
    throw new AlreadyServedError(
      `another server is already serving ${paths.directory} (process ${readLockHolder(paths.serveLock) ?? 'just ended'}); stop it first or give another --data`,
    );
  }
  return lock;
}
