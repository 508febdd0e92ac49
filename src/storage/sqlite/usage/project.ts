// Brings usage.db up to the ledger and the call log, step by step. Each step is one transaction that holds its own
// progress, under the file's write lock: a process that is killed, or several at once, lose nothing and count nothing twice.

import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { createCalendar } from '../../../domain/calendar-date.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Entry } from '../ledger/entry.ts';
import { entryOf } from '../ledger/read-entries.ts';
import { BALANCE, CALLS_MIGRATIONS, openLedgerFile } from '../ledger/schema.ts';
import { openDatabase } from '../open-database.ts';
import { createDaySums, type ProjectedCall } from './day-sums.ts';
import { createOutcomeSums } from './outcome-sums.ts';
import { createRunningFunds } from './running-funds.ts';
import { emptyUsage } from './schema.ts';

export interface ProjectorOptions {
  readonly ledgerPath: string;
  readonly callsPath: string;
  /** Of the days of what is not in the ledger. */
  readonly timeZone: string;
  /** HTTP status by protocol and fault or outcome; 200 for everything else. */
  readonly statusCodes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Calls are kept this long, their daily sums for good. */
  readonly keepMs: number;
  /** Rows of one step. */
  readonly stepRows?: number;
}

/** How far the sources go. */
export interface SourceEnd {
  readonly seq: number;
  readonly number: number;
}

export interface Projector {
  sourceEnd(): SourceEnd;
  /** One bounded step; false when there was nothing left to do. */
  step(nowMs: number): boolean;
  /** Is everything up to there projected, and nothing else? */
  hasReached(end: SourceEnd): boolean;
  close(): void;
}

/** At most this many rows in one transaction: a few milliseconds. */
const STEP_ROWS = 1000;
const COLUMNS = 20;

export function createProjector(database: DatabaseSync, options: ProjectorOptions): Projector {
  const { statusCodes, stepRows = STEP_ROWS } = options;
  const dateOf = createCalendar(options.timeZone);
  const sums = createDaySums(database);
  const outcomes = createOutcomeSums(database);
  const funds = createRunningFunds(database);
  const readProgress = database.prepare('SELECT * FROM progress');
  const putCall = database.prepare(
    `INSERT INTO calls VALUES (${Array.from({ length: COLUMNS }, () => '?').join(', ')})`,
  );
  const putGrant = database.prepare('INSERT INTO grants VALUES (?, ?, ?, ?, ?, ?, ?)');
  const putLedgerProgress = database.prepare('UPDATE progress SET ledger_seq = ?, ledger_hash = ?');
  const putLogProgress = database.prepare('UPDATE progress SET log_number = ?, log_request_id = ?');
  const putKept = database.prepare('UPDATE progress SET kept_from_ms = max(coalesce(kept_from_ms, 0), ?)');
  const dropOld = database.prepare(
    `DELETE FROM calls WHERE (account, time_ms, id) IN
       (SELECT account, time_ms, id FROM calls WHERE time_ms < ? ORDER BY time_ms LIMIT ?)`,
  );
  const hasOld = database.prepare('SELECT 1 FROM calls WHERE time_ms < ? LIMIT 1');
  let ledger: DatabaseSync | undefined;
  let log: DatabaseSync | undefined;
  let skipped = false;

  /** Either file may come into being later. */
  function openSources(): void {
    if (ledger === undefined && existsSync(options.ledgerPath))
      ledger = openLedgerFile(options.ledgerPath, { readOnly: true });
    if (log === undefined && existsSync(options.callsPath))
      log = openDatabase(options.callsPath, { migrations: CALLS_MIGRATIONS });
  }

  function sourceEnd(): SourceEnd {
    openSources();
    return {
      seq: Number(ledger?.prepare('SELECT max(seq) AS last FROM entries').get()?.last ?? 0),
      number: Number(log?.prepare('SELECT max(number) AS last FROM calls').get()?.last ?? 0),
    };
  }

  /** false where a source was replaced (by a restore, say): then nothing here can be trusted. */
  function isOfTheseSources(): boolean {
    const { ledger_seq: seq, ledger_hash: hash, log_number: number, log_request_id: id } = progress();
    if (seq > 0) {
      const entry = ledger?.prepare('SELECT hash FROM entries WHERE seq = ?').get(seq);
      if (entry === undefined || !Buffer.from(entry.hash as Uint8Array).equals(hash ?? Buffer.alloc(0)))
        return false;
    }
    if (number === 0) return true;
    const row = log?.prepare('SELECT request_id FROM calls WHERE number = ?').get(number);
    if (row !== undefined) return row.request_id === id;
    // It may have been overwritten since, but then there are newer ones.
    return sourceEnd().number > number;
  }

  function progress() {
    return readProgress.get() as {
      ledger_seq: number;
      ledger_hash: Uint8Array | null;
      log_number: number;
      log_request_id: string;
    };
  }

  function projectEntries(oldestMs: number): number {
    const page =
      ledger
        ?.prepare('SELECT * FROM entries WHERE seq > ? ORDER BY seq LIMIT ?')
        .all(progress().ledger_seq, stepRows) ?? [];
    for (const row of page) projectEntry(entryOf(row), oldestMs);
    const last = page.at(-1);
    if (last !== undefined) putLedgerProgress.run(Number(last.seq), last.hash as Uint8Array);
    return page.length;
  }

  function statusOf(protocol: string, ended: string): number {
    return statusCodes[protocol]?.[ended] ?? 200;
  }

  function projectEntry(entry: Entry, oldestMs: number): void {
    const { seq, timeMs, day, kind, account, service, paidBy, amount } = entry;
    funds.apply(entry);
    if (kind !== 'call') {
      putGrant.run(account, day, seq, timeMs, kind, service, amount);
      return;
    }
    const { key, protocol, action, requestId, outcome, resultCode, charged, priceMinor } = entry;
    const call: ProjectedCall = {
      ...{ account, timeMs, id: seq * 2, day, key, protocol, action, requestId, outcome, resultCode },
      ...{ statusCode: statusOf(protocol, outcome), sandbox: false, charged, paidBy, priceMinor },
      chargedMinor: paidBy === 'balance' ? amount : 0,
      quotaLeft: service === 'platform' ? null : funds.left(account, service),
      balanceLeft: funds.left(account, BALANCE),
      seq,
      durationUs: null,
    };
    put(call, oldestMs);
  }

  function projectLog(oldestMs: number): number {
    const page =
      log
        ?.prepare('SELECT * FROM calls WHERE number > ? ORDER BY number LIMIT ?')
        .all(progress().log_number, stepRows) ?? [];
    for (const row of page) projectLogged(row, oldestMs);
    const last = page.at(-1);
    if (last !== undefined) putLogProgress.run(Number(last.number), String(last.request_id));
    return page.length;
  }

  function projectLogged(row: Record<string, unknown>, oldestMs: number): void {
    const timeMs = Number(row.time_ms);
    const protocol = String(row.protocol);
    const outcome = String(row.outcome);
    const call: ProjectedCall = {
      ...{ account: Number(row.account), timeMs, id: Number(row.number) * 2 + 1, day: dateOf(timeMs) },
      ...{ key: Number(row.key), protocol, action: String(row.action), requestId: String(row.request_id) },
      ...{
        outcome,
        resultCode: String(row.result_code),
        statusCode: statusOf(protocol, outcome),
      },
      ...{ sandbox: row.sandbox === 1, charged: false, paidBy: 'none', priceMinor: 0, chargedMinor: 0 },
      ...{ quotaLeft: null, balanceLeft: null, seq: null, durationUs: Number(row.duration_us) },
    };
    put(call, oldestMs);
  }

  function put(call: ProjectedCall, oldestMs: number): void {
    sums.add(call);
    outcomes.add(call);
    if (call.timeMs < oldestMs) {
      skipped = true;
      return;
    }
    putCall.run(
      ...[call.account, call.timeMs, call.id, call.day, call.key, call.protocol, call.action],
      ...[call.requestId, call.outcome, call.resultCode, call.statusCode, call.sandbox ? 1 : 0],
      ...[call.charged ? 1 : 0, call.paidBy, call.priceMinor, call.chargedMinor],
      ...[call.quotaLeft, call.balanceLeft, call.seq, call.durationUs],
    );
  }

  function work(oldestMs: number): void {
    skipped = false;
    if (!isOfTheseSources()) emptyUsage(database);
    const room = stepRows - projectEntries(oldestMs);
    const idle = room > 0 ? projectLog(oldestMs) === 0 && room === stepRows : false;
    sums.write();
    outcomes.write();
    funds.write();
    if (idle && hasOld.get(oldestMs) !== undefined) {
      dropOld.run(oldestMs, stepRows);
      skipped = true;
    }
    if (skipped) putKept.run(oldestMs);
  }

  function hasReached(end: SourceEnd): boolean {
    const { ledger_seq: seq, log_number: number } = progress();
    return seq >= end.seq && number >= end.number && isOfTheseSources();
  }

  return {
    sourceEnd,
    hasReached,
    step(nowMs) {
      const oldestMs = Math.floor(nowMs - options.keepMs);
      // Asked first without the write lock: most of the time there is nothing new.
      if (hasReached(sourceEnd()) && hasOld.get(oldestMs) === undefined) return false;
      try {
        inTransaction(database, () => work(oldestMs));
      } catch (error) {
        sums.drop();
        outcomes.drop();
        funds.drop();
        throw error;
      }
      return true;
    },
    close() {
      ledger?.close();
      log?.close();
    },
  };
}
