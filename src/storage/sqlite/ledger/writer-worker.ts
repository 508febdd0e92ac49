// The one thread that writes the ledger while the server runs. It takes whatever has arrived, decides and appends it in
// one transaction, and only when that is on disk hands out the verdicts. Batches form by themselves during each sync.

import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { NO_CAPS } from '../../../domain/usage-cap.ts';
import type {
  AccountFunds,
  Grant,
  KeptAnswer,
  LoggedCall,
  UsedAmounts,
  UsedQuestion,
} from '../../../ports/ledger.ts';
import { applyGrant, readFunds } from './apply-grant.ts';
import { createBatchCounter } from './batch-counts.ts';
import { createBooks, type Verdict } from './books.ts';
import { openCallLog } from './call-log.ts';
import { neededFor } from './cap-sums.ts';
import type { HeadSync } from './heads.ts';
import { openRing } from './ring.ts';
import { openLedgerFile, proveWritable } from './schema.ts';
import { createLedgerSigner } from './sign-ledger.ts';
import {
  ATTEMPT_SLOT_BYTES,
  type NameTables,
  type ReadAttempt,
  readAttempt,
  VERDICT_SLOT_BYTES,
  type VerdictKind,
  writeVerdict,
} from './wire.ts';

export interface WriterSetup {
  readonly attempts: SharedArrayBuffer;
  readonly verdicts: SharedArrayBuffer;
  readonly batches: SharedArrayBuffer;
  readonly port: MessagePort;
  readonly names: NameTables;
  readonly ledgerPath: string;
  readonly callsPath: string;
  readonly headsPath: string;
  readonly signingSeed: Uint8Array;
  readonly batchMax: number;
  readonly signEveryMs: number;
  readonly signEveryEntries: number;
  readonly callLogCapacity: number;
  readonly checkpointPages: number;
  readonly loadsUsage: boolean;
  readonly loadsKeyUsage: boolean;
}

export type ToWriter =
  | { readonly kind: 'calls'; readonly calls: readonly LoggedCall[] }
  | { readonly kind: 'grant'; readonly id: number; readonly grant: Grant }
  | { readonly kind: 'used'; readonly id: number; readonly question: UsedQuestion }
  | { readonly kind: 'drop-kept'; readonly nowMs: number }
  /** Sent before the attempt with this ticket is published. */
  | { readonly kind: 'keep'; readonly ticket: number; readonly keep: KeptAnswer }
  | { readonly kind: 'close' };

export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  /** After a failure, without a call that would show it: the file can be written again. */
  | { readonly kind: 'writing' }
  /** All logged calls received so far are written. */
  | { readonly kind: 'logged' }
  | { readonly kind: 'granted'; readonly id: number; readonly funds: AccountFunds }
  /** `isRefused`: it makes no sense; otherwise the file could not be written. */
  | { readonly kind: 'not-granted'; readonly id: number; readonly isRefused: boolean }
  | { readonly kind: 'used'; readonly id: number; readonly used: UsedAmounts }
  | { readonly kind: 'not-used'; readonly id: number }
  | { readonly kind: 'closed' };

const WAKE_EVERY_MS = 50;
/** How long after the last failure, with no call to try with, the file is tried again. */
const TRY_AGAIN_MS = 1000;
/** Every sum that limits of keys are compared with. */
const ALL_KEY_LIMITS = { caps: undefined, keyLimits: { callsMax: 0, caps: { ...NO_CAPS } } };
/** Attempts that may wait at once for sums which are still added up. */
const HELD_MAX = 1024;
/** Logged calls written between two batches: few, so that no settlement waits long for the log. */
const LOGGED_AT_ONCE = 64;

function runWriter(setup: WriterSetup): void {
  const { port, names } = setup;
  const attempts = openRing(setup.attempts, ATTEMPT_SLOT_BYTES);
  const verdicts = openRing(setup.verdicts, VERDICT_SLOT_BYTES);
  const database = openLedgerFile(setup.ledgerPath);
  database.exec(`PRAGMA wal_autocheckpoint = ${setup.checkpointPages}`);
  const books = createBooks(database, { counts: true });
  const signer = createLedgerSigner({ ...setup, database, books });
  const calls = openCallLog(setup.callsPath, setup.callLogCapacity);
  const countBatch = createBatchCounter(setup.batches);
  const batch: ReadAttempt[] = [];
  const decided: (Verdict | boolean)[] = [];
  /** Capped attempts whose sums are not known yet: a long ledger is read in slices, between the batches of the others. */
  let held: ReadAttempt[] = [];
  const keeps = new Map<number, KeptAnswer>();
  /** While some of the kept answers may be over by then. */
  let dropBeforeMs: number | undefined;
  let warming = setup.loadsKeyUsage;
  let logged: LoggedCall[] = [];
  let asked: Extract<ToWriter, { kind: 'used' }>[] = [];
  /** The last entry that is signed, and the one at the last attempt to sign. */
  let signedSeq = 0;
  let triedSeq = 0;
  let triedTimeMs = 0;
  let idleMs = 0;
  /** Idle since the last batch that could not be written; undefined while batches can be. */
  let failedIdleMs: number | undefined;
  let closing = false;

  function report(message: FromWriter): void {
    port.postMessage(message);
  }

  function reportFailure(what: string, error: unknown): void {
    report({ kind: 'failed', message: `${what}: ${error instanceof Error ? error.message : String(error)}` });
  }

  /** To do besides what is in the ring. */
  function hasMore(): boolean {
    return logged.length > 0 || held.length > 0 || asked.length > 0;
  }

  function takeBatch(): void {
    batch.length = 0;
    decided.length = 0;
    takeHeld();
    for (
      let offset = attempts.peek();
      offset !== -1 && batch.length < setup.batchMax;
      offset = attempts.peek()
    ) {
      const attempt = readAttempt(attempts, offset, names);
      attempts.release();
      if (attempt.hasKeep) attempt.keep = takeKeep(attempt.ticket);
      if (mayDecide(attempt)) batch.push(attempt);
      else if (held.length < HELD_MAX) held.push(attempt);
      else answerAll([attempt], () => 'overloaded');
    }
  }

  function takeKeep(ticket: number): KeptAnswer | undefined {
    if (!keeps.has(ticket)) readMessages();
    const keep = keeps.get(ticket);
    keeps.delete(ticket);
    return keep;
  }

  /** An account's attempts are decided in their order: what follows a held one is held too. */
  function mayDecide(attempt: ReadAttempt): boolean {
    return books.sums.areLoaded(attempt) && !held.some(({ account }) => account === attempt.account);
  }

  function takeHeld(): void {
    const [first] = held;
    if (first === undefined) return;
    const waiting = held;
    held = [];
    if (loadSlice(first)) for (const attempt of waiting) (mayDecide(attempt) ? batch : held).push(attempt);
    else answerAll(waiting, () => undefined);
  }

  function loadSlice(limited: Pick<ReadAttempt, 'caps' | 'keyLimits'>): boolean {
    try {
      books.sums.loadSlice(limited);
      return true;
    } catch (error) {
      reportFailure('caps not added up', error);
      return false;
    }
  }

  function answerAll(
    attempts: readonly ReadAttempt[],
    decisionOf: (index: number) => Verdict | boolean | 'overloaded' | undefined,
  ): void {
    for (const [index, attempt] of attempts.entries()) {
      answer(attempt, decisionOf(index));
      verdicts.publish();
    }
    verdicts.wake();
  }

  function decideBatch(): boolean {
    try {
      books.transact(() => {
        for (const attempt of batch) {
          const { asksFundsOnly, account, service, priceMinor } = attempt;
          decided.push(asksFundsOnly ? books.hasFunds(account, service, priceMinor) : books.record(attempt));
        }
      });
      countBatch(batch.length);
      failedIdleMs = undefined;
      return true;
    } catch (error) {
      reportFailure('batch not written', error);
      failedIdleMs = 0;
      return false;
    }
  }

  function answer(attempt: ReadAttempt, decision: Verdict | boolean | 'overloaded' | undefined): void {
    const offset = verdicts.reserve();
    // Never full: there are as many slots as attempts can be in flight.
    if (offset === -1) throw new Error('the ring of verdicts is full');
    if (typeof decision === 'boolean')
      writeVerdict(verdicts, offset, attempt.ticket, 'funds', undefined, decision, names);
    else if (decision === 'overloaded')
      writeVerdict(verdicts, offset, attempt.ticket, 'overloaded', undefined, true, names);
    else {
      const kind: VerdictKind = decision?.kind ?? 'failed';
      writeVerdict(verdicts, offset, attempt.ticket, kind, decision, decision?.fundsLeft ?? false, names);
    }
  }

  /**
   * A signature that fails is tried again at the next interval: the entries are safe without it. At intervals calls wait
   * meanwhile, and syncing one more file would hold them up for as long as many commits.
   */
  function signHead(sync: HeadSync): void {
    ({ seq: triedSeq, timeMs: triedTimeMs } = books.head());
    idleMs = 0;
    try {
      signedSeq = signer.sign(sync);
    } catch (error) {
      reportFailure('head not signed', error);
    }
  }

  /** Time passes with the attempts' times and, when there are none, with this thread's idle waits. */
  function signWhenDue(): void {
    const { seq, timeMs } = books.head();
    if (seq === signedSeq) return;
    const waitedMs = Math.max(timeMs - triedTimeMs, idleMs);
    if (waitedMs >= setup.signEveryMs || seq - triedSeq >= setup.signEveryEntries) signHead('later');
  }

  /** A server that says it is not ready gets no calls, and would never find out that it could answer again. */
  function tryAgainWhenDue(): void {
    if (failedIdleMs === undefined || failedIdleMs < TRY_AGAIN_MS) return;
    failedIdleMs = 0;
    try {
      proveWritable(database);
      failedIdleMs = undefined;
      report({ kind: 'writing' });
    } catch {
      // Still as the failure that was reported.
    }
  }

  function dropKept(nowMs: number): void {
    try {
      books.transact(() => {
        if (!books.dropKept(nowMs)) dropBeforeMs = undefined;
      });
    } catch (error) {
      dropBeforeMs = undefined;
      reportFailure('kept answers not deleted', error);
    }
  }

  function grant(id: number, wanted: Grant): void {
    try {
      applyGrant(database, books, wanted);
      report({ kind: 'granted', id, funds: readFunds(database, wanted.accountId) });
    } catch (error) {
      const isRefused = error instanceof RangeError;
      if (!isRefused) reportFailure('grant not written', error);
      report({ kind: 'not-granted', id, isRefused });
    }
  }

  /** One slice at a time for all of them: calls must not wait for a sum that is only to be shown. */
  function answerAsked(): void {
    const [first] = asked;
    if (first === undefined) return;
    const isReadable = loadSlice(neededFor(first.question));
    const waiting = asked;
    asked = [];
    for (const one of waiting) {
      const { id, question } = one;
      if (books.sums.areLoaded(neededFor(question)))
        report({ kind: 'used', id, used: books.usedFor(question) });
      else if (isReadable) asked.push(one);
      else report({ kind: 'not-used', id });
    }
  }

  function readMessages(): void {
    for (
      let received = receiveMessageOnPort(port);
      received !== undefined;
      received = receiveMessageOnPort(port)
    ) {
      const message = received.message as ToWriter;
      if (message.kind === 'close') closing = true;
      else if (message.kind === 'grant') grant(message.id, message.grant);
      else if (message.kind === 'used') asked.push(message);
      else if (message.kind === 'drop-kept') dropBeforeMs = message.nowMs;
      else if (message.kind === 'keep') keeps.set(message.ticket, message.keep);
      else if (logged.length === 0) logged = [...message.calls];
      else logged.push(...message.calls);
    }
  }

  function writeLog(): void {
    if (logged.length === 0) return;
    const rest = logged.splice(LOGGED_AT_ONCE);
    try {
      calls.append(logged);
    } catch (error) {
      reportFailure('calls not logged', error);
    }
    logged = rest;
    if (logged.length === 0) report({ kind: 'logged' });
  }

  if (setup.loadsUsage) books.transact(() => books.sums.loadAccounts());
  // A head at the start covers what a crash left unsigned, and stops a ledger that has lost entries.
  signedSeq = signer.sign('now');
  triedSeq = signedSeq;
  triedTimeMs = books.head().timeMs;
  report({ kind: 'ready' });

  while (!closing || attempts.peek() !== -1 || hasMore()) {
    if (warming) warming = loadSlice(ALL_KEY_LIMITS) && !books.sums.areLoaded(ALL_KEY_LIMITS);
    else if (attempts.peek() === -1 && !hasMore()) {
      attempts.waitBlocking(WAKE_EVERY_MS);
      if (attempts.peek() === -1) {
        idleMs += WAKE_EVERY_MS;
        if (failedIdleMs !== undefined) failedIdleMs += WAKE_EVERY_MS;
      }
    }
    takeBatch();
    if (batch.length > 0) {
      const written = decideBatch();
      answerAll(batch, (index) => (written ? decided[index] : undefined));
    }
    tryAgainWhenDue();
    signWhenDue();
    if (dropBeforeMs !== undefined) dropKept(dropBeforeMs);
    writeLog();
    answerAsked();
    readMessages();
  }
  if (books.head().seq !== signedSeq) signHead('now');
  calls.close();
  database.close();
  report({ kind: 'closed' });
  port.close();
}

runWriter(workerData as WriterSetup);
