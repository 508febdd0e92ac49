// The breaker: a prefix of whose codes too few are entered is not served for a while. Judged are codes that were entered or had
// the time to be; a prefix that was stopped before gets no more than a few that are not judged yet.

import type { SendRules } from '../../../ports/code-store.ts';

/** What is known of one prefix; JSON. */
export interface BreakerState {
  readonly sinceMs: number;
  /** Codes sent since then, also those that are not judged yet. */
  readonly codes: number;
  readonly verified: number;
  /** Codes that nobody has had the time to enter: begin of a slice of time, and how many were sent in it. */
  readonly young: readonly (readonly [startMs: number, count: number])[];
  readonly trips: number;
  readonly blockedUntilMs: number;
}

export interface BreakerVerdict {
  readonly state: BreakerState;
  /** undefined: the code may be sent. */
  readonly retryAfterMs: number | undefined;
}

export interface ConversionBreaker {
  judge(state: BreakerState | undefined, nowMs: number): BreakerVerdict;
  countSend(state: BreakerState | undefined, nowMs: number): BreakerState;
  /** It was refused in the end. */
  uncountSend(state: BreakerState, sentMs: number): BreakerState;
  countVerified(state: BreakerState, sentMs: number): BreakerState;
  /** From then on the state says no more than none. */
  endsMs(state: BreakerState): number;
}

type BreakerRules = Pick<
  SendRules,
  'windowMs' | 'breakerSends' | 'breakerMinPercent' | 'breakerBlockMs' | 'breakerGraceMs'
>;

const DAY_MS = 86_400_000;
/** Of the time that a code has to be entered: a code is judged at most so much of it later. */
const SLICES = 12;
const DOUBLINGS_MAX = 20;

export function createConversionBreaker(rules: BreakerRules): ConversionBreaker {
  const { windowMs, breakerSends, breakerMinPercent, breakerBlockMs, breakerGraceMs: graceMs } = rules;
  const sliceMs = Math.max(1, Math.ceil(graceMs / SLICES));
  const judgedMs = (startMs: number): number => startMs + sliceMs + graceMs;
  const sliceOf = (timeMs: number): number => timeMs - (timeMs % sliceMs);

  /** As it is now: without what has become old, and without codes of an earlier window that were judged. */
  function age(state: BreakerState, nowMs: number): BreakerState {
    const young = state.young.filter(([startMs]) => judgedMs(startMs) > nowMs);
    const [oldest] = young;
    if (nowMs < state.sinceMs + windowMs) return { ...state, young };
    const trips = nowMs < state.blockedUntilMs + blockMs(state.trips) ? state.trips : 0;
    return { ...state, sinceMs: oldest?.[0] ?? nowMs, codes: countOf(young), verified: 0, young, trips };
  }

  /** A prefix that behaves for as long again as it was blocked starts anew. */
  function blockMs(trips: number): number {
    return Math.min(DAY_MS, breakerBlockMs * 2 ** Math.min(DOUBLINGS_MAX, Math.max(0, trips - 1)));
  }

  function isIgnored({ codes, verified, young }: BreakerState, nowMs: number): boolean {
    const judged = codes - countOf(young.filter(([startMs]) => judgedMs(startMs) > nowMs));
    return judged >= breakerSends && verified * 100 < judged * breakerMinPercent;
  }

  const change = (young: BreakerState['young'], timeMs: number, by: number): BreakerState['young'] => {
    const startMs = sliceOf(timeMs);
    const known = young.find((slice) => slice[0] === startMs);
    const others = young.filter((slice) => slice !== known);
    const count = (known?.[1] ?? 0) + by;
    return count > 0 ? [...others, [startMs, count]] : others;
  };

  return {
    judge(known, nowMs) {
      const state = known ?? startAt(nowMs);
      if (nowMs < state.blockedUntilMs) return { state, retryAfterMs: state.blockedUntilMs - nowMs };
      // Before it ages: what was sent at the end of a window is judged in the next one.
      if (isIgnored(state, nowMs)) {
        const trips = age(state, nowMs).trips + 1;
        const blockedUntilMs = nowMs + blockMs(trips);
        // After the block it is tried anew, from nothing.
        return {
          state: { ...startAt(nowMs), trips, blockedUntilMs },
          retryAfterMs: blockedUntilMs - nowMs,
        };
      }
      const aged = age(state, nowMs);
      const [oldest] = aged.young;
      const isProbed = aged.trips > 0 && countOf(aged.young) >= breakerSends;
      const retryAfterMs = isProbed && oldest !== undefined ? judgedMs(oldest[0]) - nowMs : undefined;
      return { state: aged, retryAfterMs };
    },
    countSend(known, nowMs) {
      const state = age(known ?? startAt(nowMs), nowMs);
      const young = graceMs === 0 ? state.young : change(state.young, nowMs, 1);
      return { ...state, codes: state.codes + 1, young };
    },
    uncountSend(state, sentMs) {
      if (sentMs < state.sinceMs || state.codes === 0) return state;
      return { ...state, codes: state.codes - 1, young: change(state.young, sentMs, -1) };
    },
    countVerified(state, sentMs) {
      // Sent before the window it counts for nothing there.
      if (sentMs < state.sinceMs) return state;
      return { ...state, verified: state.verified + 1, young: change(state.young, sentMs, -1) };
    },
    endsMs({ sinceMs, codes, trips, blockedUntilMs }) {
      // As long as the longest block is remembered, the next one is longer.
      const memoryMs = trips > 0 ? 2 * DAY_MS : 0;
      // What could stop the prefix is judged when it is asked for again.
      const untilMs = sinceMs + (codes >= breakerSends ? Math.max(DAY_MS, windowMs) : windowMs);
      return Math.max(untilMs, blockedUntilMs) + memoryMs;
    },
  };
}

function startAt(nowMs: number): BreakerState {
  return { sinceMs: nowMs, codes: 0, verified: 0, young: [], trips: 0, blockedUntilMs: 0 };
}

function countOf(young: BreakerState['young']): number {
  return young.reduce((sum, [, count]) => sum + count, 0);
}
