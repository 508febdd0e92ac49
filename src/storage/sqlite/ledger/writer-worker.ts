// The one thread that writes the ledger while the server runs. It takes whatever has arrived, decides and appends it in
// one transaction, and only when that is on disk hands out the verdicts. Batches form by themselves during each sync.

import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { LoggedCall } from '../../../ports/ledger.ts';
import { createBooks, type Verdict } from './books.ts';
import { type CallLog, openCallLog } from './call-log.ts';
import { appendHead, publicKeyText, signingKeyFrom } from './heads.ts';
import { openRing } from './ring.ts';
import { openLedgerFile } from './schema.ts';
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
}

export type ToWriter =
  | { readonly kind: 'calls'; readonly calls: readonly LoggedCall[] }
  | { readonly kind: 'close' };

export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' };

const WAKE_EVERY_MS = 50;

function runWriter(setup: WriterSetup): void {
  const { port, names } = setup;
  const attempts = openRing(setup.attempts, ATTEMPT_SLOT_BYTES);
  const verdicts = openRing(setup.verdicts, VERDICT_SLOT_BYTES);
  const database = openLedgerFile(setup.ledgerPath);
  database.exec(`PRAGMA wal_autocheckpoint = ${setup.checkpointPages}`);
  const books = createBooks(database, { counts: true });
  const signingKey = signingKeyFrom(Buffer.from(setup.signingSeed));
  const calls = openCallLog(setup.callsPath, setup.callLogCapacity);
  const batch: ReadAttempt[] = [];
  const decided: (Verdict | boolean)[] = [];
  let signedSeq = -1;
  let signedAtMs = 0;
  let closing = false;

  // What changes with the passing of time is decided by the times of the attempts; this clock only paces signatures.
  const pacingMs = (): number => performance.now();

  function report(message: FromWriter): void {
    port.postMessage(message);
  }

  function takeBatch(): void {
    batch.length = 0;
    decided.length = 0;
    for (
      let offset = attempts.peek();
      offset !== -1 && batch.length < setup.batchMax;
      offset = attempts.peek()
    ) {
      batch.push(readAttempt(attempts, offset, names));
      attempts.release();
    }
  }

  function decideBatch(): boolean {
    try {
      books.transact(() => {
        for (const attempt of batch) {
          const { asksFundsOnly, account, service, priceMinor } = attempt;
          decided.push(asksFundsOnly ? books.hasFunds(account, service, priceMinor) : books.record(attempt));
        }
      });
      return true;
    } catch (error) {
      report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
      return false;
    }
  }

  function answer(attempt: ReadAttempt, decision: Verdict | boolean | undefined): void {
    const offset = verdicts.reserve();
    // Never full: there are as many slots as attempts can be in flight.
    if (offset === -1) throw new Error('the ring of verdicts is full');
    if (typeof decision === 'boolean')
      writeVerdict(verdicts, offset, attempt.ticket, 'funds', undefined, decision, names);
    else {
      const kind: VerdictKind = decision?.kind ?? 'failed';
      writeVerdict(verdicts, offset, attempt.ticket, kind, decision, decision?.fundsLeft ?? false, names);
    }
  }

  function signHead(timeMs: number): void {
    const head = books.head();
    appendHead(setup.headsPath, head, Math.max(timeMs, head.timeMs), signingKey);
    signedSeq = head.seq;
    signedAtMs = pacingMs();
  }

  function signWhenDue(): void {
    const unsigned = books.head().seq - signedSeq;
    if (unsigned === 0) return;
    if (unsigned >= setup.signEveryEntries || pacingMs() - signedAtMs >= setup.signEveryMs)
      signHead(books.head().timeMs);
  }

  function readMessages(): void {
    for (
      let received = receiveMessageOnPort(port);
      received !== undefined;
      received = receiveMessageOnPort(port)
    ) {
      const message = received.message as ToWriter;
      if (message.kind === 'close') closing = true;
      else logCalls(calls, message.calls);
    }
  }

  function logCalls(log: CallLog, logged: readonly LoggedCall[]): void {
    try {
      log.append(logged);
    } catch (error) {
      report({
        kind: 'failed',
        message: `call log: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }

  books.transact(() => {
    database
      .prepare(`INSERT INTO facts VALUES ('signing_public_key', ?) ON CONFLICT (name) DO NOTHING`)
      .run(publicKeyText(signingKey));
  });
  // A head at the start covers what a crash left unsigned, and shows a removed file of heads.
  signHead(books.head().timeMs);
  report({ kind: 'ready' });

  while (!closing || attempts.peek() !== -1) {
    if (attempts.peek() === -1) attempts.waitBlocking(WAKE_EVERY_MS);
    takeBatch();
    if (batch.length > 0) {
      const written = decideBatch();
      for (const [index, attempt] of batch.entries()) {
        answer(attempt, written ? decided[index] : undefined);
        verdicts.publish();
      }
    }
    signWhenDue();
    readMessages();
  }
  if (books.head().seq !== signedSeq) signHead(books.head().timeMs);
  calls.close();
  database.close();
  report({ kind: 'closed' });
  port.close();
}

runWriter(workerData as WriterSetup);
