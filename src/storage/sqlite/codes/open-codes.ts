// codes.db behind its port: operations go to the thread that owns the file, those of one turn together; lists are read by another.

import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { Fault } from '../../../domain/fault.ts';
import type { CodeStore, SendRules } from '../../../ports/code-store.ts';
import { createPlaces } from '../../../ports/places.ts';
import type { CheckedCode, VerifiedCode } from '../../../ports/verifications.ts';
import type { CodeSteps } from './books.ts';
import type { CodeReads } from './codes-reader.ts';
import type { CodesSetup, FromCodes, Operation, ToCodes } from './codes-worker.ts';
import { createReader } from './open-reader.ts';

export interface CodesOptions {
  readonly path: string;
  readonly rules: SendRules;
  /** 32 bytes: codes are hashed under it. */
  readonly codeKey: Uint8Array;
  /** Operations that may wait at once; beyond them nothing new is begun. */
  readonly queueMax: number;
  /** Lists that may be read at once. */
  readonly readsMax: number;
  /** Told why the file could not be read or written. */
  readonly onError: (reason: string) => void;
  /** Told when there are new notices. */
  readonly onNoted?: () => void;
  /** Told how many notices the queues of their accounts had no room for. */
  readonly onNoticesDropped?: (count: number) => void;
}

interface Waiting {
  /** Told before it is on disk. */
  readonly onVerified: ((code: VerifiedCode) => void) | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const NAMES = [
  ...(['hold', 'refuse', 'drop', 'check', 'deliver', 'receive', 'waiting', 'markResent'] as const),
  ...(['sweep', 'find', 'removeContact'] as const),
  ...(['settings', 'putSettings', 'templates', 'putTemplate', 'removeTemplate', 'statistics'] as const),
  ...(['webhook', 'putWebhook', 'disableWebhook', 'removeWebhook'] as const),
  ...(['dueNotices', 'noticeDone', 'retryNoticeLater', 'dropExpiredNotices'] as const),
] satisfies (keyof CodeSteps)[];

const READS = ['list', 'contacts', 'refusals', 'refusalSums'] as const satisfies (keyof CodeReads)[];

/** What ends something that was begun, of which there is never more than was let in. */
const ENDS: ReadonlySet<keyof CodeSteps> = new Set([
  ...(['drop', 'deliver', 'markResent', 'noticeDone', 'retryNoticeLater'] as const),
]);

/** What nobody waits for goes with what somebody waits for, so that it costs no commit of its own; alone it waits this long. */
const LAZY: ReadonlySet<keyof CodeSteps> = new Set(['deliver']);
const LAZY_MS = 10;

/** Resolves when the file is open; rejects when it cannot be. */
export async function openCodes(options: CodesOptions): Promise<CodeStore> {
  const { port1: port, port2 } = new MessageChannel();
  const setup: CodesSetup = {
    port: port2,
    path: options.path,
    rules: options.rules,
    codeKey: new Uint8Array(options.codeKey),
  };
  const worker = new Worker(new URL('codes-worker.ts', import.meta.url), {
    workerData: setup,
    transferList: [port2],
  });
  const waiting = createPlaces<Waiting>();
  const ready = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  let batch: Operation[] = [];
  let isFlushing = false;
  let later: NodeJS.Timeout | undefined;
  let ended = false;

  function schedule(isLazy: boolean): void {
    if (isLazy && batch.length === 0) later = setTimeout(flush, LAZY_MS);
    if (isLazy || isFlushing) return;
    isFlushing = true;
    // After what else this turn brings.
    setImmediate(flush);
  }

  function flush(): void {
    clearTimeout(later);
    isFlushing = false;
    if (batch.length === 0) return;
    const operations = batch;
    batch = [];
    port.postMessage({ kind: 'do', operations } satisfies ToCodes);
  }

  function perform(
    name: keyof CodeSteps,
    args: readonly unknown[],
    onVerified?: (code: VerifiedCode) => void,
  ): Promise<unknown> {
    const isFull = waiting.size >= options.queueMax && !ENDS.has(name);
    if (ended || isFull) return Promise.reject(new Fault('storage_unavailable'));
    const own = args.map(withOwnBytes);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const id = waiting.put({ onVerified, resolve, reject });
    schedule(LAZY.has(name));
    batch.push({ id, name, args: own, isAwaited: onVerified !== undefined });
    return promise;
  }

  function take(message: FromCodes): void {
    if (message.kind === 'ready') ready.resolve();
    else if (message.kind === 'closed') closed.resolve();
    else if (message.kind === 'verified')
      for (const { id, value } of message.results) waiting.at(id)?.onVerified?.(value as VerifiedCode);
    else {
      const { isAny, dropped } = message.noted;
      if (isAny) options.onNoted?.();
      if (dropped > 0) options.onNoticesDropped?.(dropped);
      for (const { id, value, error } of message.results) {
        const waiter = waiting.take(id);
        if (error === undefined) waiter?.resolve(value);
        else {
          options.onError(error);
          waiter?.reject(new Fault('storage_unavailable'));
        }
      }
    }
  }
  port.on('message', take);
  worker.on('error', (error) => {
    const reason = error instanceof Error ? error : new Error(String(error));
    ready.reject(reason);
    options.onError(reason.message);
  });
  worker.on('exit', () => {
    ended = true;
    // What it said last may not have been read yet.
    for (let left = receiveMessageOnPort(port); left !== undefined; left = receiveMessageOnPort(port))
      take(left.message as FromCodes);
    for (const { reject } of waiting.all()) reject(new Fault('storage_unavailable'));
    port.close();
    closed.resolve();
  });
  await ready.promise;
  const reader = createReader(options);

  const operations = Object.fromEntries([
    ...NAMES.map((name) => [name, (...args: readonly unknown[]) => perform(name, args)] as const),
    ...READS.map((name) => [name, (...args: readonly unknown[]) => reader.read(name, args)] as const),
  ]) as unknown as Omit<CodeStore, 'close'>;
  return {
    ...operations,
    check: (check, onVerified) => perform('check', [check], onVerified) as Promise<CheckedCode>,
    async close() {
      // Before the writer, which folds the log back into the file when it is the last to leave.
      const readerClosed = reader.close();
      if (!ended) {
        flush();
        ended = true;
        await readerClosed;
        port.postMessage({ kind: 'close' } satisfies ToCodes);
      }
      await Promise.all([readerClosed, closed.promise]);
      await worker.terminate();
    },
  };
}

/** A small Buffer is a piece of a large one, which would travel as a whole. */
function withOwnBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const own: Record<string, unknown> = { ...value };
  for (const name in own) if (typeof own[name] === 'object') own[name] = withOwnBytes(own[name]);
  return own;
}
