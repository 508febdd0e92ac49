// How fast notices go to each account's receiver: some at once while it takes them, one at a time and with growing pauses when
// it does not, and retries out of an hourly budget. In memory: after a restart every receiver is tried again.

import type { Random } from '../ports/random.ts';

export interface NoticePaceOptions {
  readonly random: Random;
  readonly atOncePerAccount: number;
  readonly retryBaseMs: number;
  readonly retryMaxMs: number;
  /** Of one account. */
  readonly retriesPerHour: number;
}

export interface NoticePace {
  mayStart(accountId: number, nowMs: number): boolean;
  begin(accountId: number): void;
  end(accountId: number, wasTaken: boolean, nowMs: number): void;
  /** When a notice that was tried so often is tried again. */
  retryAt(accountId: number, attempts: number, nowMs: number): number;
  /** Accounts of which none may start now. */
  held(nowMs: number): readonly number[];
}

interface Pace {
  running: number;
  /** In a row. */
  failures: number;
  pausedUntilMs: number;
  hour: number;
  retries: number;
}

const HOUR_MS = 3_600_000;
/** Single failures delay their notice only; then the receiver counts as down. */
const FAILURES_BEFORE_PAUSE = 3;

export function createNoticePace(options: NoticePaceOptions): NoticePace {
  const { random, atOncePerAccount, retryBaseMs, retryMaxMs, retriesPerHour } = options;
  const paces = new Map<number, Pace>();

  function paceOf(accountId: number): Pace {
    let pace = paces.get(accountId);
    if (pace === undefined) {
      pace = { running: 0, failures: 0, pausedUntilMs: 0, hour: 0, retries: 0 };
      paces.set(accountId, pace);
    }
    return pace;
  }

  /** Half of it is chance, so that what failed together does not come back together. */
  function spread(fullMs: number): number {
    return Math.round(fullMs / 2 + (fullMs / 2) * (random.bytes(4).readUInt32BE() / 2 ** 32));
  }

  function backOff(failures: number): number {
    return spread(Math.min(retryMaxMs, retryBaseMs * 2 ** (failures - 1)));
  }

  function isHeld({ running, failures, pausedUntilMs }: Pace, nowMs: number): boolean {
    return nowMs < pausedUntilMs || running >= (failures === 0 ? atOncePerAccount : 1);
  }

  return {
    mayStart: (accountId, nowMs) => {
      const pace = paces.get(accountId);
      return pace === undefined || !isHeld(pace, nowMs);
    },
    begin(accountId) {
      paceOf(accountId).running += 1;
    },
    end(accountId, wasTaken, nowMs) {
      const pace = paceOf(accountId);
      pace.running -= 1;
      if (wasTaken) {
        pace.failures = 0;
        pace.pausedUntilMs = 0;
        return;
      }
      pace.failures += 1;
      const beyond = pace.failures - FAILURES_BEFORE_PAUSE + 1;
      if (beyond > 0) pace.pausedUntilMs = nowMs + backOff(beyond);
    },
    retryAt(accountId, attempts, nowMs) {
      const pace = paceOf(accountId);
      const hour = Math.floor(nowMs / HOUR_MS);
      if (hour !== pace.hour) {
        pace.hour = hour;
        pace.retries = 0;
      }
      pace.retries += 1;
      const nextMs = nowMs + backOff(attempts);
      if (pace.retries <= retriesPerHour) return nextMs;
      return Math.max(nextMs, (hour + 1) * HOUR_MS + spread(retryBaseMs));
    },
    held(nowMs) {
      const held: number[] = [];
      for (const [accountId, pace] of paces) {
        if (isHeld(pace, nowMs)) held.push(accountId);
        else if (pace.running === 0 && pace.failures === 0 && pace.hour !== Math.floor(nowMs / HOUR_MS))
          paces.delete(accountId);
      }
      return held;
    },
  };
}
