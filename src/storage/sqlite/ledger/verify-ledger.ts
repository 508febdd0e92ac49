// Verifies the ledger from what is on disk and its public key alone: the chain, the signed heads outside the database,
// and every quota and balance recomputed from the entries.

import type { KeyObject } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { type Entry, GENESIS_HASH, hashEntry } from './entry.ts';
import { isHeadGenuine, publicKeyFrom, readHeads, type SignedHead } from './heads.ts';
import { BALANCE, openLedgerFile } from './schema.ts';

export interface VerifyOptions {
  readonly ledgerPath: string;
  readonly headsPath: string;
  /** When the master key is at hand: the public key that must have signed. */
  readonly expectedPublicKey?: string;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface LedgerReport {
  readonly entries: number;
  readonly ok: boolean;
  readonly firstBadSeq?: number;
  readonly reason?: string;
  readonly lastSignedSeq: number;
  /** Entries after the last signed head: a cut there would not show yet. */
  readonly unsignedTail: number;
}

const PROGRESS_EVERY = 10_000;

/** A finding that ends the verification. */
class Finding extends Error {
  readonly seq: number | undefined;

  constructor(reason: string, seq?: number) {
    super(reason);
    this.seq = seq;
  }
}

export function verifyLedger(options: VerifyOptions): LedgerReport {
  // Heads first: entries only grow, so every head read now must find its entry in the snapshot taken afterwards.
  const lines = readHeads(options.headsPath);
  const database = openLedgerFile(options.ledgerPath, { readOnly: true });
  let entries = 0;
  let lastSignedSeq = 0;
  try {
    database.exec('BEGIN');
    const total = Number(database.prepare('SELECT coalesce(max(seq), 0) AS last FROM entries').get()?.last);
    entries = Number(database.prepare('SELECT count(*) AS total FROM entries').get()?.total);
    const heads = checkHeads(lines, signingKeyOf(database, options));
    lastSignedSeq = heads.at(-1)?.seq ?? 0;
    const funds = walkChain(database, heads, total, options.onProgress);
    if (lastSignedSeq > total)
      throw new Finding(
        `entries after ${total} are missing: a head was signed for ${lastSignedSeq}`,
        total + 1,
      );
    checkFunds(database, funds);
    return { entries, ok: true, lastSignedSeq, unsignedTail: total - lastSignedSeq };
  } catch (error) {
    if (!(error instanceof Finding)) throw error;
    const { message: reason, seq } = error;
    const tail = Math.max(0, entries - lastSignedSeq);
    return {
      entries,
      ok: false,
      ...(seq === undefined ? {} : { firstBadSeq: seq }),
      reason,
      lastSignedSeq,
      unsignedTail: tail,
    };
  } finally {
    database.close();
  }
}

function signingKeyOf(database: DatabaseSync, options: VerifyOptions): KeyObject {
  const stored = database.prepare(`SELECT value FROM facts WHERE name = 'signing_public_key'`).get()?.value;
  if (stored === undefined) throw new Finding('the public key of the ledger is missing');
  if (options.expectedPublicKey !== undefined && stored !== options.expectedPublicKey) {
    throw new Finding('the public key in the ledger is not the one of this master key');
  }
  return publicKeyFrom(String(stored));
}

function checkHeads(lines: readonly (SignedHead | undefined)[], publicKey: KeyObject): SignedHead[] {
  if (lines.length === 0) throw new Finding('there is no signed head: the file of heads is missing or empty');
  const heads: SignedHead[] = [];
  for (const [index, head] of lines.entries()) {
    if (head === undefined || !isHeadGenuine(head, publicKey)) {
      throw new Finding(`line ${index + 1} of the heads is not a genuine signed head`, head?.seq);
    }
    heads.push(head);
  }
  // Two processes may sign close together, so that lines can change places; the entries they name decide.
  return heads.sort((a, b) => a.seq - b.seq);
}

function walkChain(
  database: DatabaseSync,
  heads: readonly SignedHead[],
  total: number,
  onProgress: VerifyOptions['onProgress'],
): Map<string, number> {
  const funds = new Map<string, number>();
  let previous: Uint8Array = GENESIS_HASH;
  let seq = 0;
  let timeMs = 0;
  let next = passHeads(heads, 0, 0, previous);
  for (const row of database.prepare('SELECT * FROM entries ORDER BY seq').iterate()) {
    const entry = entryOf(row);
    seq += 1;
    if (entry.seq !== seq) throw new Finding(`entry ${seq} is missing`, seq);
    const hash = hashEntry(previous, entry);
    if (!hash.equals(row.hash as Uint8Array))
      throw new Finding(`entry ${seq} was altered, or one before it was exchanged`, seq);
    if (entry.timeMs < timeMs) throw new Finding(`entry ${seq} is older than the one before it`, seq);
    next = passHeads(heads, next, seq, hash);
    applyToFunds(funds, entry);
    previous = hash;
    timeMs = entry.timeMs;
    if (seq % PROGRESS_EVERY === 0) onProgress?.(seq, total);
  }
  onProgress?.(total, total);
  return funds;
}

/** Heads of this seq must carry this hash; answers the index of the first later head. */
function passHeads(heads: readonly SignedHead[], from: number, seq: number, hash: Uint8Array): number {
  let index = from;
  for (let head = heads[index]; head !== undefined && head.seq === seq; head = heads[index]) {
    if (!Buffer.from(head.hash, 'hex').equals(hash))
      throw new Finding(`entry ${seq} is not the one that was signed`, seq);
    index += 1;
  }
  return index;
}

function applyToFunds(funds: Map<string, number>, entry: Entry): void {
  const { account, service, kind, paidBy, amount, seq } = entry;
  const fund = kind === 'top_up' || paidBy === 'balance' ? BALANCE : service;
  const change = kind === 'call' ? (paidBy === 'quota' || paidBy === 'balance' ? -amount : 0) : amount;
  if (change === 0) return;
  const key = `${account} ${fund}`;
  const left = (funds.get(key) ?? 0) + change;
  if (left < 0) throw new Finding(`entry ${seq} takes more than there was`, seq);
  funds.set(key, left);
}

function checkFunds(database: DatabaseSync, expected: ReadonlyMap<string, number>): void {
  const left = new Map(expected);
  for (const { account, service, amount } of database.prepare('SELECT * FROM funds').iterate()) {
    const key = `${account} ${service}`;
    const should = left.get(key) ?? 0;
    if (should !== Number(amount)) {
      throw new Finding(`account ${account} has ${amount} of ${service}, its entries say ${should}`);
    }
    left.delete(key);
  }
  for (const [key, amount] of left)
    if (amount !== 0) throw new Finding(`the funds of account ${key} are missing`);
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
    paidBy: row.paid_by as Entry['paidBy'],
    amount: Number(row.amount),
    source: String(row.source),
    asOf: row.as_of === null ? null : Number(row.as_of),
    subject: row.subject as Uint8Array,
    counters: row.counters as Uint8Array,
  };
}
