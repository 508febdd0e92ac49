// One job at work, seen from the server: its thread, what it says of itself, and how it is stopped.

import { Worker } from 'node:worker_threads';
import type { Remark } from '../../domain/remark.ts';
import type { JobProgress, JobValues } from '../../ports/jobs.ts';
import type { FromJob, JobSetup } from './kind.ts';

export type JobEnd =
  | { readonly kind: 'done'; readonly result: JobValues }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly remark?: Remark;
      readonly isDefect: boolean;
    };

export interface RunningJob {
  /** Resolves when the thread has ended; never rejects. */
  readonly ended: Promise<JobEnd>;
  /** Asks the work to stop where it can leave things as they were. */
  stop(): void;
  /** Ends the thread wherever it is. */
  terminate(): Promise<void>;
}

export function runJob(
  setup: Omit<JobSetup, 'stop'>,
  onProgress: (progress: JobProgress) => void,
): RunningJob {
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const worker = new Worker(new URL('job-worker.ts', import.meta.url), {
    workerData: { ...setup, stop } satisfies JobSetup,
  });
  const ended = Promise.withResolvers<JobEnd>();
  let end: JobEnd | undefined;
  let terminated = false;
  worker.on('message', (message: FromJob) => {
    if (message.kind === 'progress') onProgress(message.progress);
    else end = message;
  });
  worker.on('error', (error) => {
    const message = error instanceof Error ? error.message : String(error);
    end ??= { kind: 'failed', message, isDefect: true };
  });
  worker.on('exit', (code) => {
    const early = { kind: 'failed', message: `the thread ended with ${code}`, isDefect: true } as const;
    ended.resolve(end ?? (terminated ? { kind: 'stopped' } : early));
  });
  return {
    ended: ended.promise,
    stop() {
      Atomics.store(new Int32Array(stop), 0, 1);
    },
    async terminate() {
      terminated = true;
      await worker.terminate();
    },
  };
}
