// Brings a backup back into a data directory in which no server runs.

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { deriveKey } from '../codecs/key-derivation.ts';
import { type DataPaths, dataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import { makeDirectory } from '../config/usable-directory.ts';
import type { Clock } from '../ports/clock.ts';
import { BackupError, type BackupManifest, readCheckedManifest } from '../storage/backup-manifest.ts';
import { readMasterKey } from '../storage/master-key.ts';
import { checkMasterKey } from '../storage/sqlite/accounts/master-check.ts';
import { takeServeLock } from '../storage/sqlite/serve-lock.ts';
import {
  finishSwap,
  isSwapPending,
  SET_ASIDE,
  type Swap,
  swapFiles,
  syncPath,
} from '../storage/swap-files.ts';
import { appendAct } from './audit.ts';
import { backupNames } from './backup.ts';

const STAGING = 'restoring-';
const COPY_BYTES = 4_194_304;

export interface RestoreOptions {
  readonly paths: DataPaths;
  readonly configuration: Pick<Configuration, 'masterKey' | 'masterKeyCommand'>;
  readonly clock: Clock;
  /** Who acts, for the audit log. */
  readonly actor: string;
  /** The backup. */
  readonly directory: string;
  /** Replaces what the data directory holds. */
  readonly force: boolean;
  /** A file with the master key, when the backup holds none. */
  readonly masterKeyFile: string | undefined;
  readonly onProgress?: (what: 'checking' | 'copying', done: number, total: number) => void;
}

export interface RestoreReport extends Pick<BackupManifest, 'createdAt' | 'files'> {
  readonly data: string;
  /** false: the key must be brought before the server starts. */
  readonly masterKeyPresent: boolean;
}

export function restoreBackup(options: RestoreOptions): RestoreReport {
  const { paths, directory, force } = options;
  const manifest = readCheckedManifest(directory, backupNames(paths), options.onProgress);
  const isNew = makeDirectory(paths.directory) !== undefined;
  const lock = takeServeLock(paths.serveLock, process.pid);
  if (lock === undefined) throw new BackupError(`a server runs on ${paths.directory}: stop it first`);
  let staging: string | undefined;
  try {
    // What an earlier one was killed over holds copies only.
    for (const name of leftovers(paths)) rmSync(join(paths.directory, name), { recursive: true });
    const held = readdirSync(paths.directory).filter((name) => !name.startsWith(basename(paths.serveLock)));
    if (held.length > 0 && !force)
      throw new BackupError(`${paths.directory} is not empty: --force replaces what it holds`);
    // Beside the files it will replace, so that the last steps are only renaming.
    staging = mkdtempSync(join(paths.directory, STAGING));
    const masterKeyPresent = stage(staging, manifest, options);
    for (const _ of swapFiles(swapOf(paths), staging));
    return { createdAt: manifest.createdAt, files: manifest.files, data: paths.directory, masterKeyPresent };
  } catch (error) {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
    if (isNew) rmSync(paths.directory, { recursive: true, force: true });
    throw error;
  } finally {
    lock.release();
  }
}

/** Brings a restore to its end that was killed when every file was at hand. Answers whether there was one. */
export function finishInterruptedRestore(paths: DataPaths): boolean {
  if (!isRestoreInterrupted(paths)) return false;
  const lock = takeServeLock(paths.serveLock, process.pid);
  if (lock === undefined) throw new BackupError(`a restore is at work in ${paths.directory}`);
  try {
    for (const _ of finishSwap(swapOf(paths)));
    return true;
  } finally {
    lock.release();
  }
}

/** true: what the data directory holds is neither what it held nor what was backed up, until the restore is finished. */
export function isRestoreInterrupted(paths: DataPaths): boolean {
  return isSwapPending(paths.directory);
}

function swapOf(paths: DataPaths): Swap {
  return {
    directory: paths.directory,
    names: backupNames(paths),
    keptNames: [basename(paths.masterKey)],
  };
}

function leftovers({ directory }: DataPaths): string[] {
  return readdirSync(directory).filter((name) => name.startsWith(STAGING) || name === SET_ASIDE);
}

/** Answers whether there will be a master key. */
function stage(staging: string, manifest: BackupManifest, options: RestoreOptions): boolean {
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const { name, bytes } of manifest.files) {
    copyPrivately(join(options.directory, name), join(staging, name), (copied) =>
      options.onProgress?.('copying', before + copied, total),
    );
    before += bytes;
  }
  const staged = dataPaths(staging);
  if (options.masterKeyFile !== undefined) copyPrivately(options.masterKeyFile, staged.masterKey);
  const masterKeyPresent = judgeMasterKey(staged, options);
  // Among the files that are swapped in as one: a restore that came to pass is in the audit log that it brought.
  if (existsSync(staged.accounts)) {
    appendAct(staged.accounts, options, {
      act: 'restore',
      subject: 'data directory',
      after: { directory: options.directory, createdAt: manifest.createdAt, force: options.force },
    });
    syncPath(staged.accounts);
  }
  syncPath(staging);
  return masterKeyPresent;
}

function copyPrivately(from: string, to: string, onBytes?: (copied: number) => void): void {
  if (!existsSync(from)) throw new BackupError(`${from} does not exist`);
  const [source, target] = [openSync(from, 'r'), openSync(to, 'wx', 0o600)];
  try {
    const chunk = Buffer.allocUnsafe(COPY_BYTES);
    let copied = 0;
    for (let read = readSync(source, chunk); read > 0; read = readSync(source, chunk)) {
      for (let at = 0; at < read; ) at += writeSync(target, chunk, at, read - at);
      copied += read;
      onBytes?.(copied);
    }
    fsyncSync(target);
  } finally {
    closeSync(source);
    closeSync(target);
  }
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
