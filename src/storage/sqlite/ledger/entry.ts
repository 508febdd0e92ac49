// One entry of the chain and the text that its hash covers. The text is part of the file format: changing it breaks
// every existing chain.

import { hash } from 'node:crypto';

export const ENTRY_KINDS = ['call', 'quota_grant', 'top_up'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];
export type PaidBy = 'quota' | 'balance' | 'none';

export interface Entry {
  readonly seq: number;
  readonly timeMs: number;
  /** Calendar date in the configured zone, in days since 1970-01-01. */
  readonly day: number;
  readonly kind: EntryKind;
  readonly account: number;
  readonly key: number;
  readonly service: string;
  readonly action: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly outcome: string;
  readonly resultCode: string;
  /** Did the outcome cost its price, and how much? A price of zero is charged too. */
  readonly charged: boolean;
  readonly priceMinor: number;
  readonly paidBy: PaidBy | '';
  /** Calls: minor units taken from the balance, or calls taken from the quota. Grants: what was added. */
  readonly amount: number;
  readonly source: string;
  readonly asOf: number | null;
  /** Keyed hashes: of the subject (16 bytes), of the daily counters that the call counted in (16 bytes each). */
  readonly subject: Uint8Array;
  readonly counters: Uint8Array;
}

/** What stands before the first entry. */
export const GENESIS_HASH = Buffer.alloc(32);

/**
 * SHA-256 over the previous hash and every field, one a line. No text field can hold a line feed: they come from
 * tables of names or are checked by assertFieldText.
 */
export function hashEntry(previousHash: Uint8Array, entry: Entry): Buffer {
  const text = `${hex(previousHash)}
${entry.seq}
${entry.timeMs}
${entry.day}
${entry.kind}
${entry.account}
${entry.key}
${entry.service}
${entry.action}
${entry.protocol}
${entry.requestId}
${entry.outcome}
${entry.resultCode}
${entry.charged ? 1 : 0}
${entry.priceMinor}
${entry.paidBy}
${entry.amount}
${entry.source}
${entry.asOf ?? ''}
${hex(entry.subject)}
${hex(entry.counters)}`;
  return Buffer.from(hash('sha256', text, 'latin1'), 'latin1');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

export function assertFieldText(text: string): void {
  if (/[\n\r]/.test(text)) throw new RangeError('a ledger field cannot hold a line break');
}
