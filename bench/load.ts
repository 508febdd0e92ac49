// Drives one server: as fast as the connections allow (closed), or at a given rate with random arrivals (open), where
// a latency counts from the arrival, also while every connection is busy: a stalled server cannot hide its queue.

import { setTimeout as sleep } from 'node:timers/promises';
import { type HttpConnection, openConnection, type Verdict } from './http-connection.ts';
import { createLatencyHistogram, type LatencyHistogram } from './latency-histogram.ts';
import { createRequestPool, type Target } from './request-pool.ts';

export interface Job {
  readonly target: Target;
  readonly numbers: readonly string[];
  readonly connections: number;
  readonly warmUpSeconds: number;
  /** undefined = until it is told to stop. */
  readonly seconds?: number;
  /** Requests a second; undefined = as fast as possible. */
  readonly rate?: number;
}

export interface LoadResult {
  readonly answered: number;
  readonly known: number;
  readonly failed: number;
  readonly seconds: number;
  readonly rate: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
}

/** Arrivals that are later than this are not made up for. */
const LATE_MAX_MS = 3;
/** Longer than any bench, shorter than the longest timer. */
const FOREVER_SECONDS = 1_000_000;

interface Line {
  connection: HttpConnection;
  /** When the request in flight arrived, in milliseconds of performance.now(). */
  arrivedMs: number;
}

export interface Control {
  /** Ends a load before its time. */
  readonly stop?: AbortSignal;
  /** The warm-up is over: from now on answers count. */
  onCounting?(): void;
}

export async function runLoad(job: Job, control: Control = {}): Promise<LoadResult> {
  const pool = createRequestPool(job.target, job.numbers);
  // What making the requests left behind is collected now and not while latencies are measured.
  globalThis.gc?.();
  const idle: Line[] = [];
  const waiting: number[] = [];
  let histogram: LatencyHistogram = createLatencyHistogram();
  let counts = { answered: 0, known: 0, failed: 0 };
  let ended = false;
  const lost = Promise.withResolvers<never>();
  const timers = new AbortController();
  // Nobody waits for it when every connection holds.
  lost.promise.catch(() => {});

  const start = (line: Line, arrivedMs: number): void => {
    line.arrivedMs = arrivedMs;
    line.connection.send(pool.next());
  };
  const finish = (line: Line, verdict: Verdict): void => {
    const nowMs = performance.now();
    histogram.add((nowMs - line.arrivedMs) * 1000);
    counts.answered += 1;
    if (verdict === 'known') counts.known += 1;
    else if (verdict === 'failed') counts.failed += 1;
    if (ended) return;
    if (job.rate === undefined) start(line, nowMs);
    else {
      const arrivedMs = waiting.shift();
      if (arrivedMs === undefined) idle.push(line);
      else start(line, arrivedMs);
    }
  };

  const lines = await Promise.all(
    Array.from({ length: job.connections }, async () => {
      const line = {} as Line;
      line.connection = await openConnection(
        job.target.port,
        (verdict) => finish(line, verdict),
        (error) => lost.reject(error),
      );
      return line;
    }),
  );

  try {
    if (job.rate === undefined) for (const line of lines) start(line, performance.now());
    else {
      idle.push(...lines);
      pace(job.rate);
    }
    await Promise.race([pause(job.warmUpSeconds), lost.promise]);
    histogram = createLatencyHistogram();
    counts = { answered: 0, known: 0, failed: 0 };
    const startedMs = performance.now();
    control.onCounting?.();
    await Promise.race([pause(job.seconds ?? FOREVER_SECONDS), stopped(), lost.promise]);
    const seconds = (performance.now() - startedMs) / 1000;
    return {
      ...counts,
      seconds,
      rate: counts.answered / seconds,
      p50Us: histogram.quantileUs(0.5),
      p99Us: histogram.quantileUs(0.99),
      maxUs: histogram.maxUs(),
    };
  } finally {
    ended = true;
    timers.abort();
    for (const { connection } of lines) connection.close();
  }

  function pause(seconds: number): Promise<void> {
    const pausing = sleep(seconds * 1000, undefined, { signal: timers.signal });
    pausing.catch(() => {});
    return pausing;
  }

  function stopped(): Promise<void> {
    return new Promise((resolve) => {
      if (control.stop?.aborted === true) resolve();
      control.stop?.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /**
   * Poisson arrivals, given out together once a millisecond. When this process was held up, what it missed is left out:
   * sent as one burst it would measure the generator.
   */
  function pace(rate: number): void {
    let nextMs = performance.now();
    const tick = (): void => {
      if (ended) return;
      const nowMs = performance.now();
      nextMs = Math.max(nextMs, nowMs - LATE_MAX_MS);
      while (nextMs <= nowMs) {
        const line = idle.shift();
        if (line === undefined) waiting.push(nowMs);
        else start(line, nowMs);
        nextMs += (-Math.log(1 - Math.random()) / rate) * 1000;
      }
      setTimeout(tick, 1);
    };
    tick();
  }
}
