// Questions about the ledger itself, which this thread answers so that no call waits for them: one entry, what vouches for
// it, what is left of all funds, and many entries as a text. Pauses between bounded steps.

import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { createTimeFormat } from '../../../domain/zoned-time.ts';
import type { AccountFunds } from '../../../ports/ledger.ts';
import type { EntryProof, EntryScope, LedgerEntry, LedgerState } from '../../../ports/ledger-view.ts';
import { UsageError } from '../../../ports/usage.ts';
import { sumFunds } from '../ledger/apply-grant.ts';
import { writeEntries } from '../ledger/export-ledger.ts';
import { readLatestHead } from '../ledger/heads.ts';
import {
  type ChainedEntry,
  proveEntry,
  readChainedEntry,
  readPublicKey,
  shownHead,
} from '../ledger/prove-entry.ts';
import { openLedgerFile } from '../ledger/schema.ts';
import type {
  EntryQuestion,
  FundsLeftQuestion,
  LedgerExportQuestion,
  LedgerStateQuestion,
} from './messages.ts';

export interface LedgerSetup {
  readonly ledgerPath: string;
  readonly headsPath: string;
  /** That heads must be signed with, where the master key is at hand; else the ledger's own word is taken. */
  readonly publicKey?: string;
  /** Of the times in an export. */
  readonly timeZone: string;
}

export function* answerEntry(
  { ledgerPath, headsPath, publicKey }: LedgerSetup,
  question: EntryQuestion | LedgerStateQuestion | FundsLeftQuestion,
): Generator<void, LedgerEntry | EntryProof | LedgerState | AccountFunds | undefined, undefined> {
  const database = open(ledgerPath);
  try {
    if (question.kind === 'funds-left') return sumFunds(database);
    if (question.kind === 'ledger-state') return stateOf(database, headsPath);
    const { kind, scope, seq } = question;
    const found = readWithin(database, scope, seq);
    if (found === undefined) return undefined;
    return kind === 'entry' ? shown(found) : yield* proveEntry(database, { headsPath, publicKey }, found);
  } finally {
    database.close();
  }
}

/** The head first: what it signs is in the entries that are read afterwards. */
function stateOf(database: DatabaseSync, headsPath: string): LedgerState {
  const head = readLatestHead(headsPath);
  const last = database.prepare('SELECT seq, time_ms FROM entries ORDER BY seq DESC LIMIT 1').get();
  return {
    lastSeq: Number(last?.seq ?? 0),
    lastTimeMs: last === undefined ? undefined : Number(last.time_ms),
    publicKey: readPublicKey(database),
    head: head === undefined ? undefined : shownHead(head),
  };
}

/** Yields a piece, or '' where a step found nothing. */
export function* writeLedger(
  { ledgerPath, timeZone }: LedgerSetup,
  { period, format, names }: LedgerExportQuestion,
): Generator<string, void, undefined> {
  if (!existsSync(ledgerPath)) throw nothingThere();
  const { account, ...days } = period;
  yield* writeEntries({
    ...{ ledgerPath, format, ...names, ...days, formatTime: createTimeFormat(timeZone) },
    ...(account === undefined ? {} : { account }),
  });
}

function open(ledgerPath: string): DatabaseSync {
  if (!existsSync(ledgerPath)) throw nothingThere();
  return openLedgerFile(ledgerPath, { readOnly: true });
}

function nothingThere(): UsageError {
  return new UsageError('unavailable', 'there is no ledger yet');
}

/** Another's entry is as unknown as one that does not exist. */
function readWithin(
  database: DatabaseSync,
  { account, key }: EntryScope,
  seq: number,
): ChainedEntry | undefined {
  const found = readChainedEntry(database, seq);
  if (found === undefined) return undefined;
  const isOwn = account === undefined || found.entry.account === account;
  return isOwn && (key === undefined || found.entry.key === key) ? found : undefined;
}

function shown({ entry, hash, previousHash }: ChainedEntry): LedgerEntry {
  const { subject: _subject, counters: _counters, day, asOf, ...rest } = entry;
  return {
    ...rest,
    day: day as CalendarDate,
    asOf: asOf === null ? undefined : (asOf as CalendarDate),
    hash: Buffer.from(hash).toString('hex'),
    previousHash: Buffer.from(previousHash).toString('hex'),
  };
}
