// The thread of one job: does its work below the calls in priority, and says how far it is and how it ended.

import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { remarkOf } from '../../domain/remark.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { systemRandom } from '../../runtime/system-random.ts';
import { nameDamagedFile } from '../damaged-file.ts';
import { nameUnusableDirectory } from '../unusable-directory.ts';
import { type FromJob, type JobSetup, JobStopped } from './kind.ts';
import { JOB_KINDS } from './kinds.ts';

/** As the command line's import has. Linux lets a thread be nice by itself; its own threads are as nice. */
const NICE = 5;
const REPORT_EVERY_MS = 100;
/** What only a mistake in the program throws. */
const DEFECTS = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'AssertionError']);

async function work({ kind, stop, ...setup }: JobSetup): Promise<void> {
  if (process.platform === 'linux') setPriority(0, NICE);
  const stopFlag = new Int32Array(stop);
  let lastPhase = '';
  let lastMs = 0;

  function report(phase: string, done: number, total?: number): void {
    if (Atomics.load(stopFlag, 0) !== 0) throw new JobStopped('stopped');
    const nowMs = systemClock.nowMs();
    if (phase === lastPhase && nowMs - lastMs < REPORT_EVERY_MS) return;
    lastPhase = phase;
    lastMs = nowMs;
    tell({ kind: 'progress', progress: { phase, done, total } });
  }

  try {
    const row = JOB_KINDS.find((one) => one.kind === kind);
    if (row === undefined) throw new TypeError(`there is no kind of job ${kind}`);
    const result = await row.run({ ...setup, clock: systemClock, random: systemRandom, report });
    tell({ kind: 'done', result });
  } catch (thrown) {
    tell(thrown instanceof JobStopped ? { kind: 'stopped' } : failureOf(thrown, setup));
  }
}

function failureOf(thrown: unknown, { paths }: Pick<JobSetup, 'paths'>): FromJob {
  const named = nameUnusableDirectory(nameDamagedFile(thrown, paths), paths);
  const error = named instanceof Error ? named : new Error(String(named));
  const said = remarkOf(error);
  return {
    ...{ kind: 'failed', message: error.message, isDefect: DEFECTS.has(error.name) },
    ...(said === undefined ? {} : { remark: said }),
  };
}

function tell(message: FromJob): void {
  parentPort?.postMessage(message);
}

void work(workerData as JobSetup);
