// What one kind of job is: a row of the table in kinds.ts. Its work runs in a thread of its own, where it may block.

import type { DataPaths } from '../../config/data-directory.ts';
import type { Configuration } from '../../config/options.ts';
import type { Remark } from '../../domain/remark.ts';
import type { Clock } from '../../ports/clock.ts';
import type { JobProgress, JobValues } from '../../ports/jobs.ts';
import type { Random } from '../../ports/random.ts';

/** What a work finds in its thread. */
export interface JobContext {
  readonly paths: DataPaths;
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  /** As the audit log names who asked. */
  readonly actor: string;
  /** Of the order. */
  readonly input: JobValues;
  /**
   * Says how far the work is, as often as it likes. Throws JobStopped once the job is cancelled or the server stops: let it
   * pass, and leave things as they were.
   */
  report(phase: string, done: number, total?: number): void;
}

export interface JobKind {
  /** Such as 'registry-import'. */
  readonly kind: string;
  /** In the audit log before the work begins; undefined where the work notes itself. */
  readonly act: string | undefined;
  /** Of the audit log. */
  readonly subject: string;
  /** In the audit log once the work is done, with what `of` takes from the result. */
  readonly doneAct?: { readonly act: string; of(result: JobValues): JobValues };
  /** Answers plain JSON. The message of an error that it throws is shown to the operator. */
  run(context: JobContext): JobValues | Promise<JobValues>;
}

/** The work was told to stop. */
export class JobStopped extends Error {}

export interface JobSetup {
  readonly kind: string;
  readonly input: JobValues;
  readonly actor: string;
  readonly paths: DataPaths;
  readonly configuration: Configuration;
  /** One Int32 that is no longer 0 when the work must stop. */
  readonly stop: SharedArrayBuffer;
}

export type FromJob =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'done'; readonly result: JobValues }
  | { readonly kind: 'stopped' }
  /** A defect's message is for the log only. */
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly remark?: Remark;
      readonly isDefect: boolean;
    };
