// The parsing threads of one import as a pool: each holds at most a few blocks, whoever reads the file waits for room.

import { Worker } from 'node:worker_threads';
import type { FromParser, ParserSetup, ToParser } from './import-messages.ts';
import type { Run } from './run-files.ts';

const BLOCKS_PER_THREAD = 2;
// Short-lived strings are nearly all that a thread makes: a small young generation keeps the process small.
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 };
const THREAD_FILE = import.meta.url.endsWith('.ts') ? './parse-worker.ts' : './parse-worker.js';

export interface ParsingThreadsOptions {
  readonly threads: number;
  readonly setup: Omit<ParserSetup, 'prefix'>;
  onParsed(parsed: Extract<FromParser, { kind: 'parsed' }>): void;
}

export interface ParsingThreads {
  /** Takes the buffer over. Resolves when another block may come. */
  parse(bytes: ArrayBuffer, firstLine: number): Promise<void>;
  finish(): Promise<Run[]>;
  /** Ends the threads at once. */
  stop(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  waiting: number;
  finished: Extract<FromParser, { kind: 'finished' }> | undefined;
}

export function startParsingThreads(options: ParsingThreadsOptions): ParsingThreads {
  let failure: Error | undefined;
  let wake: (() => void) | undefined;

  function notify(): void {
    wake?.();
    wake = undefined;
  }

  const threads = Array.from({ length: options.threads }, (_, index): Thread => {
    const workerData: ParserSetup = { ...options.setup, prefix: `thread-${index}-` };
    const worker = new Worker(new URL(THREAD_FILE, import.meta.url), { workerData, resourceLimits: LIMITS });
    const thread: Thread = { worker, waiting: 0, finished: undefined };
    worker.on('message', (message: FromParser) => {
      if (message.kind === 'finished') thread.finished = message;
      else {
        thread.waiting -= 1;
        options.onParsed(message);
      }
      notify();
    });
    worker.on('error', (error) => {
      failure ??= error instanceof Error ? error : new Error(String(error));
      notify();
    });
    worker.on('exit', () => {
      if (thread.finished === undefined) failure ??= new Error('a parsing thread ended early');
      notify();
    });
    return thread;
  });

  async function until(done: () => boolean): Promise<void> {
    while (failure === undefined && !done()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (failure !== undefined) throw failure;
  }

  const leastBusy = (): Thread | undefined => [...threads].sort((a, b) => a.waiting - b.waiting)[0];
  const post = (thread: Thread | undefined, message: ToParser, transfer: ArrayBuffer[] = []): void =>
    thread?.worker.postMessage(message, transfer);

  return {
    async parse(bytes, firstLine) {
      const thread = leastBusy();
      if (thread !== undefined) thread.waiting += 1;
      post(thread, { kind: 'block', bytes, firstLine }, [bytes]);
      await until(() => (leastBusy()?.waiting ?? 0) < BLOCKS_PER_THREAD);
    },
    async finish() {
      for (const thread of threads) post(thread, { kind: 'finish' });
      await until(() => threads.every((thread) => thread.finished !== undefined));
      return threads.flatMap(({ finished }) =>
        (finished?.runs ?? []).map((path) => ({ path, carriers: finished?.carriers ?? [] })),
      );
    },
    async stop() {
      failure ??= new Error('the import was stopped');
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
