// The serving process's side of the ledger: attempts go to the writer thread through a ring in shared memory, verdicts
// come back the same way once they are on disk.

import { MessageChannel, Worker } from 'node:worker_threads';
import { Fault } from '../../../domain/fault.ts';
import { OUTCOMES } from '../../../domain/outcome.ts';
import type { ActionService } from '../../../domain/service.ts';
import { SERVICES } from '../../../domain/service.ts';
import type {
  AccountFunds,
  Attempt,
  Grant,
  Ledger,
  LoggedCall,
  Settlement,
  Treasury,
  UsedAmounts,
  UsedQuestion,
} from '../../../ports/ledger.ts';
import { type BatchCounts, createBatchMemory, readBatchCounts } from './batch-counts.ts';
import { openKeptReader } from './kept-answers.ts';
import { createRingMemory, openRing } from './ring.ts';
import {
  ATTEMPT_SLOT_BYTES,
  createAttemptWriter,
  type NameTables,
  type ReadVerdict,
  readVerdict,
  VERDICT_SLOT_BYTES,
} from './wire.ts';
import { createWriterQueue } from './writer-queue.ts';
import type { FromWriter, ToWriter, WriterSetup } from './writer-worker.ts';

export interface LedgerOptions {
  readonly ledgerPath: string;
  readonly callsPath: string;
  readonly headsPath: string;
  /** 32 bytes derived from the master key. */
  readonly signingSeed: Buffer;
  readonly actions: readonly string[];
  readonly protocols: readonly string[];
  readonly sources: readonly string[];
  /** Attempts in flight at once; a power of two. Beyond it calls are refused as overloaded. */
  readonly ringSlots: number;
  readonly batchMax: number;
  readonly signEveryMs: number;
  readonly signEveryEntries: number;
  readonly callLogCapacity: number;
  readonly checkpointPages: number;
  /** Adds up at the start what caps of accounts count: the first capped call need not wait for it. */
  readonly loadsUsage?: boolean;
  /** Begins at the start to add up what limits of keys count, between the first calls. */
  readonly loadsKeyUsage?: boolean;
  /** Told of commits that failed; the affected calls were refused and nothing was charged. */
  readonly onError: (message: string) => void;
}

export interface LedgerStatistics {
  readonly inFlight: number;
  readonly droppedLogs: number;
  /** Batches, heads or logged calls that could not be written. */
  readonly failedBatches: number;
  /** false while entries cannot be written, and for good once the writer has ended. */
  readonly writing: boolean;
  readonly batches: BatchCounts;
}

export interface OpenLedger extends Ledger, Treasury {
  /** Deletes, in its own time, kept answers whose time is over. */
  dropKept(nowMs: number): void;
  /** Resolves once every call that was logged so far can be read from the log's file. */
  flushLog(): Promise<void>;
  /** Waits for everything in flight, signs the head and ends the writer. */
  close(): Promise<void>;
  statistics(): LedgerStatistics;
  /** Resolves when the writer has ended by itself: this ledger writes no more. */
  readonly lost: Promise<Error>;
}

interface Waiting {
  readonly resolve: (verdict: ReadVerdict) => void;
  readonly reject: (error: Error) => void;
  readonly accountId: number;
  readonly service: ActionService;
  readonly priceMinor: number;
}

const LOGGED_PENDING_MAX = 10_000;
const LOG_FLUSH_MS = 200;

export async function openLedger(options: LedgerOptions): Promise<OpenLedger> {
  const names: NameTables = {
    services: [...SERVICES, 'platform'],
    actions: ['', ...options.actions],
    protocols: ['', ...options.protocols],
    outcomes: OUTCOMES,
    sources: ['', ...options.sources],
  };
  const writer = createAttemptWriter(names);
  const attemptMemory = createRingMemory(options.ringSlots, ATTEMPT_SLOT_BYTES);
  const verdictMemory = createRingMemory(options.ringSlots, VERDICT_SLOT_BYTES);
  const attempts = openRing(attemptMemory, ATTEMPT_SLOT_BYTES);
  const verdicts = openRing(verdictMemory, VERDICT_SLOT_BYTES);
  const batchMemory = createBatchMemory();
  const { port1: port, port2 } = new MessageChannel();
  const {
    ledgerPath,
    callsPath,
    headsPath,
    batchMax,
    signEveryMs,
    signEveryEntries,
    callLogCapacity,
    checkpointPages,
  } = options;
  const setup: WriterSetup = {
    attempts: attemptMemory,
    verdicts: verdictMemory,
    batches: batchMemory,
    port: port2,
    names,
    ledgerPath,
    callsPath,
    headsPath,
    signingSeed: options.signingSeed,
    batchMax,
    signEveryMs,
    signEveryEntries,
    callLogCapacity,
    checkpointPages,
    loadsUsage: options.loadsUsage ?? false,
    loadsKeyUsage: options.loadsKeyUsage ?? false,
  };
  const worker = new Worker(new URL('writer-worker.ts', import.meta.url), {
    workerData: setup,
    transferList: [port2],
  });

  // By ticket. An array of fixed length, as a Map that is filled and emptied all the time leaves tables behind which keep
  // everything that waited alive until the next full collection.
  const waiting = new Array<Waiting | undefined>(options.ringSlots).fill(undefined);
  const freeTickets = Array.from(waiting, (_, ticket) => ticket);
  /** The highest price for which funds were seen after the last verdict, by account and service. */
  const affordable = new Map<string, number>();
  const closed = Promise.withResolvers<void>();
  const lost = Promise.withResolvers<Error>();
  let closing = false;
  let wakeIsDue = false;
  let ended = false;
  let endedBy: Error | undefined;
  let writing = true;
  let logged: LoggedCall[] = [];
  let flush: NodeJS.Timeout | undefined;
  let writingLogs = false;
  /** Who waits for the calls logged so far. */
  let flushing: PromiseWithResolvers<void> | undefined;
  let droppedLogs = 0;
  let failedBatches = 0;

  const inFlight = (): number => options.ringSlots - freeTickets.length;

  /** The verdict goes through `conclude`. */
  function submit<T>(
    kind: 'record' | 'funds',
    attempt: Attempt,
    conclude: (verdict: ReadVerdict) => T,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      // Verdicts need as many slots as there are attempts anywhere between here and their answer.
      const ticket = freeTickets.at(-1);
      const offset = ended || ticket === undefined ? -1 : attempts.reserve();
      if (offset === -1 || ticket === undefined) {
        reject(endedBy ?? new Fault('overloaded'));
        return;
      }
      writer.write(attempts, offset, ticket, kind, attempt);
      const { keep } = attempt;
      if (keep !== undefined) port.postMessage({ kind: 'keep', ticket, keep } satisfies ToWriter);
      freeTickets.pop();
      const { accountId, service, priceMinor } = attempt;
      waiting[ticket] = {
        resolve: (verdict) => resolve(conclude(verdict)),
        reject,
        accountId,
        service,
        priceMinor,
      };
      attempts.publish();
      if (wakeIsDue) return;
      wakeIsDue = true;
      setImmediate(wakeWriter);
    });
  }

  function takeWaiting(ticket: number): Waiting | undefined {
    const waiter = waiting[ticket];
    if (waiter === undefined) return undefined;
    waiting[ticket] = undefined;
    freeTickets.push(ticket);
    return waiter;
  }

  /** Once for all attempts of one turn of the event loop: fewer wake-ups, larger batches. */
  function wakeWriter(): void {
    wakeIsDue = false;
    attempts.wake();
  }

  function takeVerdicts(): void {
    for (let offset = verdicts.peek(); offset !== -1; offset = verdicts.peek()) {
      const verdict = readVerdict(verdicts, offset, names);
      verdicts.release();
      const waiter = takeWaiting(verdict.ticket);
      if (waiter === undefined) continue;
      remember(waiter, verdict);
      writing = verdict.kind !== 'failed';
      if (verdict.kind === 'failed') waiter.reject(new Fault('storage_unavailable'));
      else if (verdict.kind === 'overloaded' || verdict.kind === 'kept')
        waiter.reject(new Fault('overloaded'));
      else waiter.resolve(verdict);
    }
  }

  function remember({ accountId, service, priceMinor }: Waiting, verdict: ReadVerdict): void {
    const key = `${accountId}:${service}`;
    if (!verdict.fundsLeft) affordable.delete(key);
    else if (priceMinor > (affordable.get(key) ?? 0)) affordable.set(key, priceMinor);
  }

  async function watchVerdicts(): Promise<void> {
    while (!ended) {
      await verdicts.wait();
      takeVerdicts();
    }
  }

  function end(reason: Error): void {
    ended = true;
    for (const ticket of waiting.keys()) takeWaiting(ticket)?.reject(reason);
    flushing?.resolve();
    grants.end(reason);
    questions.end(reason);
  }

  const grants = createWriterQueue<Grant, AccountFunds>((id, grant) => {
    port.postMessage({ kind: 'grant', id, grant } satisfies ToWriter);
    attempts.wake();
  });
  const questions = createWriterQueue<UsedQuestion, UsedAmounts>((id, question) => {
    port.postMessage({ kind: 'used', id, question } satisfies ToWriter);
    attempts.wake();
  });

  function flushLogs(): void {
    flush = undefined;
    // One message at a time, so that what waits is bounded even when the writer falls behind.
    if (logged.length === 0 || writingLogs) return;
    writingLogs = true;
    port.postMessage({ kind: 'calls', calls: logged } satisfies ToWriter);
    logged = [];
    if (flushing !== undefined) attempts.wake();
  }

  /** What is logged after this is not waited for, but may be written with the rest. */
  async function flushLog(): Promise<void> {
    if (ended) return;
    // Those on their way, then those that came in the meantime.
    for (let round = 0; round < 2 && (writingLogs || logged.length > 0); round += 1) {
      flushing ??= Promise.withResolvers();
      const { promise } = flushing;
      clearTimeout(flush);
      flushLogs();
      await promise;
    }
  }

  const ready = Promise.withResolvers<void>();
  port.on('message', (message: FromWriter) => {
    if (message.kind === 'ready') ready.resolve();
    else if (message.kind === 'closed') closed.resolve();
    else if (message.kind === 'writing') writing = true;
    else if (message.kind === 'granted') grants.answered(message.id, message.funds);
    else if (message.kind === 'not-granted') grants.refused(message.id, message.isRefused);
    else if (message.kind === 'used') questions.answered(message.id, message.used);
    else if (message.kind === 'not-used') questions.refused(message.id, false);
    else if (message.kind === 'logged') {
      writingLogs = false;
      flushing?.resolve();
      flushing = undefined;
      if (logged.length > 0) flush ??= setTimeout(flushLogs, LOG_FLUSH_MS).unref();
    } else {
      failedBatches += 1;
      options.onError(message.message);
    }
  });
  function lose(cause: unknown): void {
    if (closing || endedBy !== undefined) return;
    const error = cause instanceof Error ? cause : new Error(String(cause));
    options.onError(error.message);
    ready.reject(error);
    closed.resolve();
    endedBy = new Fault('storage_unavailable', {}, error);
    end(endedBy);
    lost.resolve(error);
  }
  worker.on('error', lose);
  worker.on('exit', (code) => lose(new Error(`the writer of the ledger ended with ${code}`)));
  await ready.promise;
  const kept = openKeptReader(ledgerPath);
  watchVerdicts().catch((error: Error) => end(error));

  return {
    settle: (attempt) => submit('record', attempt, settlementOf),
    mayLackFunds: (accountId, service, priceMinor) =>
      priceMinor > 0 && (affordable.get(`${accountId}:${service}`) ?? 0) < priceMinor,
    hasFunds: (accountId, service, priceMinor) =>
      submit('funds', fundsQuestion(accountId, service, priceMinor), ({ fundsLeft }) => fundsLeft),
    findKept: async (name, nowMs) => kept.find(name, nowMs),
    dropKept: (nowMs) => port.postMessage({ kind: 'drop-kept', nowMs } satisfies ToWriter),
    grant: (grant) => grants.add(grant),
    fundsOf: (accountId) => grants.add(fundsLook(accountId)),
    usedOf: (question) => questions.add(question),
    logCall(call) {
      if (logged.length >= LOGGED_PENDING_MAX) {
        droppedLogs += 1;
        return;
      }
      logged.push(call);
      flush ??= setTimeout(flushLogs, LOG_FLUSH_MS).unref();
    },
    flushLog,
    async close() {
      while (inFlight() + grants.pending() + questions.pending() > 0)
        await new Promise((resolve) => setImmediate(resolve));
      clearTimeout(flush);
      writingLogs = false;
      flushLogs();
      closing = endedBy === undefined;
      port.postMessage({ kind: 'close' } satisfies ToWriter);
      await closed.promise;
      end(new Fault('overloaded'));
      port.close();
      kept.close();
      await worker.terminate();
    },
    statistics: () => ({
      inFlight: inFlight(),
      droppedLogs,
      failedBatches,
      writing: writing && !ended,
      batches: readBatchCounts(batchMemory),
    }),
    lost: lost.promise,
  };
}

function settlementOf(verdict: ReadVerdict): Settlement {
  const { kind } = verdict;
  if (kind === 'funds_exhausted' || kind === 'daily_limit_reached' || kind === 'cap_reached')
    return { kind: 'refused', fault: kind };
  const { seq, outcome, charged, paidBy, chargedMinor } = verdict;
  return { kind: 'recorded', seq, outcome, charged, paidBy, chargedMinor };
}

/** A grant of nothing writes nothing and answers what there is. */
function fundsLook(accountId: number): Grant {
  return { accountId, services: [], calls: 0, minor: 0, timeMs: 0, day: 0 as Grant['day'] };
}

/** A question about funds travels as an attempt of which only these fields are read. */
function fundsQuestion(accountId: number, service: ActionService, priceMinor: number): Attempt {
  return {
    accountId,
    service,
    priceMinor,
    timeMs: 0,
    day: 0 as Attempt['day'],
    keyId: 0,
    requestId: '',
    action: '',
    protocol: '',
    outcome: 'completed',
    resultCode: '',
    billable: false,
    source: '',
    asOf: undefined,
    subject: new Uint8Array(16),
    counters: [],
    dailyLimit: 0,
    limitResultCode: undefined,
    caps: undefined,
    keyLimits: undefined,
    keep: undefined,
  };
}
