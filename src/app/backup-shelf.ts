// Where the backups lie that a running server makes, what they are called, and which there are.

import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import { remark } from '../domain/remark.ts';
import type { ShelvedBackup } from '../management/operator-backups.ts';
import { BackupError, readManifest } from '../storage/backup-manifest.ts';

const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/;
const MEBIBYTE = 1_048_576;
/** Left free whatever a backup takes: a full disk refuses every charged call. */
const LEFT_FREE_BYTES = 512 * MEBIBYTE;

export function backupShelf(paths: DataPaths, { backupDirectory }: Pick<Configuration, 'backupDirectory'>) {
  return backupDirectory === undefined ? join(paths.directory, 'backups') : resolve(backupDirectory);
}

/** Of the time, in UTC, as a directory of every system may be called. */
export function backupName(timeMs: number): string {
  return new Date(timeMs).toISOString().replaceAll(/[:.]/g, '-');
}

/** Newest first; what a backup that was killed has left is none. */
export function listBackups(paths: DataPaths, shelf: string): ShelvedBackup[] {
  if (!existsSync(shelf)) return [];
  const names = readdirSync(shelf).filter((name) => NAME.test(name));
  return names
    .sort()
    .reverse()
    .flatMap((name) => describe(paths, shelf, name));
}

function describe(paths: DataPaths, shelf: string, name: string): ShelvedBackup[] {
  try {
    const { createdAt, files } = readManifest(join(shelf, name));
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const hasMasterKey = files.some((file) => join(paths.directory, file.name) === paths.masterKey);
    return [{ name, createdAt, files: files.length, bytes, hasMasterKey }];
  } catch (error) {
    if (error instanceof BackupError) return [];
    throw error;
  }
}

/** Throws BackupError where the copy would leave the disk too full; `shelf` exists. */
export function refuseFullDisk(paths: DataPaths, shelf: string): void {
  const { ledgerHeads, ledger, calls, people, codes, accounts, registry } = paths;
  const needed = [ledgerHeads, ledger, calls, people, codes, accounts, registry]
    .map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, bytes) => sum + bytes, 0);
  const { bavail, bsize } = statfsSync(shelf);
  if (bavail * bsize >= needed + LEFT_FREE_BYTES) return;
  const free = Math.ceil((bavail * bsize) / MEBIBYTE);
  const wanted = Math.ceil((needed + LEFT_FREE_BYTES) / MEBIBYTE);
  throw new BackupError(
    `the disk has ${free} MiB free, a backup needs ${wanted} MiB: a full disk refuses calls`,
    remark('backup_disk_full', { free, wanted }),
  );
}
