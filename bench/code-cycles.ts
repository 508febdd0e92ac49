// Drives one server through cycles, so many in flight: a code is asked for, arrives at the sink, and is entered. Each cycle has a
// number of its own.

import { setTimeout as sleep } from 'node:timers/promises';
import type { CodeSink } from './code-sink.ts';
import { type CodeTarget, createCodeWire } from './code-wires.ts';
import { openJsonConnection } from './json-connection.ts';
import { createLatencyHistogram } from './latency-histogram.ts';

export interface CycleJob {
  readonly target: CodeTarget;
  readonly inFlight: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

export interface CycleResult {
  readonly cycles: number;
  readonly seconds: number;
  /** Cycles a second. */
  readonly rate: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
}

const SILENCE_MAX_MS = 5000;
let lastNumber = 0;

function nextNumber(): string {
  lastNumber += 1;
  return `+86138${String(lastNumber).padStart(8, '0')}`;
}

/** Rejects when a cycle goes wrong or a message does not come. */
export async function runCycles(job: CycleJob, sink: CodeSink): Promise<CycleResult> {
  const wire = createCodeWire(job.target);
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  const ending = new AbortController();
  let histogram = createLatencyHistogram();
  let ended = false;
  let lastMs = performance.now();

  const work = async (): Promise<void> => {
    const connection = await openJsonConnection(job.target.port);
    try {
      while (!ended) {
        const startedMs = performance.now();
        const to = nextNumber();
        const arriving = sink.expect(to);
        const answer = await connection.send(wire.send(to));
        const sent = wire.readSent(answer);
        if (sent === undefined) throw new Error(`not sent: ${answer.status} ${answer.body}`);
        const code = await Promise.race([arriving, failed.promise]);
        const checked = await connection.send(wire.check(to, sent, code));
        if (!wire.isVerified(checked)) throw new Error(`not verified: ${checked.status} ${checked.body}`);
        lastMs = performance.now();
        histogram.add((lastMs - startedMs) * 1000);
      }
    } finally {
      connection.close();
    }
  };
  const lines = Array.from({ length: job.inFlight }, work);
  for (const line of lines) line.catch(failed.reject);
  const watch = setInterval(() => {
    if (performance.now() - lastMs > SILENCE_MAX_MS)
      failed.reject(new Error('no cycle has ended for too long'));
  }, 1000);
  const pause = (seconds: number): Promise<void> =>
    Promise.race([sleep(seconds * 1000, undefined, { signal: ending.signal }), failed.promise]);
  try {
    await pause(job.warmUpSeconds);
    histogram = createLatencyHistogram();
    const startedMs = performance.now();
    await pause(job.seconds);
    const seconds = (performance.now() - startedMs) / 1000;
    const measured = histogram;
    const cycles = measured.count();
    return {
      ...{ cycles, seconds, rate: cycles / seconds },
      p50Us: measured.quantileUs(0.5),
      p99Us: measured.quantileUs(0.99),
      maxUs: measured.maxUs(),
    };
  } finally {
    ended = true;
    clearInterval(watch);
    // What is in flight ends before the next job begins.
    await Promise.race([
      Promise.allSettled(lines),
      sleep(SILENCE_MAX_MS, undefined, { signal: ending.signal }),
    ]);
    ending.abort();
  }
}
