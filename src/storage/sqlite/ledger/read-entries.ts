// Reads entries in the order of the chain, page by page, so that a long reading neither fills the memory nor holds a
// snapshot that keeps the serving process from checkpointing.

import type { DatabaseSync } from 'node:sqlite';
import type { Entry } from './entry.ts';

export interface StoredEntry {
  readonly entry: Entry;
  readonly hash: Uint8Array;
}

export interface EntryRange {
  readonly fromSeq: number;
  readonly toSeq: number;
  /** Only this account's entries. */
  readonly account?: number;
}

const PAGE_ROWS = 2000;

export function* readEntries(
  database: DatabaseSync,
  range: EntryRange,
): Generator<StoredEntry, void, undefined> {
  const { fromSeq, toSeq, account } = range;
  const filter = account === undefined ? '' : 'AND account = ?';
  const values = account === undefined ? [] : [account];
  const page = database.prepare(
    `SELECT * FROM entries WHERE seq >= ? AND seq <= ? ${filter} ORDER BY seq LIMIT ${PAGE_ROWS}`,
  );
  for (let next = fromSeq; next <= toSeq; ) {
    const rows = page.all(next, toSeq, ...values);
    for (const row of rows) yield { entry: entryOf(row), hash: row.hash as Uint8Array };
    if (rows.length < PAGE_ROWS) return;
    next = Number(rows.at(-1)?.seq) + 1;
  }
}

/** The last entry's number, 0 for an empty ledger. */
export function lastSeqOf(database: DatabaseSync): number {
  return Number(database.prepare('SELECT coalesce(max(seq), 0) AS last FROM entries').get()?.last);
}

/** Days never go back along the chain, so the first entry of a day, or after it, is found by bisection. */
export function firstSeqOfDay(database: DatabaseSync, day: number): number {
  const dayOf = database.prepare('SELECT day FROM entries WHERE seq >= ? ORDER BY seq LIMIT 1');
  let low = 1;
  let high = lastSeqOf(database) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = dayOf.get(middle)?.day;
    if (found === undefined || Number(found) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function entryOf(row: Record<string, unknown>): Entry {
  return {
    seq: Number(row.seq),
    timeMs: Number(row.time_ms),
    day: Number(row.day),
    kind: row.kind as Entry['kind'],
    account: Number(row.account),
    key: Number(row.key),
    service: String(row.service),
    action: String(row.action),
    protocol: String(row.protocol),
    requestId: String(row.request_id),
    outcome: String(row.outcome),
    resultCode: String(row.result_code),
    charged: row.charged === 1,
    priceMinor: Number(row.price_minor),
    paidBy: row.paid_by as Entry['paidBy'],
    amount: Number(row.amount),
    source: String(row.source),
    asOf: row.as_of === null ? null : Number(row.as_of),
    subject: row.subject as Uint8Array,
    counters: row.counters as Uint8Array,
  };
}
