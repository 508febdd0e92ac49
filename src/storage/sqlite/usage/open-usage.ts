// The asking side of usage: questions go to the thread that keeps usage.db, each with a deadline, one at a time of an
// account, and only so many at once.

import { Worker } from 'node:worker_threads';
import type { Clock } from '../../../ports/clock.ts';
import type { AccountFunds } from '../../../ports/ledger.ts';
import type { EntryProof, LedgerEntry, LedgerState, LedgerView } from '../../../ports/ledger-view.ts';
import {
  type Latencies,
  type Usage,
  type UsageBreakdown,
  type UsageDay,
  UsageError,
  type UsagePage,
  type UsageTotals,
} from '../../../ports/usage.ts';
import { createLatencyBook } from './latency-book.ts';
import type { FromUsageThread, Question, ToUsageThread, UsageSetup } from './messages.ts';

export interface UsageOptions extends UsageSetup {
  readonly clock: Clock;
  /** How long one question, or one piece of a CSV, may take. */
  readonly deadlineMs: number;
  /** Questions at once. */
  readonly questionsMax: number;
  /** Resolves once what was answered so far can be read from the call log's file. */
  readonly flushLog?: () => Promise<void>;
  readonly onError: (message: string) => void;
}

export interface OpenUsage extends Usage, LedgerView, Latencies {
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A step in the background, unless many calls are being answered: their rows wait for a quieter time or for a question. */
const PROJECT_EVERY_MS = 250;
const LATENCIES_EVERY_MS = 5000;
/** Whoever lists keys does not wait longer for this. */
const LAST_USES_DEADLINE_MS = 2000;

export function openUsage(options: UsageOptions): OpenUsage {
  const { clock, usagePath, projector, csv, ledger } = options;
  const worker = new Worker(new URL('usage-worker.ts', import.meta.url), {
    workerData: { usagePath, projector, csv, ledger } satisfies UsageSetup,
  });
  const waiting = new Map<number, Waiting>();
  /** Accounts that are asking, or 'all'. */
  const asking = new Set<string>();
  const closing = new AbortController();
  const closed = Promise.withResolvers<void>();
  let lastId = 0;
  const latencies = createLatencyBook();
  let handedOverMs = clock.nowMs();
  let projecting = false;
  let ended = false;

  function tell(message: ToUsageThread): void {
    if (!ended) worker.postMessage(message);
  }

  worker.on('message', (message: FromUsageThread) => {
    if (message.kind === 'projected') projecting = false;
    else if (message.kind === 'failed') options.onError(message.message);
    else if (message.kind === 'closed') closed.resolve();
    else {
      const waiter = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.kind === 'answer') waiter?.resolve(message.value);
      else waiter?.reject(new UsageError(message.problem, message.message, message.availableFromMs));
    }
  });
  worker.on('error', (error) => options.onError(error instanceof Error ? error.message : String(error)));
  worker.on('exit', () => {
    ended = true;
    for (const { reject } of waiting.values()) reject(unavailable());
    waiting.clear();
    closed.resolve();
  });

  function handOver(): void {
    handedOverMs = clock.nowMs();
    const rows = latencies.take();
    if (rows.length > 0) tell({ kind: 'latencies', nowMs: handedOverMs, rows });
  }

  async function keepProjecting(): Promise<void> {
    while (!closing.signal.aborted) {
      if (!projecting) tell({ kind: 'project', nowMs: clock.nowMs() });
      projecting = true;
      if (clock.nowMs() - handedOverMs >= LATENCIES_EVERY_MS) handOver();
      await clock.sleep(PROJECT_EVERY_MS, closing.signal);
    }
  }
  // Ends when the sleep is aborted.
  keepProjecting().catch(() => {});

  /** What the thread says to this, unless the deadline comes first. */
  async function converse(
    id: number,
    message: ToUsageThread,
    deadlineMs = options.deadlineMs,
  ): Promise<unknown> {
    if (ended) throw unavailable();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const inTime = new AbortController();
    waiting.set(id, { resolve, reject });
    tell(message);
    clock.sleep(deadlineMs, inTime.signal).then(
      () => {
        waiting.delete(id);
        tell({ kind: 'cancel', id });
        reject(new UsageError('timeout', 'the question took too long: ask for a shorter period'));
      },
      () => {},
    );
    try {
      return await promise;
    } finally {
      inTime.abort();
    }
  }

  function begin(question: Question): { readonly id: number; readonly asker: string } {
    // Not a question of an account: it reads one row for each key.
    const asker = question.kind === 'last-uses' ? `keys ${lastId}` : askerOf(question);
    if (asking.has(asker)) throw new UsageError('in_progress', 'another question is still being answered');
    if (asking.size >= options.questionsMax) throw unavailable();
    asking.add(asker);
    lastId += 1;
    return { id: lastId, asker };
  }

  async function ask(id: number, question: Question): Promise<unknown> {
    await options.flushLog?.();
    handOver();
    const deadlineMs = question.kind === 'last-uses' ? LAST_USES_DEADLINE_MS : options.deadlineMs;
    return converse(id, { kind: 'ask', id, nowMs: clock.nowMs(), question }, deadlineMs);
  }

  async function answer<T>(question: Question): Promise<T> {
    const { id, asker } = begin(question);
    try {
      return (await ask(id, question)) as T;
    } finally {
      asking.delete(asker);
    }
  }

  /** The first failure before any piece is the question's own; later ones end the file with a line that says so. */
  async function* write(question: Question): AsyncGenerator<string, void, undefined> {
    const { id, asker } = begin(question);
    let pieces = 0;
    try {
      for (;;) {
        const piece = pieces === 0 ? await ask(id, question) : await converse(id, { kind: 'next', id });
        if (typeof piece !== 'string') return;
        pieces += 1;
        yield piece;
      }
    } catch (error) {
      if (pieces === 0 || !(error instanceof UsageError)) throw error;
      const isJson = question.kind === 'ledger' && question.format === 'ndjson';
      yield isJson ? `${JSON.stringify({ error: error.message })}\n` : `# error: ${error.message}\n`;
    } finally {
      tell({ kind: 'cancel', id });
      asking.delete(asker);
    }
  }

  return {
    list: (filter, page) => answer<UsagePage>({ kind: 'list', filter, page }),
    aggregate(filter, timeZone) {
      if (timeZone === undefined || timeZone === projector.timeZone)
        return answer<readonly UsageDay[]>({ kind: 'days', filter });
      const { fromDay, toDay } = filter;
      if (fromDay === undefined || toDay === undefined)
        return Promise.reject(new TypeError('days of another time zone need a period'));
      return answer<readonly UsageDay[]>({
        kind: 'zone-days',
        filter: { ...filter, fromDay, toDay },
        timeZone,
      });
    },
    totals: (filter) => answer<UsageTotals>({ kind: 'totals', filter }),
    breakdown: (filter, sandbox) => answer<UsageBreakdown>({ kind: 'breakdown', filter, sandbox }),
    lastUses: (keys) => answer<ReadonlyMap<number, number>>({ kind: 'last-uses', keys }),
    export: (filter) => write({ kind: 'csv', filter }),
    entry: (scope, seq) => answer<LedgerEntry | undefined>({ kind: 'entry', scope, seq }),
    proof: (scope, seq) => answer<EntryProof | undefined>({ kind: 'proof', scope, seq }),
    state: () => answer<LedgerState>({ kind: 'ledger-state' }),
    fundsLeft: () => answer<AccountFunds>({ kind: 'funds-left' }),
    exportEntries: (period, format, names) => write({ kind: 'ledger', period, format, names }),
    noteLatency: latencies.note,
    async close() {
      closing.abort();
      handOver();
      tell({ kind: 'close' });
      await closed.promise;
      ended = true;
      await worker.terminate();
    },
  };
}

/** One question of each at a time: a list is no hindrance to a look at one of its entries. */
function askerOf(question: Question): string {
  if ('filter' in question) return `usage:${question.filter.account ?? 'all'}`;
  if ('scope' in question) return `entry:${question.scope.account ?? 'all'}`;
  return question.kind;
}

function unavailable(): UsageError {
  return new UsageError('unavailable', 'usage cannot be read at the moment');
}
