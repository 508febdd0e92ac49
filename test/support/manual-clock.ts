// A clock that stands still until the test moves it; sleepers wake in the order of their times.

import type { Clock } from '../../src/ports/clock.ts';
import { NOW_MS } from './accounts.ts';

export interface ManualClock extends Clock {
  /** Delays of those who sleep now, as they asked for them. */
  delays(): readonly number[];
  /** Resolves when somebody sleeps for exactly that long; at once where somebody does. */
  whenAsleep(delayMs: number): Promise<void>;
  advance(byMs: number): void;
}

interface Sleeper {
  readonly delayMs: number;
  readonly wakeMs: number;
  readonly wake: () => void;
}

export function createManualClock(): ManualClock {
  let nowMs = NOW_MS;
  const sleepers = new Set<Sleeper>();
  const watchers = new Set<{ readonly delayMs: number; readonly tell: () => void }>();

  return {
    nowMs: () => nowMs,
    sleep(delayMs, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(new Error('aborted'));
        const sleeper = { delayMs, wakeMs: nowMs + delayMs, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(new Error('aborted'));
        });
        for (const watcher of watchers) {
          if (watcher.delayMs !== delayMs) continue;
          watchers.delete(watcher);
          watcher.tell();
        }
      });
    },
    delays: () => [...sleepers].map(({ delayMs }) => delayMs),
    whenAsleep(delayMs) {
      if ([...sleepers].some((sleeper) => sleeper.delayMs === delayMs)) return Promise.resolve();
      return new Promise((tell) => watchers.add({ delayMs, tell }));
    },
    advance(byMs) {
      nowMs += byMs;
      const due = [...sleepers].filter(({ wakeMs }) => wakeMs <= nowMs);
      for (const sleeper of due.sort((a, b) => a.wakeMs - b.wakeMs)) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
  };
}
