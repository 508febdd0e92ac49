// What guards count: sends and entered codes of one subject in one window, and how long a prefix is not served whose codes are
// not entered.

import type { CountedSend, NewCode, SendRules } from '../../../ports/code-store.ts';
import type { Guard } from '../../../ports/verifications.ts';
import type { Marks } from './marks.ts';

export interface GuardRefusal {
  readonly guard: Guard;
  readonly retryAfterMs: number;
}

export interface GuardWindows {
  /** The first guard that refuses, or undefined; counts nothing. */
  judge(code: NewCode): GuardRefusal | undefined;
  /** Counts a send for every guard. */
  count(code: NewCode): void;
  /** It was refused in the end. */
  uncount(code: CountedSend): void;
  countVerified(account: number, prefix: Uint8Array, nowMs: number): void;
}

interface Window {
  readonly startedMs: number;
  readonly sends: number;
  readonly verified: number;
  readonly trips: number;
  readonly blockedUntilMs: number;
}

const DAY_MS = 86_400_000;
const PREFIX = 'prefix';
const NOBODY = new Uint8Array(0);

export function createGuardWindows(marks: Marks, rules: SendRules): GuardWindows {
  const { windowMs, limits } = rules;

  function find(account: number, guard: string, subject: Uint8Array, nowMs: number): Window {
    const known = marks.find(account, subject, nameOf(guard)) as Window | undefined;
    const window = known ?? { startedMs: nowMs, sends: 0, verified: 0, trips: 0, blockedUntilMs: 0 };
    if (nowMs < window.startedMs + windowMs) return window;
    return { ...window, startedMs: nowMs, sends: 0, verified: 0, trips: stillTripped(window, nowMs) };
  }

  /** A prefix that behaves for as long again as it was blocked starts anew. */
  function stillTripped({ trips, blockedUntilMs }: Window, nowMs: number): number {
    return nowMs < blockedUntilMs + blockMs(trips) ? trips : 0;
  }

  function blockMs(trips: number): number {
    return Math.min(DAY_MS, rules.breakerBlockMs * 2 ** Math.min(20, Math.max(0, trips - 1)));
  }

  function put(account: number, guard: string, subject: Uint8Array, window: Window): void {
    // As long as the longest block is remembered, the next one is longer.
    const memoryMs = window.trips > 0 ? 2 * DAY_MS : 0;
    const untilMs = Math.max(window.startedMs + windowMs, window.blockedUntilMs) + memoryMs;
    marks.put(account, subject, nameOf(guard), window, untilMs);
  }

  function counted(code: CountedSend): [Guard, keyof SendRules['limits'], Uint8Array][] {
    const { kind, countryHash, addressHash, userHash, mailbox, prefix } = code;
    const all: [Guard, keyof SendRules['limits'], Uint8Array][] = [
      ['account', 'account', NOBODY],
      ['address', 'address', addressHash],
      ['recipient', 'recipient', mailbox],
    ];
    if (userHash !== undefined) all.push(['user', 'user', userHash]);
    // Domains of mailboxes are shared by too many to be counted like a number's prefix.
    if (kind === 'phone') all.push(['country_rate', 'country', countryHash], [PREFIX, 'prefix', prefix]);
    return all;
  }

  function judgeBreaker({ account, kind, prefix, nowMs }: NewCode): GuardRefusal | undefined {
    if (kind !== 'phone') return undefined;
    const window = find(account, PREFIX, prefix, nowMs);
    if (nowMs < window.blockedUntilMs)
      return { guard: 'breaker', retryAfterMs: window.blockedUntilMs - nowMs };
    const isIgnored =
      window.sends >= rules.breakerSends && window.verified * 100 < window.sends * rules.breakerMinPercent;
    if (!isIgnored) return undefined;
    const trips = window.trips + 1;
    const blockedUntilMs = nowMs + blockMs(trips);
    // After the block it is tried anew, from nothing.
    put(account, PREFIX, prefix, { startedMs: nowMs, sends: 0, verified: 0, trips, blockedUntilMs });
    return { guard: 'breaker', retryAfterMs: blockedUntilMs - nowMs };
  }

  return {
    judge(code) {
      const { account, nowMs } = code;
      const broken = judgeBreaker(code);
      if (broken !== undefined) return broken;
      for (const [guard, limit, subject] of counted(code)) {
        const { sends, startedMs } = find(account, guard, subject, nowMs);
        if (sends >= limits[limit]) return { guard, retryAfterMs: startedMs + windowMs - nowMs };
      }
      return undefined;
    },
    count(code) {
      const { account, nowMs } = code;
      for (const [guard, , subject] of counted(code)) {
        const window = find(account, guard, subject, nowMs);
        put(account, guard, subject, { ...window, sends: window.sends + 1 });
      }
    },
    uncount(code) {
      const { account, nowMs } = code;
      for (const [guard, , subject] of counted(code)) {
        const window = find(account, guard, subject, nowMs);
        if (window.sends > 0) put(account, guard, subject, { ...window, sends: window.sends - 1 });
      }
    },
    countVerified(account, prefix, nowMs) {
      const window = find(account, PREFIX, prefix, nowMs);
      if (window.sends > 0) put(account, PREFIX, prefix, { ...window, verified: window.verified + 1 });
    },
  };
}

function nameOf(guard: string): string {
  return `window:${guard}`;
}
