// The asking side of the thread that reads lists from codes.db: so many questions at once, and all answered or refused.

import { Worker } from 'node:worker_threads';
import { Fault } from '../../../domain/fault.ts';
import type { CodeReads, FromReader, ReaderSetup, ToReader } from './codes-reader.ts';

export interface ReaderOptions extends ReaderSetup {
  /** Lists that may be asked for at once. */
  readonly readsMax: number;
  /** Told why a list could not be read. */
  readonly onError: (reason: string) => void;
}

export interface CodesReader {
  /** Rejects with Fault storage_unavailable. */
  read(name: keyof CodeReads, args: readonly unknown[]): Promise<unknown>;
  /** Answers what was asked before. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** For a file that exists. The thread begins with the first question: a start does not wait for it. */
export function createReader(options: ReaderOptions): CodesReader {
  let opened: Promise<CodesReader> | undefined;
  let asked = 0;
  let ended = false;

  return {
    async read(name, args) {
      if (ended || asked >= options.readsMax) throw new Fault('storage_unavailable');
      asked += 1;
      try {
        opened ??= openReader(options);
        const reader = await opened.catch(() => {
          // The next question tries again.
          opened = undefined;
          throw new Fault('storage_unavailable');
        });
        return await reader.read(name, args);
      } finally {
        asked -= 1;
      }
    },
    async close() {
      ended = true;
      const reader = await opened?.catch(() => undefined);
      await reader?.close();
    },
  };
}

/** Resolves when the file is open; rejects when it cannot be. */
async function openReader(options: ReaderOptions): Promise<CodesReader> {
  const worker = new Worker(new URL('codes-reader.ts', import.meta.url), {
    workerData: { path: options.path } satisfies ReaderSetup,
  });
  const waiting = new Map<number, Waiting>();
  const ready = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  let lastId = 0;
  let ended = false;

  function take(message: FromReader): void {
    if (message.kind === 'ready') ready.resolve();
    else if (message.kind === 'closed') closed.resolve();
    else {
      const waiter = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.kind === 'done') waiter?.resolve(message.value);
      else {
        options.onError(message.error);
        waiter?.reject(new Fault('storage_unavailable'));
      }
    }
  }
  worker.on('message', take);
  worker.on('error', (error) => {
    const reason = error instanceof Error ? error : new Error(String(error));
    ready.reject(reason);
    options.onError(reason.message);
  });
  worker.on('exit', () => {
    ended = true;
    ready.reject(new Error('the thread that reads lists ended'));
    for (const { reject } of waiting.values()) reject(new Fault('storage_unavailable'));
    waiting.clear();
    closed.resolve();
  });
  await ready.promise;

  return {
    read(name, args) {
      if (ended) return Promise.reject(new Fault('storage_unavailable'));
      lastId += 1;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      waiting.set(lastId, { resolve, reject });
      worker.postMessage({ kind: 'read', read: { id: lastId, name, args } } satisfies ToReader);
      return promise;
    },
    async close() {
      if (!ended) {
        ended = true;
        worker.postMessage({ kind: 'close' } satisfies ToReader);
      }
      await closed.promise;
      await worker.terminate();
    },
  };
}
