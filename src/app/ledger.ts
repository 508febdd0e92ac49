// What an operator does with the ledger: verify it and export it. Works while a server runs on the same directory.

import { existsSync } from 'node:fs';
import { deriveKey } from '../codecs/key-derivation.ts';
import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import { type CalendarDate, formatCalendarDate } from '../domain/calendar-date.ts';
import { createTimeFormat } from '../domain/zoned-time.ts';
import { readMasterKey } from '../storage/master-key.ts';
import { readAccountNames } from '../storage/sqlite/accounts/account-names.ts';
import { type ExportFormat, exportLedger } from '../storage/sqlite/ledger/export-ledger.ts';
import { publicKeyText, signingKeyFrom } from '../storage/sqlite/ledger/heads.ts';
import {
  type LedgerReport,
  type VerifyOptions,
  verifyLedger,
} from '../storage/sqlite/ledger/verify-ledger.ts';
import { type AuditOptions, noteAct } from './audit.ts';
import { timeZoneOf } from './time-zone.ts';

export { EXPORT_FORMATS } from '../storage/sqlite/ledger/export-ledger.ts';
export type { LedgerReport, NotedHead } from '../storage/sqlite/ledger/verify-ledger.ts';

export interface LedgerOfficeOptions {
  readonly paths: DataPaths;
  readonly configuration: Pick<Configuration, 'masterKey' | 'masterKeyCommand' | 'timeZone'>;
}

export interface LedgerExport {
  readonly format: ExportFormat;
  /** The account's public id. */
  readonly accountId?: string;
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
  onProgress?(done: number, total: number): void;
}

/** There is nothing to export; the message says why. */
export class LedgerMissingError extends Error {}

/** Needs no master key; where there is one, the ledger must also be signed under it. */
export function verifyLedgerOf(
  { paths, configuration }: LedgerOfficeOptions,
  options: Pick<VerifyOptions, 'notedHead' | 'onProgress'> = {},
): LedgerReport {
  const master = readMasterKey({
    file: paths.masterKey,
    environment: configuration.masterKey,
    command: configuration.masterKeyCommand,
  });
  return verifyLedger({
    ledgerPath: paths.ledger,
    headsPath: paths.ledgerHeads,
    ...(master === undefined
      ? {}
      : { expectedPublicKey: publicKeyText(signingKeyFrom(deriveKey(master, 'ledger-signing'))) }),
    ...options,
  });
}

/** Answers how many entries were written; that they are asked for is in the audit log first. */
export function exportLedgerOf(
  options: LedgerOfficeOptions & AuditOptions,
  out: NodeJS.WritableStream,
  request: LedgerExport,
): Promise<number> {
  const { paths, configuration } = options;
  if (!existsSync(paths.ledger)) throw new LedgerMissingError(`there is no ledger in ${paths.directory}`);
  const names = readAccountNames(paths.accounts);
  const { accountId, ...period } = request;
  const account = [...names.accountIds].find(([, name]) => name === accountId)?.[0];
  if (accountId !== undefined && account === undefined) {
    throw new LedgerMissingError(`there is no account ${accountId}: account list shows them`);
  }
  const day = (date: CalendarDate | undefined) => (date === undefined ? null : formatCalendarDate(date));
  noteAct(options, {
    act: 'ledger.export',
    subject: accountId ?? 'all accounts',
    after: { format: period.format, from: day(period.from), to: day(period.to) },
  });
  return exportLedger(out, {
    ...period,
    ...names,
    ledgerPath: paths.ledger,
    formatTime: createTimeFormat(timeZoneOf({ paths, configuration })),
    ...(account === undefined ? {} : { account }),
  });
}
