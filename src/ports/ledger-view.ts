// The ledger as a question that never holds up a call: one entry with the hashes that chain it, what vouches for it, and
// many of them as a text.

import type { CalendarDate } from '../domain/calendar-date.ts';
import type { AccountFunds } from './ledger.ts';

/** Whose entries; undefined = everybody's, for operators only. */
export interface EntryScope {
  /** Row id. */
  readonly account: number | undefined;
  /** Row id of an API key. */
  readonly key?: number;
}

/** What is shown of an entry: all that its hash covers but the keyed hashes of what was asked. */
export interface LedgerEntry {
  readonly seq: number;
  readonly timeMs: number;
  readonly day: CalendarDate;
  readonly kind: 'call' | 'quota_grant' | 'top_up';
  /** Row ids; key 0 for grants. */
  readonly account: number;
  readonly key: number;
  readonly service: string;
  readonly action: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly outcome: string;
  readonly resultCode: string;
  readonly charged: boolean;
  readonly priceMinor: number;
  /** Empty for grants. */
  readonly paidBy: 'quota' | 'balance' | 'none' | '';
  /** Minor units, or calls of the quota: taken, of a grant added. */
  readonly amount: number;
  readonly source: string;
  readonly asOf: CalendarDate | undefined;
  /** 64 hexadecimal digits each; the one before is zeros for the first entry. */
  readonly hash: string;
  readonly previousHash: string;
}

/** A signed statement of the last entry's number and hash. */
export interface LedgerHead {
  readonly number: number;
  readonly seq: number;
  /** 64 hexadecimal digits. */
  readonly hash: string;
  /** When that entry was written. */
  readonly timeMs: number;
  /** Ed25519, in base64. */
  readonly signature: string;
}

export interface EntryProof {
  /**
   * proven: the stored fields give the hash, and the chain leads from it to a head that this ledger's key signed;
   * unsigned: no head covers it yet; broken: something on that way was altered.
   */
  readonly verdict: 'proven' | 'unsigned' | 'broken';
  /** The first one that covers the entry; undefined unless proven. */
  readonly head: LedgerHead | undefined;
}

/** How the ledger ends. */
export interface LedgerState {
  /** 0 when there is no entry. */
  readonly lastSeq: number;
  readonly lastTimeMs: number | undefined;
  /** SPKI in base64; undefined before the first entry is signed. */
  readonly publicKey: string | undefined;
  readonly head: LedgerHead | undefined;
}

export interface LedgerPeriod {
  /** Row id; undefined = every account. */
  readonly account: number | undefined;
  /** Both included, as the entries were dated. */
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
}

/** What accounts and keys are called outside, by row. */
export interface LedgerNames {
  readonly accountIds: ReadonlyMap<number, string>;
  readonly secretIds: ReadonlyMap<number, string>;
}

export type LedgerFormat = 'csv' | 'ndjson';

/** Each rejects with a UsageError where there is no answer. */
export interface LedgerView {
  /** undefined where there is no such entry within the scope. */
  entry(scope: EntryScope, seq: number): Promise<LedgerEntry | undefined>;
  proof(scope: EntryScope, seq: number): Promise<EntryProof | undefined>;
  state(): Promise<LedgerState>;
  /** What all accounts together have left. */
  fundsLeft(): Promise<AccountFunds>;
  /** In pieces, oldest first; one that ends early says so in its last line. Nothing runs between two pieces. */
  exportEntries(period: LedgerPeriod, format: LedgerFormat, names: LedgerNames): AsyncIterable<string>;
}
