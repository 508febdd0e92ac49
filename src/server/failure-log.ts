// Failures that repeat with every call while their cause lasts: the first of a kind is logged at once, then one in a while
// with how many were left out. What each call met is in the metrics.

import type { Clock } from '../ports/clock.ts';
import type { Log } from './log.ts';

export interface FailureLogOptions {
  readonly log: Pick<Log, 'error'>;
  readonly clock: Clock;
  readonly everyMs: number;
}

export interface FailureLog {
  /** `what` is one of our own sentences, so that there are few kinds. */
  report(what: string, fields: Readonly<Record<string, unknown>>): void;
}

interface Reported {
  readonly atMs: number;
  leftOut: number;
}

export function createFailureLog({ log, clock, everyMs }: FailureLogOptions): FailureLog {
  const reported = new Map<string, Reported>();
  return {
    report(what, fields) {
      const nowMs = clock.nowMs();
      const last = reported.get(what);
      // A clock set back must not silence anything.
      if (last !== undefined && nowMs >= last.atMs && nowMs - last.atMs < everyMs) {
        last.leftOut += 1;
        return;
      }
      const leftOut = last?.leftOut ?? 0;
      reported.set(what, { atMs: nowMs, leftOut: 0 });
      log.error(leftOut === 0 ? fields : { ...fields, leftOut }, what);
    },
  };
}
