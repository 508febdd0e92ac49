// What guards count: sends to one subject in one window. What the breaker knows of a prefix lies with its window, since each send
// would write two.

import type { CountedSend, NewCode, SendRules } from '../../../ports/code-store.ts';
import type { Guard } from '../../../ports/verifications.ts';
import { type BreakerState, createConversionBreaker } from './conversion-breaker.ts';
import type { Marks } from './marks.ts';

export interface GuardRefusal {
  readonly guard: Exclude<Guard, 'dead_line'>;
  readonly retryAfterMs: number;
}

export interface GuardWindows {
  /** The first guard that refuses, or undefined; counts nothing. */
  judge(code: NewCode): GuardRefusal | undefined;
  /** Counts a send for every guard that counts. */
  count(code: NewCode): void;
  /** Counts what nothing is sent for, though it was asked: of nobody's codes, and not against the recipient. */
  countUnsent(code: NewCode): void;
  /** It was refused in the end. */
  uncount(code: CountedSend): void;
  countVerified(
    account: number,
    prefix: Uint8Array,
    times: { readonly sentMs: number; readonly nowMs: number },
  ): void;
}

interface Window {
  readonly startedMs: number;
  readonly sends: number;
  /** Of prefixes. */
  readonly breaker?: BreakerState;
}

const PREFIX = 'prefix';
const TOTAL = 'recipient_total';
const NOBODY = new Uint8Array(0);
/** What is counted over all accounts. */
const ALL_ACCOUNTS = 0;

interface Counted {
  readonly guard: GuardRefusal['guard'];
  readonly limit: keyof SendRules['limits'];
  readonly account: number;
  readonly subject: Uint8Array;
}

export function createGuardWindows(marks: Marks, rules: SendRules): GuardWindows {
  const { windowMs, limits } = rules;
  // A share of nothing never breaks: then nothing is kept for it.
  const breaker = rules.breakerMinPercent > 0 ? createConversionBreaker(rules) : undefined;

  function find(account: number, guard: string, subject: Uint8Array, nowMs: number): Window {
    const window = marks.find(account, subject, nameOf(guard)) as Window | undefined;
    if (window === undefined) return { startedMs: nowMs, sends: 0 };
    return nowMs < window.startedMs + windowMs ? window : { ...window, startedMs: nowMs, sends: 0 };
  }

  function put(account: number, guard: string, subject: Uint8Array, window: Window): void {
    const endsMs = window.startedMs + windowMs;
    const breakerEndsMs = window.breaker === undefined ? 0 : (breaker?.endsMs(window.breaker) ?? 0);
    marks.put(account, subject, nameOf(guard), window, Math.max(endsMs, breakerEndsMs));
  }

  function counted(code: CountedSend): Counted[] {
    const { account, kind, countryHash, addressHash, userHash, mailbox, sharedMailbox, prefix } = code;
    const all: Counted[] = [
      { guard: 'account', limit: 'account', account, subject: NOBODY },
      { guard: 'address', limit: 'address', account, subject: addressHash },
      { guard: 'recipient', limit: 'recipient', account, subject: mailbox },
      { guard: TOTAL, limit: 'recipientTotal', account: ALL_ACCOUNTS, subject: sharedMailbox },
    ];
    if (userHash !== undefined) all.push({ guard: 'user', limit: 'user', account, subject: userHash });
    // Domains of mailboxes are shared by too many to be counted like a number's prefix.
    if (kind === 'phone')
      all.push(
        { guard: 'country_rate', limit: 'country', account, subject: countryHash },
        { guard: PREFIX, limit: 'prefix', account, subject: prefix },
      );
    return all;
  }

  function judgeBreaker({ account, kind, prefix, nowMs }: NewCode): GuardRefusal | undefined {
    if (kind !== 'phone' || breaker === undefined) return undefined;
    const window = find(account, PREFIX, prefix, nowMs);
    const { state, retryAfterMs } = breaker.judge(window.breaker, nowMs);
    if (retryAfterMs === undefined) return undefined;
    if (state.blockedUntilMs !== window.breaker?.blockedUntilMs)
      put(account, PREFIX, prefix, { ...window, breaker: state });
    return { guard: 'breaker', retryAfterMs };
  }

  return {
    judge(code) {
      const { nowMs } = code;
      const broken = judgeBreaker(code);
      if (broken !== undefined) return broken;
      for (const { guard, limit, account, subject } of counted(code)) {
        const { sends, startedMs } = find(account, guard, subject, nowMs);
        if (sends < limits[limit]) continue;
        // When the others began to send is theirs alone.
        const isShared = account === ALL_ACCOUNTS;
        return { guard, retryAfterMs: isShared ? windowMs : startedMs + windowMs - nowMs };
      }
      return undefined;
    },
    count(code) {
      const { nowMs } = code;
      for (const { guard, account, subject } of counted(code)) {
        const window = find(account, guard, subject, nowMs);
        const after = { ...window, sends: window.sends + 1 };
        const isBroken = guard === PREFIX && breaker !== undefined;
        const all = isBroken ? { ...after, breaker: breaker.countSend(window.breaker, nowMs) } : after;
        put(account, guard, subject, all);
      }
    },
    countUnsent(code) {
      const { nowMs } = code;
      for (const { guard, account, subject } of counted(code)) {
        if (account === ALL_ACCOUNTS) continue;
        const window = find(account, guard, subject, nowMs);
        put(account, guard, subject, { ...window, sends: window.sends + 1 });
      }
    },
    uncount(code) {
      const { nowMs } = code;
      for (const { guard, account, subject } of counted(code)) {
        const window = find(account, guard, subject, nowMs);
        const { breaker: state } = window;
        const after = { ...window, sends: Math.max(0, window.sends - 1) };
        const undone = state === undefined ? undefined : breaker?.uncountSend(state, nowMs);
        put(account, guard, subject, undone === undefined ? after : { ...after, breaker: undone });
      }
    },
    countVerified(account, prefix, { sentMs, nowMs }) {
      if (breaker === undefined) return;
      const window = find(account, PREFIX, prefix, nowMs);
      if (window.breaker === undefined) return;
      put(account, PREFIX, prefix, { ...window, breaker: breaker.countVerified(window.breaker, sentMs) });
    },
  };
}

function nameOf(guard: string): string {
  return `window:${guard}`;
}
