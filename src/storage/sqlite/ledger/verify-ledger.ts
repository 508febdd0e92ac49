// Verifies the ledger from what is on disk and its public key alone: the chain, the signed heads outside the database,
// and every quota and balance recomputed from the entries. Works while a server writes, in bounded memory.

import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { type Remark, remark } from '../../../domain/remark.ts';
import { GENESIS_HASH, hashEntry } from './entry.ts';
import { Finding } from './finding.ts';
import { publicKeyFrom } from './heads.ts';
import { lastSeqOf, readEntries } from './read-entries.ts';
import { measureHeads, readHeads } from './read-heads.ts';
import { type FundRow, recomputeFunds } from './recompute-funds.ts';
import { openLedgerFile, PUBLIC_KEY_FACT } from './schema.ts';
import { type HeadWalk, walkHeads } from './verify-heads.ts';

/** The chain up to an entry, as somebody noted it down. */
export interface NotedHead {
  readonly seq: number;
  /** 64 hexadecimal digits. */
  readonly hash: string;
}

export interface VerifyOptions {
  readonly ledgerPath: string;
  readonly headsPath: string;
  /** When the master key is at hand: the public key that must have signed. */
  readonly expectedPublicKey?: string;
  /** Kept elsewhere: shows a ledger that was cut or written anew together with its heads. */
  readonly notedHead?: NotedHead;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface LedgerReport {
  readonly entries: number;
  readonly ok: boolean;
  /** The first entry that cannot be trusted. */
  readonly firstBadSeq?: number;
  readonly reason?: string;
  /** The reason, for readers of other languages. */
  readonly remark?: Remark;
  readonly lastSignedSeq: number;
  /** Hash of that entry, in hex: to be kept elsewhere. */
  readonly lastSignedHash: string;
  /** Entries after the last signed head: a cut there would not show yet. */
  readonly unsignedTail: number;
}

interface Snapshot {
  readonly entries: number;
  readonly lastSeq: number;
  readonly publicKey: string | undefined;
  readonly funds: readonly FundRow[];
}

const PROGRESS_EVERY = 10_000;

export function verifyLedger(options: VerifyOptions): LedgerReport {
  // Heads first: entries only grow, so every head written by now has its entry in the snapshot taken afterwards.
  const headsLength = measureHeads(options.headsPath);
  if (!existsSync(options.ledgerPath))
    return { ...NOTHING, ok: false, reason: 'there is no ledger', remark: remark('ledger_none') };
  let snapshot: Snapshot | undefined;
  let walk: HeadWalk | undefined;
  let database: DatabaseSync | undefined;
  try {
    database = openLedgerFile(options.ledgerPath, { readOnly: true });
    snapshot = takeSnapshot(database);
    if (isUntouched(snapshot) && headsLength === 0) return { ...NOTHING, ok: true };
    walk = walkHeads(readHeads(options.headsPath, headsLength), signingKeyOf(snapshot, options));
    walkChain(database, snapshot, walk, options);
    return reportOf(snapshot, walk, undefined);
  } catch (error) {
    if (error instanceof Finding) return reportOf(snapshot, walk, error);
    if (!isUnreadable(error)) throw error;
    return reportOf(snapshot, walk, unreadable(error));
  } finally {
    database?.close();
  }
}

const NOTHING = { entries: 0, lastSignedSeq: 0, lastSignedHash: '', unsignedTail: 0 };

function reportOf(
  snapshot: Snapshot | undefined,
  walk: HeadWalk | undefined,
  finding: Finding | undefined,
): LedgerReport {
  const entries = snapshot?.entries ?? 0;
  const lastSignedSeq = walk?.lastSignedSeq ?? 0;
  const report = {
    entries,
    lastSignedSeq,
    lastSignedHash: walk?.lastSignedHash ?? '',
    unsignedTail: Math.max(0, (snapshot?.lastSeq ?? 0) - lastSignedSeq),
  };
  if (finding === undefined) return { ...report, ok: true };
  const { message: reason, remark: said, seq } = finding;
  return {
    ...{ ...report, ok: false, reason },
    ...(said === undefined ? {} : { remark: said }),
    ...(seq === undefined ? {} : { firstBadSeq: seq }),
  };
}

function unreadable({ message }: Error): Finding {
  return new Finding(
    `the ledger cannot be read: ${message}`,
    remark('ledger_unreadable', { reason: message }),
  );
}

/** Everything that must be seen at one moment; entries up to lastSeq never change after it. */
function takeSnapshot(database: DatabaseSync): Snapshot {
  database.exec('BEGIN');
  try {
    const stored = database.prepare('SELECT value FROM facts WHERE name = ?').get(PUBLIC_KEY_FACT)?.value;
    const rows = database.prepare('SELECT account, service, amount FROM funds').all();
    return {
      entries: Number(database.prepare('SELECT count(*) AS total FROM entries').get()?.total),
      lastSeq: lastSeqOf(database),
      publicKey: stored === undefined ? undefined : String(stored),
      funds: rows.map(({ account, service, amount }) => {
        return { account: Number(account), service: String(service), amount: Number(amount) };
      }),
    };
  } finally {
    database.exec('COMMIT');
  }
}

/** The file was made, but no process has opened its books yet. */
function isUntouched({ entries, publicKey, funds }: Snapshot): boolean {
  return entries === 0 && publicKey === undefined && funds.length === 0;
}

function signingKeyOf({ publicKey }: Snapshot, { expectedPublicKey }: VerifyOptions): KeyObject {
  if (publicKey === undefined)
    throw new Finding('the public key of the ledger is missing', remark('ledger_key_missing'), 1);
  if (expectedPublicKey !== undefined && publicKey !== expectedPublicKey) {
    throw new Finding(
      'the public key in the ledger is not the one of this master key',
      remark('ledger_key_other'),
      1,
    );
  }
  try {
    return publicKeyFrom(publicKey);
  } catch {
    throw new Finding('the public key of the ledger cannot be read', remark('ledger_key_unreadable'), 1);
  }
}

function walkChain(
  database: DatabaseSync,
  { lastSeq, funds }: Snapshot,
  walk: HeadWalk,
  { notedHead, onProgress }: VerifyOptions,
): void {
  if (notedHead !== undefined && notedHead.seq > lastSeq)
    throw new Finding(
      `entries after ${lastSeq} are missing: entry ${notedHead.seq} was noted down`,
      remark('entries_missing_noted', { last: lastSeq, seq: notedHead.seq }),
      lastSeq + 1,
    );
  const recomputed = recomputeFunds();
  let previous: Uint8Array = GENESIS_HASH;
  let seq = 0;
  let timeMs = 0;
  let day = 0;
  for (const stored of readEntries(database, { fromSeq: Number.MIN_SAFE_INTEGER, toSeq: lastSeq })) {
    const { entry } = stored;
    seq += 1;
    if (entry.seq < seq)
      throw new Finding(
        `entry ${entry.seq} was inserted`,
        remark('entry_inserted', { seq: entry.seq }),
        entry.seq,
      );
    if (entry.seq > seq) throw new Finding(`entry ${seq} is missing`, remark('entry_missing', { seq }), seq);
    const hash = hashEntry(previous, entry);
    if (!hash.equals(stored.hash))
      throw new Finding(
        `entry ${seq} was altered, inserted or exchanged, or the one before it removed`,
        remark('entry_altered', { seq }),
        seq,
      );
    if (entry.timeMs < timeMs || entry.day < day)
      throw new Finding(`entry ${seq} is older than the one before it`, remark('entry_older', { seq }), seq);
    walk.pass(seq, hash);
    if (seq === notedHead?.seq && hash.toString('hex') !== notedHead.hash)
      throw new Finding(
        `entry ${seq} is not the one that was noted down: the chain up to it was written anew`,
        remark('entry_not_noted_one', { seq }),
        1,
      );
    recomputed.apply(entry);
    previous = hash;
    ({ timeMs, day } = entry);
    if (seq % PROGRESS_EVERY === 0) onProgress?.(seq, lastSeq);
  }
  walk.finish(lastSeq);
  recomputed.compare(funds);
  onProgress?.(lastSeq, lastSeq);
}

function isUnreadable(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
}
