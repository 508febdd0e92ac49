// A clock that stands still until a test moves it on; sleepers wake in the order of their times.

import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/ports/clock.ts';

export interface SteppedClock extends Clock {
  /** Wakes whoever's time comes within so many milliseconds, and lets them go on before the next ones. */
  advance(ms: number): Promise<void>;
  /** Milliseconds until each who sleeps now wakes, shortest first. */
  sleeping(): readonly number[];
}

interface Sleeper {
  readonly wakesMs: number;
  readonly wake: () => void;
}

const TURNS = 5;

/** Lets everything go on that waits for no time. */
export async function settle(): Promise<void> {
  for (let at = 0; at < TURNS; at += 1) await turn();
}

export function createSteppedClock(startMs: number): SteppedClock {
  const sleepers = new Set<Sleeper>();
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason);
          return;
        }
        const sleeper = {
          wakesMs: nowMs + delayMs,
          wake() {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
    async advance(ms) {
      const endMs = nowMs + ms;
      await settle();
      for (;;) {
        const nextMs = Math.min(...[...sleepers].map(({ wakesMs }) => wakesMs));
        if (nextMs > endMs) break;
        nowMs = Math.max(nowMs, nextMs);
        for (const { wakesMs, wake } of [...sleepers]) if (wakesMs <= nowMs) wake();
        await settle();
      }
      nowMs = endMs;
    },
    sleeping: () => [...sleepers].map(({ wakesMs }) => wakesMs - nowMs).toSorted((a, b) => a - b),
  };
}
