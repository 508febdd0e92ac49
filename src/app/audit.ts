// What an operator does or looks at on the command line, in the audit log before it is done or shown. Works while a server
// runs on the same directory.

import { existsSync } from 'node:fs';
import { deriveKey } from '../codecs/key-derivation.ts';
import { type Msisdn, maskMsisdn } from '../domain/msisdn.ts';
import type { Clock } from '../ports/clock.ts';
import { createAuditLog } from '../storage/sqlite/accounts/audit-log.ts';
import { createNumberTrace } from '../storage/sqlite/accounts/number-trace.ts';
import { openAccountsFile } from '../storage/sqlite/accounts/schema.ts';
import { type MasterKeyOptions, openMasterKey } from './master-key.ts';

export interface AuditOptions extends MasterKeyOptions {
  readonly clock: Clock;
  /** Who acts, e.g. 'cli:root'. */
  readonly actor: string;
}

/** One act; the texts hold no personal data. */
export interface Act {
  readonly act: string;
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Needs no master key where there are accounts already: what needs none itself still works without. */
export function noteAct(options: AuditOptions, act: Act): void {
  if (!existsSync(options.paths.accounts)) openMasterKey(options);
  appendAct(options.paths.accounts, options, act);
}

/** An act on one number, which the entry names masked and by its keyed hash. */
export function noteActOnNumber(
  options: AuditOptions,
  act: string,
  msisdn: Msisdn,
  after: Readonly<Record<string, unknown>>,
): void {
  const numberHash = traceNumber(options, msisdn);
  noteAct(options, { act, subject: maskMsisdn(msisdn), after: { ...after, numberHash } });
}

/** The hash by which the audit log names a number. */
export function traceNumber(options: MasterKeyOptions, msisdn: Msisdn): string {
  return createNumberTrace(deriveKey(openMasterKey(options), 'audit-number'))(msisdn);
}

/** Into an accounts file that need not be the one in use. */
export function appendAct(
  path: string,
  { clock, actor }: Pick<AuditOptions, 'clock' | 'actor'>,
  { act, subject, before, after }: Act,
): void {
  const database = openAccountsFile(path);
  try {
    createAuditLog(database).append({ timeMs: clock.nowMs(), actor, act, subject, before, after });
  } finally {
    database.close();
  }
}
