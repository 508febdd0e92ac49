// The thread that keeps usage.db up to date and answers questions about it. Everything is done in short steps, and
// messages are read between them, so that many questions run side by side and each can be given up.

import { setPriority } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createCalendar } from '../../../domain/calendar-date.ts';
import { UsageError } from '../../../ports/usage.ts';
import { answerBreakdown, answerLastUses } from './answer-breakdown.ts';
import { answerDays, answerDaysOfZone, answerTotals } from './answer-days.ts';
import { answerEntry, writeLedger } from './answer-ledger.ts';
import { answerList } from './answer-list.ts';
import { keepLatencies } from './keep-latencies.ts';
import type { LatencyRow } from './latency-book.ts';
import type { FromUsageThread, Question, ToUsageThread, UsageSetup } from './messages.ts';
import { createProjector, type Projector } from './project.ts';
import { openUsageFile } from './schema.ts';
import { writeCsv } from './write-csv.ts';

/** Linux lets a thread be nice by itself; elsewhere it would slow the whole process. */
const NICE = 19;
/** Rows that came since the last time, above which the processor and the disk belong to the calls. */
const BUSY_ROWS = 250;

const OF_LEDGER: ReadonlySet<Question['kind']> = new Set([
  ...(['entry', 'proof', 'ledger-state', 'funds-left', 'ledger'] as const),
]);

type PiecesQuestion = Extract<Question, { kind: 'csv' | 'ledger' }>;

function runUsageThread({ usagePath, projector: options, csv, ledger }: UsageSetup): void {
  if (process.platform === 'linux') setPriority(0, NICE);
  let opened:
    | { readonly database: ReturnType<typeof openUsageFile>; readonly projector: Projector }
    | undefined;
  /** Questions that nobody has given up. */
  const wanted = new Set<number>();
  const dateOf = createCalendar(options.timeZone);
  const pieces = new Map<number, Generator<string, void, undefined>>();
  let seenRows = 0;
  let closing = false;

  /** At the first use and after a failure: a disk that was full may have room again. */
  function open() {
    if (opened !== undefined) return opened;
    const database = openUsageFile(usagePath);
    opened = { database, projector: createProjector(database, options) };
    return opened;
  }

  function closeFiles(): void {
    opened?.projector.close();
    opened?.database.close();
    opened = undefined;
  }

  function tell(message: FromUsageThread): void {
    parentPort?.postMessage(message);
  }

  /** One step at a time: projecting fast fills the disk's queue, and live calls wait for the disk. */
  function project(nowMs: number): void {
    try {
      const { projector } = open();
      const { seq, number } = projector.sourceEnd();
      const isBusy = seq + number - seenRows > BUSY_ROWS;
      seenRows = seq + number;
      if (!isBusy) projector.step(nowMs);
    } catch (error) {
      closeFiles();
      if (!closing) tell({ kind: 'failed', message: textOf(error) });
    }
    tell({ kind: 'projected' });
  }

  /** A measurement: what cannot be written is let go. */
  function keep(nowMs: number, rows: readonly LatencyRow[]): void {
    try {
      keepLatencies(open().database, dateOf(nowMs), dateOf(nowMs - options.keepMs), rows);
    } catch (error) {
      closeFiles();
      tell({ kind: 'failed', message: textOf(error) });
    }
  }

  /** What was answered before the question was asked, and not what is being answered since: that may never end. */
  async function catchUp(id: number, nowMs: number): Promise<void> {
    const { projector } = open();
    const end = projector.sourceEnd();
    while (wanted.has(id) && !projector.hasReached(end)) {
      projector.step(nowMs);
      await turn();
    }
  }

  async function ask(id: number, nowMs: number, question: Question): Promise<void> {
    wanted.add(id);
    try {
      if (!asksLedger(question)) await catchUp(id, nowMs);
      if (!wanted.has(id)) return;
      if (question.kind === 'csv' || question.kind === 'ledger') {
        pieces.set(id, piecesOf(question));
        await nextPiece(id);
        return;
      }
      const steps = answerOf(question);
      for (let step = steps.next(); wanted.has(id); step = steps.next()) {
        if (step.done === true) {
          tell({ kind: 'answer', id, value: step.value });
          break;
        }
        await turn();
      }
      steps.return(undefined);
    } catch (error) {
      refuse(id, error);
    }
    if (!pieces.has(id)) wanted.delete(id);
  }

  function piecesOf(question: PiecesQuestion): Generator<string, void, undefined> {
    if (question.kind === 'ledger') return writeLedger(ledger, question);
    return writeCsv(open().database, question.filter, csv);
  }

  function answerOf(question: Exclude<Question, PiecesQuestion>): Generator<void, unknown, undefined> {
    switch (question.kind) {
      case 'entry':
      case 'proof':
      case 'ledger-state':
      case 'funds-left':
        return answerEntry(ledger, question);
    }
    const { database } = open();
    switch (question.kind) {
      case 'list':
        return answerList(database, question.filter, question.page);
      case 'days':
        return answerDays(database, question.filter);
      case 'zone-days':
        return answerDaysOfZone(database, question.filter, question.timeZone);
      case 'totals':
        return answerTotals(database, question.filter);
      case 'breakdown':
        return answerBreakdown(database, question.filter, question.sandbox);
      case 'last-uses':
        return answerLastUses(database, question.keys);
    }
  }

  async function nextPiece(id: number): Promise<void> {
    const steps = pieces.get(id);
    if (steps === undefined) return;
    try {
      while (wanted.has(id)) {
        const { done, value } = steps.next();
        if (done === true) end(id);
        if (done === true || value !== '') {
          tell({ kind: 'answer', id, value: value ?? undefined });
          return;
        }
        await turn();
      }
    } catch (error) {
      end(id);
      refuse(id, error);
    }
  }

  function end(id: number): void {
    wanted.delete(id);
    // What a text was read from is closed with it.
    pieces.get(id)?.return(undefined);
    pieces.delete(id);
  }

  function refuse(id: number, error: unknown): void {
    const known = error instanceof UsageError;
    if (!known) closeFiles();
    tell({
      kind: 'refused',
      id,
      problem: known ? error.problem : 'unavailable',
      message: known ? error.message : 'usage cannot be read at the moment',
      availableFromMs: known ? error.availableFromMs : undefined,
    });
    if (!known) tell({ kind: 'failed', message: textOf(error) });
  }

  parentPort?.on('message', (message: ToUsageThread) => {
    if (message.kind === 'project') project(message.nowMs);
    else if (message.kind === 'latencies') keep(message.nowMs, message.rows);
    else if (message.kind === 'ask') void ask(message.id, message.nowMs, message.question);
    else if (message.kind === 'next') void nextPiece(message.id);
    else if (message.kind === 'cancel') end(message.id);
    else {
      closing = true;
      wanted.clear();
      for (const text of pieces.values()) text.return(undefined);
      pieces.clear();
      closeFiles();
      tell({ kind: 'closed' });
      parentPort?.close();
    }
  });
}

/** Those of usage.db are answered once it has what was answered before; the ledger itself always has. */
function asksLedger({ kind }: Question): boolean {
  return OF_LEDGER.has(kind);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

runUsageThread(workerData as UsageSetup);
