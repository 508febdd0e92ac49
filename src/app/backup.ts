// A verified copy of a data directory while a server writes to it.

import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type DataPaths, dataPaths } from '../config/data-directory.ts';
import { type Configuration, type OptionName, SECRET_OPTIONS } from '../config/options.ts';
import { checkDirectoryPath, makeDirectory } from '../config/usable-directory.ts';
import { remark } from '../domain/remark.ts';
import type { Clock } from '../ports/clock.ts';
import { BackupError, type BackupManifest, describeFile, writeManifest } from '../storage/backup-manifest.ts';
import { copyDatabase } from '../storage/sqlite/copy-database.ts';
import type { LedgerReport } from '../storage/sqlite/ledger/verify-ledger.ts';
import { appendAct } from './audit.ts';
import { verifyLedgerOf } from './ledger.ts';

export interface BackupOptions {
  readonly paths: DataPaths;
  readonly configuration: Configuration;
  readonly clock: Clock;
  /** Who acts, for the audit log. */
  readonly actor: string;
  readonly directory: string;
  readonly withMasterKey: boolean;
  readonly onProgress?: (work: string, done: number, total: number) => void;
}

export interface BackupReport extends BackupManifest {
  readonly directory: string;
  /** undefined when there is no ledger yet. */
  readonly ledger: LedgerReport | undefined;
  readonly masterKeyIncluded: boolean;
  /** Options in the settings file that are secret: their place is not a backup. */
  readonly secretOptionsLeftOut: readonly OptionName[];
}

/** File names inside a backup, which are those of the data directory. */
export function backupNames(paths: DataPaths): string[] {
  const { ledgerHeads, ledger, calls, people, codes, accounts, registry, configFile, masterKey } = paths;
  const files = [ledgerHeads, ledger, calls, people, codes, accounts, registry, configFile, masterKey];
  return files.map((path) => basename(path));
}

/** Throws BackupError and leaves nothing behind when the copy is not sound. */
export async function createBackup(options: BackupOptions): Promise<BackupReport> {
  const { paths, directory } = options;
  if (!existsSync(paths.accounts))
    throw new BackupError(
      `there is nothing to back up in ${paths.directory}`,
      remark('backup_nothing', { directory: paths.directory }),
    );
  checkDirectoryPath(directory);
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw new BackupError(
      `${directory} is not empty: give a new directory`,
      remark('backup_place_taken', { directory }),
    );
  const isNew = makeDirectory(directory) !== undefined;
  // Before the copy, which tells then how it came to be.
  appendAct(paths.accounts, options, {
    act: 'backup',
    subject: 'data directory',
    after: { directory, withMasterKey: options.withMasterKey },
  });
  try {
    return await fill(options);
  } catch (error) {
    for (const name of readdirSync(directory)) rmSync(join(directory, name), { force: true });
    if (isNew) rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

async function fill(options: BackupOptions): Promise<BackupReport> {
  const { paths, configuration, clock, directory, withMasterKey, onProgress } = options;
  const copies = dataPaths(directory);
  // Heads before the entries they sign, entries and persons before the accounts they name: what comes later only knows more.
  copyHeads(paths.ledgerHeads, copies.ledgerHeads);
  for (const name of ['ledger', 'calls', 'people', 'codes', 'accounts', 'registry'] as const) {
    if (!existsSync(paths[name])) continue;
    await copyDatabase(paths[name], copies[name], (done, total) =>
      onProgress?.(`copying ${name}`, done, total),
    );
  }
  const secretOptionsLeftOut = copyConfiguration(paths.configFile, copies.configFile);
  const ledger = verifyCopy(copies, paths.masterKey, configuration, (done, total) =>
    onProgress?.('verifying ledger', done, total),
  );
  if (withMasterKey) copyMasterKey(paths.masterKey, copies.masterKey);
  const files = backupNames(paths)
    .filter((name) => existsSync(join(directory, name)))
    .map((name) => describeFile(directory, name));
  const manifest: BackupManifest = { format: 1, createdAt: new Date(clock.nowMs()).toISOString(), files };
  writeManifest(directory, manifest);
  return { ...manifest, directory, ledger, masterKeyIncluded: withMasterKey, secretOptionsLeftOut };
}

/** Whole lines only: the server may be writing the last one. */
function copyHeads(from: string, to: string): void {
  if (!existsSync(from)) return;
  const content = readFileSync(from);
  writeFileSync(to, content.subarray(0, content.lastIndexOf(0x0a) + 1), { mode: 0o600, flush: true });
}

/** The file may hold secrets, even the master key itself: all but those are copied. Returns what was left out. */
function copyConfiguration(from: string, to: string): OptionName[] {
  if (!existsSync(from)) return [];
  const content = JSON.parse(readFileSync(from, 'utf8')) as Record<string, unknown>;
  const leftOut = SECRET_OPTIONS.filter((name) => Object.hasOwn(content, name));
  for (const name of leftOut) delete content[name];
  writeFileSync(to, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600, flush: true });
  return leftOut;
}

function copyMasterKey(from: string, to: string): void {
  if (!existsSync(from))
    throw new BackupError(
      `the master key is not in ${from}: back it up where it is kept`,
      remark('backup_no_master_key', { path: from }),
    );
  copyFileSync(from, to);
}

function verifyCopy(
  copies: DataPaths,
  masterKey: string,
  configuration: Configuration,
  onProgress: (done: number, total: number) => void,
): LedgerReport | undefined {
  if (!existsSync(copies.ledger)) return undefined;
  const report = verifyLedgerOf({ paths: { ...copies, masterKey }, configuration }, { onProgress });
  if (!report.ok) throw new BackupError(`the ledger does not verify: ${report.reason ?? ''}`, report.remark);
  return report;
}
