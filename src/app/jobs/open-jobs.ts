// The jobs of a running server: one of a kind at a time, a few at once, the others wait; kept in memory, the last ones
// that ended for a while.

import type { DataPaths } from '../../config/data-directory.ts';
import type { Configuration } from '../../config/options.ts';
import { remark } from '../../domain/remark.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Job, JobError, type JobOrder, type Jobs } from '../../ports/jobs.ts';
import type { Random } from '../../ports/random.ts';
import type { JobKind } from './kind.ts';
import { JOB_KINDS } from './kinds.ts';
import { type JobEnd, type RunningJob, runJob } from './run-job.ts';

export interface OpenJobsOptions {
  readonly paths: DataPaths;
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  noteAct(actor: string, act: string, subject: string, before: unknown, after: unknown): Promise<void>;
  /** What is for the log only. */
  onDefect(kind: string, reason: string): void;
}

export interface OpenJobs extends Jobs {
  /** Stops what is at work; may be called twice. */
  close(): Promise<void>;
}

interface Entry {
  job: Job;
  readonly row: JobKind;
  readonly order: JobOrder;
  running: RunningJob | undefined;
  /** The audit log has it: it may begin. */
  noted: boolean;
  readonly ended: PromiseWithResolvers<void>;
}

/** How long a cancelled work is waited for before the answer goes out, and a stopping server waits before it cuts off. */
const STOP_WITHIN_MS = 2000;
const DEFECT = 'an unexpected error: the log of the server says more';

export function openJobs(options: OpenJobsOptions): OpenJobs {
  const { paths, configuration, clock, random } = options;
  /** Oldest first. */
  const entries = new Map<string, Entry>();
  let closing = false;

  const isOver = ({ job }: Entry): boolean => job.endedMs !== undefined;

  function change(entry: Entry, changes: Partial<Job>): void {
    entry.job = { ...entry.job, ...changes };
  }

  function entryOf(id: string): Entry {
    const entry = entries.get(id);
    if (entry === undefined) throw new JobError('not_found', 'there is no such job');
    return entry;
  }

  function begin(entry: Entry): void {
    const { row, order } = entry;
    change(entry, { state: 'running' });
    const { actor, input = {} } = order;
    entry.running = runJob({ kind: row.kind, input, actor, paths, configuration }, (progress) =>
      change(entry, { progress }),
    );
    entry.running.ended.then((end) => finish(entry, end)).catch((error) => report(entry, error));
  }

  /** As many at once as may be, in the order in which they came. */
  function pump(): void {
    if (closing) return;
    const waiting = [...entries.values()].filter((entry) => entry.noted && entry.job.state === 'queued');
    for (const entry of waiting) {
      const running = [...entries.values()].filter(({ job }) => job.state === 'running');
      if (running.length >= configuration.jobsAtOnce) return;
      begin(entry);
    }
  }

  async function finish(entry: Entry, end: JobEnd): Promise<void> {
    const { row, order } = entry;
    order.onEnd?.();
    if (end.kind === 'done') {
      const { doneAct } = row;
      if (doneAct !== undefined)
        await options
          .noteAct(order.actor, doneAct.act, row.subject, null, doneAct.of(end.result))
          .catch((error) => report(entry, error));
      settle(entry, { state: 'done', result: end.result, progress: undefined });
    } else if (end.kind === 'stopped') settle(entry, { state: 'cancelled' });
    else {
      if (end.isDefect) report(entry, new Error(end.message));
      settle(entry, {
        state: 'failed',
        error: end.isDefect ? DEFECT : end.message,
        errorRemark: end.isDefect ? remark('defect') : end.remark,
      });
    }
  }

  function settle(entry: Entry, changes: Partial<Job>): void {
    change(entry, { ...changes, endedMs: clock.nowMs() });
    entry.running = undefined;
    entry.ended.resolve();
    const over = [...entries.values()].filter(isOver);
    for (const old of over.slice(0, Math.max(0, over.length - configuration.jobsKept))) forget(old);
    pump();
  }

  function forget(entry: Entry): void {
    entries.delete(entry.job.id);
    entry.order.onForgotten?.();
  }

  function report({ job }: Entry, error: unknown): void {
    options.onDefect(job.kind, error instanceof Error ? error.message : String(error));
  }

  /** Whether it ended in that time. */
  async function endsSoon(entry: Entry): Promise<boolean> {
    const waiting = new AbortController();
    const late = clock.sleep(STOP_WITHIN_MS, waiting.signal).then(
      () => false,
      () => true,
    );
    const inTime = await Promise.race([entry.ended.promise.then(() => true), late]);
    waiting.abort();
    return inTime;
  }

  async function start(order: JobOrder): Promise<Job> {
    if (closing) throw new JobError('unavailable', 'the server is stopping');
    const row = JOB_KINDS.find(({ kind }) => kind === order.kind);
    if (row === undefined) throw new TypeError(`there is no kind of job ${order.kind}`);
    const rival = [...entries.values()].find((entry) => entry.row === row && !isOver(entry))?.job;
    if (rival !== undefined)
      throw new JobError(
        'conflict',
        `${row.kind} is at work already: job ${rival.id} of ${rival.startedBy}.`,
      );
    const job: Job = {
      ...{ id: random.uuid(), kind: row.kind, state: 'queued', startedBy: order.actor },
      ...{ createdMs: clock.nowMs(), endedMs: undefined, progress: undefined },
      ...{ result: undefined, error: undefined, errorRemark: undefined },
    };
    const entry: Entry = {
      ...{ job, row, order, running: undefined, noted: false },
      ended: Promise.withResolvers<void>(),
    };
    // Its place is taken before the audit log is written, so that two at once are not both let in.
    entries.set(job.id, entry);
    try {
      if (row.act !== undefined)
        await options.noteAct(order.actor, row.act, row.subject, null, { ...order.asked, job: job.id });
    } catch (error) {
      entries.delete(job.id);
      throw error;
    }
    entry.noted = true;
    pump();
    return entry.job;
  }

  return {
    kinds: JOB_KINDS.map(({ kind }) => kind),
    start,
    list: (kind) =>
      [...entries.values()]
        .map(({ job }) => job)
        .filter((job) => kind === undefined || job.kind === kind)
        .reverse(),
    find: (id) => entryOf(id).job,
    async cancel(actor, id) {
      const entry = entryOf(id);
      const { kind } = entry.job;
      if (isOver(entry)) throw new JobError('conflict', `the job has ended: it is ${entry.job.state}.`);
      await options.noteAct(actor, 'job.cancel', kind, null, { job: id });
      if (entry.job.state === 'queued') await finish(entry, { kind: 'stopped' });
      entry.running?.stop();
      await endsSoon(entry);
      return entry.job;
    },
    async close() {
      closing = true;
      const left = [...entries.values()].filter((entry) => !isOver(entry));
      await Promise.all(
        left.map(async (entry) => {
          if (entry.running === undefined) return finish(entry, { kind: 'stopped' });
          entry.running.stop();
          if (await endsSoon(entry)) return;
          await entry.running?.terminate();
          await entry.ended.promise;
        }),
      );
      for (const entry of entries.values()) forget(entry);
    },
  };
}
