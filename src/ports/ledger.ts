// The one exact, durable step at the end of a live call: funds, caps, daily limit, charge and ledger entry together.

import type { CalendarDate } from '../domain/calendar-date.ts';
import type { OutcomeCode } from '../domain/outcome.ts';
import type { ActionService, ServiceName } from '../domain/service.ts';
import type { KeyLimits, UsageCaps } from '../domain/usage-cap.ts';

/** A call that reached an outcome and asks to be recorded. */
export interface Attempt {
  readonly timeMs: number;
  /** Calendar date of timeMs in the configured zone; daily counters belong to it. */
  readonly day: CalendarDate;
  readonly accountId: number;
  readonly keyId: number;
  readonly service: ActionService;
  readonly requestId: string;
  readonly action: string;
  readonly protocol: string;
  readonly outcome: OutcomeCode;
  /** The result code as the protocol shows it, e.g. '-4'. */
  readonly resultCode: string;
  /** Does this outcome cost the price? */
  readonly billable: boolean;
  /** Price of this call in minor units, known before the outcome: it decides whether funds suffice at all. */
  readonly priceMinor: number;
  readonly source: string;
  readonly asOf: CalendarDate | undefined;
  /** Keyed hash of the subject, 16 bytes. */
  readonly subject: Uint8Array;
  /** Daily counters that this attempt counts in, 16 bytes each (0 to 3). */
  readonly counters: readonly Uint8Array[];
  readonly dailyLimit: number;
  /** Recorded instead of the outcome when a counter is full; undefined = refuse with the fault daily_limit_reached. */
  readonly limitResultCode: string | undefined;
  /** Of the account; undefined = none is set. Where one is reached: refuse with the fault cap_reached. */
  readonly caps: UsageCaps | undefined;
  /** Of the key, beside those of the account; undefined = none is set. */
  readonly keyLimits: KeyLimits | undefined;
  /** Kept in the same step with the entry; undefined = nothing is to be kept. */
  readonly keep: KeptAnswer | undefined;
}

/** An answer that is given again, free of charge, to the same question under the same name. */
export interface KeptAnswer {
  /** Keyed hash of who asks and of the name that he gave to the question, 16 bytes. */
  readonly name: Uint8Array;
  /** Keyed hash of the question, 16 bytes. */
  readonly question: Uint8Array;
  /** Sealed; empty where nothing was charged: then only the question is kept, to be asked anew. */
  readonly answer: Uint8Array;
  /** From then on it is as if it had never been kept. */
  readonly untilMs: number;
}

export type Settlement =
  | {
      readonly kind: 'recorded';
      readonly seq: number;
      /** The attempt's outcome, or daily_limit. */
      readonly outcome: OutcomeCode;
      readonly charged: boolean;
      readonly paidBy: 'quota' | 'balance' | 'none';
      readonly chargedMinor: number;
    }
  | { readonly kind: 'refused'; readonly fault: 'funds_exhausted' | 'daily_limit_reached' | 'cap_reached' };

/** A call that left no ledger entry: a fault of a known account, or a sandbox call. Kept in a bounded log. */
export interface LoggedCall {
  readonly timeMs: number;
  readonly accountId: number;
  readonly keyId: number;
  readonly requestId: string;
  readonly action: string;
  readonly protocol: string;
  /** The outcome of a sandbox call, or the fault code. */
  readonly outcome: string;
  readonly resultCode: string;
  readonly sandbox: boolean;
  readonly durationUs: number;
}

/** What is left of an account: free calls by service, and money. */
export interface AccountFunds {
  readonly quota: Readonly<Record<string, number>>;
  readonly balanceMinor: number;
}

/** Adds to what is there; never takes away. */
export interface Grant {
  readonly accountId: number;
  /** `calls` free calls for each. */
  readonly services: readonly ServiceName[];
  readonly calls: number;
  readonly minor: number;
  readonly timeMs: number;
  /** Calendar date of timeMs in the ledger's zone. */
  readonly day: CalendarDate;
  /** Names a grant that is given at most once, however often it is asked for. */
  readonly once?: string | undefined;
}

/** Asks for what limits are compared with: of the account's caps, and of keys, as far as each has limits. */
export interface UsedQuestion {
  /** undefined = no caps of an account are asked about. */
  readonly accountId: number | undefined;
  readonly keys: readonly {
    readonly keyId: number;
    readonly hasCallsMax: boolean;
    readonly hasCaps: boolean;
  }[];
  /** Today, in the ledger's zone. */
  readonly day: CalendarDate;
}

export interface KeyUsed {
  /** Charged calls of its whole life; undefined where it was not asked. */
  readonly calls: number | undefined;
  /** What each cap counts, on the day and in its month; undefined where it was not asked. */
  readonly caps: UsageCaps | undefined;
}

export interface UsedAmounts {
  readonly account: UsageCaps | undefined;
  readonly keys: ReadonlyMap<number, KeyUsed>;
}

/** Quota and money, for whoever must not wait for the disk. */
export interface Treasury {
  /** Resolves once it is on disk, with what there is then. Rejects when nothing of it was written. */
  grant(grant: Grant): Promise<AccountFunds>;
  fundsOf(accountId: number): Promise<AccountFunds>;
  /** Up to the last charged call that was answered. */
  usedOf(question: UsedQuestion): Promise<UsedAmounts>;
}

export interface Ledger {
  /**
   * Resolves once the entry is on disk. Rejects when it could not be written: then nothing was charged. Rejects as
   * overloaded when an answer, or another question, is kept under the attempt's name already: whoever asks again finds it.
   */
  settle(attempt: Attempt): Promise<Settlement>;
  /** May this account be out of funds for the service? Cheap and never wrongly false. */
  mayLackFunds(accountId: number, service: ActionService, priceMinor: number): boolean;
  /** Exact look at quota and balance, asked when mayLackFunds says so. */
  hasFunds(accountId: number, service: ActionService, priceMinor: number): Promise<boolean>;
  /** The answer kept under a name at that time, once its entry is on disk. */
  findKept(name: Uint8Array, nowMs: number): Promise<Pick<KeptAnswer, 'question' | 'answer'> | undefined>;
  /** Does not wait; drops the oldest when the log is full. */
  logCall(call: LoggedCall): void;
}
