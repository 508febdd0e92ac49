// Brings a backup back into a data directory in which no server runs.

import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { backupNames } from './app-backup.ts';
import { deriveKey } from './codecs/key-derivation.ts';
import { type DataPaths, dataPaths } from './config/data-directory.ts';
import type { Configuration } from './config/options.ts';
import { BackupError, type BackupManifest, readCheckedManifest } from './storage/backup-manifest.ts';
import { readMasterKey } from './storage/master-key.ts';
import { checkMasterKey } from './storage/sqlite/accounts/master-check.ts';
import { takeServeLock } from './storage/sqlite/serve-lock.ts';

export interface RestoreOptions {
  readonly paths: DataPaths;
  readonly configuration: Pick<Configuration, 'masterKey' | 'masterKeyCommand'>;
  /** The backup. */
  readonly directory: string;
  /** Replaces what the data directory holds. */
  readonly force: boolean;
  /** A file with the master key, when the backup holds none. */
  readonly masterKeyFile: string | undefined;
}

export interface RestoreReport extends Pick<BackupManifest, 'createdAt' | 'files'> {
  readonly data: string;
  /** false: the key must be brought before the server starts. */
  readonly masterKeyPresent: boolean;
}

export function restoreBackup(options: RestoreOptions): RestoreReport {
  const { paths, directory, force } = options;
  const manifest = readCheckedManifest(directory, backupNames(paths));
  const isNew = mkdirSync(paths.directory, { recursive: true, mode: 0o700 }) !== undefined;
  const held = readdirSync(paths.directory).filter((name) => name !== basename(paths.serveLock));
  if (held.length > 0 && !force)
    throw new BackupError(`${paths.directory} is not empty: --force replaces what it holds`);
  const lock = takeServeLock(paths.serveLock, process.pid);
  if (lock === undefined) throw new BackupError(`a server runs on ${paths.directory}: stop it first`);
  // Beside the files it will replace, so that the last step is only renaming.
  const staging = mkdtempSync(join(paths.directory, 'restoring-'));
  try {
    const staged = dataPaths(staging);
    for (const { name } of manifest.files) copyPrivately(join(directory, name), join(staging, name));
    if (options.masterKeyFile !== undefined) copyPrivately(options.masterKeyFile, staged.masterKey);
    const masterKeyPresent = judgeMasterKey(staged, options);
    swap(staging, paths);
    lock.release();
    return { createdAt: manifest.createdAt, files: manifest.files, data: paths.directory, masterKeyPresent };
  } catch (error) {
    lock.release();
    rmSync(staging, { recursive: true, force: true });
    if (isNew) rmSync(paths.directory, { recursive: true, force: true });
    throw error;
  }
}

function copyPrivately(from: string, to: string): void {
  if (!existsSync(from)) throw new BackupError(`${from} does not exist`);
  copyFileSync(from, to);
  chmodSync(to, 0o600);
  syncPath(to);
}

/** Before anything is replaced: a key that is at hand must fit the data. */
function judgeMasterKey(staged: DataPaths, { paths, configuration }: RestoreOptions): boolean {
  const file = existsSync(staged.masterKey) ? staged.masterKey : paths.masterKey;
  const master = readMasterKey({
    file,
    environment: configuration.masterKey,
    command: configuration.masterKeyCommand,
  });
  if (master === undefined) return false;
  if (existsSync(staged.accounts) && !checkMasterKey(staged.accounts, deriveKey(master, 'master-check')))
    throw new BackupError('the master key at hand is not the one that the backup was made with');
  return true;
}

/** A database's log must go with it: left behind, it would be applied to the restored file. */
function swap(staging: string, paths: DataPaths): void {
  const incoming = readdirSync(staging);
  const keyStays = !incoming.includes(basename(paths.masterKey));
  for (const name of backupNames(paths)) {
    if (name === basename(paths.masterKey) && keyStays) continue;
    for (const ending of ['-wal', '-shm', '-journal', ''])
      rmSync(join(paths.directory, `${name}${ending}`), { force: true });
  }
  for (const name of incoming) renameSync(join(staging, name), join(paths.directory, name));
  rmSync(staging, { recursive: true });
  syncPath(paths.directory);
}

function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
