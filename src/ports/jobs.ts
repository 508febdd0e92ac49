// Long works that an operator asks of a running server: each runs beside the calls, is watched and can be cancelled.

import type { Remark } from '../domain/remark.ts';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface JobProgress {
  /** What is being done, such as 'reading'. */
  readonly phase: string;
  /** In a unit of the phase's own. */
  readonly done: number;
  /** undefined where nobody knows yet. */
  readonly total: number | undefined;
}

/** Members of a plain JSON object. */
export type JobValues = Readonly<Record<string, unknown>>;

export interface Job {
  /** A UUID. */
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  /** As the audit log names who asked. */
  readonly startedBy: string;
  readonly createdMs: number;
  readonly endedMs: number | undefined;
  readonly progress: JobProgress | undefined;
  /** Of a job that is done. */
  readonly result: JobValues | undefined;
  /** Why it failed, for an operator; no personal data. */
  readonly error: string | undefined;
  /** The same, for readers of other languages. */
  readonly errorRemark: Remark | undefined;
}

export interface JobOrder {
  readonly kind: string;
  /** As the audit log names who asks. */
  readonly actor: string;
  /** What the kind's work needs; copied into its thread and shown to nobody. */
  readonly input?: JobValues;
  /** For the audit log: what was asked, without personal data. */
  readonly asked?: JobValues;
  /** Once, however the job ended, and before it is seen to have ended. */
  onEnd?(): void;
  /** Once the job is no longer listed, or the server stops. */
  onForgotten?(): void;
}

/** 'conflict': the message says which job is at work. 'unavailable': the server stops. */
export type JobErrorCode = 'conflict' | 'not_found' | 'unavailable';

export class JobError extends Error {
  readonly code: JobErrorCode;

  constructor(code: JobErrorCode, message: string) {
    super(message);
    this.name = 'JobError';
    this.code = code;
  }
}

export interface Jobs {
  /** The kinds that there are. */
  readonly kinds: readonly string[];
  /** In the audit log when it resolves. Throws JobError, conflict, while another one of the kind is queued or at work. */
  start(order: JobOrder): Promise<Job>;
  /** Newest first: all that are at work, and the last ones that ended. */
  list(kind?: string): readonly Job[];
  /** Throws JobError, not_found. */
  find(id: string): Job;
  /**
   * Asks the work to stop, and waits a moment for it: what is answered may still be running, or even be done, where it
   * could no longer be stopped. In the audit log. Throws JobError: not_found, or conflict when the job has ended.
   */
  cancel(actor: string, id: string): Promise<Job>;
}
