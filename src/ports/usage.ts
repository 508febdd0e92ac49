// What accounts asked and what it cost them, as a question that never holds up a call: a derived view of the ledger and
// of the call log. Every answer covers all that was answered before the question was asked.

import type { CalendarDate } from '../domain/calendar-date.ts';
import type { LatencyPercentiles } from '../domain/latency-histogram.ts';

/** Narrows to what all of its members say; an absent member narrows nothing. */
export interface UsageFilter {
  /** Row id; undefined = every account, for operators only. */
  readonly account: number | undefined;
  /** Row id of an API key. */
  readonly key?: number;
  readonly protocol?: string;
  readonly actions?: readonly string[];
}

export interface UsageCallFilter extends UsageFilter {
  /** From inclusive, to exclusive. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** HTTP status as it was told. */
  readonly statusCode?: number;
  /** Outcome or fault code. */
  readonly outcome?: string;
  readonly sandbox?: boolean;
}

export interface UsageDayFilter extends UsageFilter {
  /** Both included. */
  readonly fromDay?: CalendarDate;
  readonly toDay?: CalendarDate;
}

/** One call; newest first wherever several are given and nothing else is asked for. */
export interface UsageCall {
  /** The same whenever the view is built again. */
  readonly id: number;
  readonly timeMs: number;
  readonly day: CalendarDate;
  readonly account: number;
  readonly key: number;
  readonly protocol: string;
  /** Empty when the call was refused before its action was known. */
  readonly action: string;
  readonly requestId: string;
  /** An outcome, or a fault where `isFault`. */
  readonly outcome: string;
  readonly isFault: boolean;
  readonly resultCode: string;
  readonly statusCode: number;
  readonly sandbox: boolean;
  readonly charged: boolean;
  readonly paidBy: 'quota' | 'balance' | 'none';
  /** Price of a charged call, and what of it the balance paid. */
  readonly priceMinor: number;
  readonly chargedMinor: number;
  /** After this call; undefined for calls that are not in the ledger. */
  readonly quotaLeft: number | undefined;
  readonly balanceLeftMinor: number | undefined;
  readonly seq: number | undefined;
  /** Known of calls that are not in the ledger. */
  readonly durationUs: number | undefined;
}

export interface UsagePage {
  readonly calls: readonly UsageCall[];
  /** All that pass the filter; undefined when a cursor was given. */
  readonly count: number | undefined;
  /** Where the next page begins, whatever arrives meanwhile; undefined after the last. */
  readonly next: UsageCursor | undefined;
}

/** The last call of a page. */
export interface UsageCursor {
  readonly timeMs: number;
  readonly id: number;
}

export interface UsageSums {
  /** Calls that ended in an outcome; the next three are of these. */
  readonly calls: number;
  readonly charged: number;
  readonly paidByQuota: number;
  readonly paidByBalance: number;
  /** Prices of the charged calls, and what of them balances paid. */
  readonly priceMinor: number;
  readonly chargedMinor: number;
  /** Faults and sandbox calls, as far as the bounded call log knew them. */
  readonly refused: number;
  readonly rehearsed: number;
}

export interface UsageDay extends UsageSums {
  readonly day: CalendarDate;
  readonly protocol: string;
  readonly action: string;
}

export interface UsageTotals extends UsageSums {
  /** Added by grants and top-ups, in the same days; undefined when the filter names a key, protocol or action. */
  readonly grantedCalls: number | undefined;
  readonly toppedUpMinor: number | undefined;
}

/** How many calls of a day ended in one outcome or fault. */
export interface UsageOutcome {
  readonly day: CalendarDate;
  readonly protocol: string;
  readonly action: string;
  readonly outcome: string;
  readonly isFault: boolean;
  readonly calls: number;
}

/** Of live calls since usage was last built; not known by key. */
export interface UsageLatencies {
  readonly all: LatencyPercentiles | undefined;
  readonly actions: readonly (LatencyPercentiles & { readonly protocol: string; readonly action: string })[];
  readonly days: readonly (LatencyPercentiles & { readonly day: CalendarDate })[];
}

export interface UsageBreakdown {
  readonly days: readonly UsageDay[];
  readonly outcomes: readonly UsageOutcome[];
  readonly latencies: UsageLatencies;
}

export const PAGE_CALLS_MAX = 100;
export const OFFSET_MAX = 1_000_000;
/** Days of one aggregate. */
export const AGGREGATE_DAYS_MAX = 366;

export interface Usage {
  list(
    filter: UsageCallFilter,
    page: {
      readonly limit: number;
      readonly offset?: number;
      readonly cursor?: UsageCursor;
      readonly oldestFirst?: boolean;
    },
  ): Promise<UsagePage>;
  /** By day, protocol and action; days of another zone than the ledger's are known of kept calls only. */
  aggregate(filter: UsageDayFilter, timeZone?: string): Promise<readonly UsageDay[]>;
  totals(filter: UsageDayFilter): Promise<UsageTotals>;
  /** In the ledger's days; outcomes of sandbox calls, or of all others. The filter names no key. */
  breakdown(filter: Omit<UsageDayFilter, 'key'>, sandbox: boolean): Promise<UsageBreakdown>;
  /** Time of the last call by row id of its key; keys that never called are left out. */
  lastUses(keys: readonly number[]): Promise<ReadonlyMap<number, number>>;
  /** CSV in pieces; a last line that begins with '#' says that it is incomplete. Nothing runs between two pieces. */
  export(filter: UsageCallFilter): AsyncIterable<string>;
}

/** Where the time that each call took is counted. */
export interface Latencies {
  /** Of a live call of that account. Costs no wait and no write. */
  noteLatency(account: number, protocol: string, action: string, durationMs: number): void;
}

export type UsageProblem = 'in_progress' | 'timeout' | 'history_expired' | 'unavailable';

/** Why a question about usage has no answer. */
export class UsageError extends Error {
  readonly problem: UsageProblem;
  /** history_expired: since when calls are kept. */
  readonly availableFromMs: number | undefined;

  constructor(problem: UsageProblem, message: string, availableFromMs?: number) {
    super(message);
    this.name = 'UsageError';
    this.problem = problem;
    this.availableFromMs = availableFromMs;
  }
}
