// What vouches for one entry: its own hash, and the chain from it to the next signed head. Pauses between bounded steps.

import type { DatabaseSync } from 'node:sqlite';
import type { EntryProof, LedgerHead } from '../../../ports/ledger-view.ts';
import { GENESIS_HASH, hashEntry } from './entry.ts';
import { findHead } from './find-head.ts';
import { Finding } from './finding.ts';
import { isHeadGenuine, publicKeyFrom, type SignedHead } from './heads.ts';
import { entryOf, readEntries, type StoredEntry } from './read-entries.ts';
import { PUBLIC_KEY_FACT } from './schema.ts';

export interface ChainedEntry extends StoredEntry {
  /** Of the entry before, as it is stored. */
  readonly previousHash: Uint8Array;
}

const STEP_ENTRIES = 2000;
const BROKEN: EntryProof = { verdict: 'broken', head: undefined };

export function readChainedEntry(database: DatabaseSync, seq: number): ChainedEntry | undefined {
  const rows = database.prepare('SELECT * FROM entries WHERE seq IN (?, ?) ORDER BY seq').all(seq - 1, seq);
  const row = rows.at(-1);
  if (row === undefined || Number(row.seq) !== seq) return undefined;
  const before = rows.length === 2 ? (rows[0]?.hash as Uint8Array) : GENESIS_HASH;
  return { entry: entryOf(row), hash: row.hash as Uint8Array, previousHash: before };
}

export function* proveEntry(
  database: DatabaseSync,
  { headsPath, publicKey }: { readonly headsPath: string; readonly publicKey: string | undefined },
  { entry, previousHash }: ChainedEntry,
): Generator<void, EntryProof, undefined> {
  try {
    const head = findHead(headsPath, entry.seq);
    const end = head?.seq ?? entry.seq;
    let hash: Uint8Array = previousHash;
    let seq = entry.seq;
    for (const stored of readEntries(database, { fromSeq: entry.seq, toSeq: end })) {
      hash = hashEntry(hash, stored.entry);
      if (stored.entry.seq !== seq || !Buffer.from(hash).equals(stored.hash)) return BROKEN;
      seq += 1;
      if (seq % STEP_ENTRIES === 0) yield;
    }
    if (seq !== end + 1) return BROKEN;
    if (head === undefined) return { verdict: 'unsigned', head: undefined };
    const key = publicKey ?? storedKey(database);
    return isSigned(key, head, hash) ? { verdict: 'proven', head: shownHead(head) } : BROKEN;
  } catch (error) {
    if (error instanceof Finding) return BROKEN;
    throw error;
  }
}

function storedKey(database: DatabaseSync): string {
  const key = readPublicKey(database);
  if (key === undefined) throw new Finding('the public key of the ledger is missing');
  return key;
}

export function readPublicKey(database: DatabaseSync): string | undefined {
  const fact = database.prepare('SELECT value FROM facts WHERE name = ?').get(PUBLIC_KEY_FACT);
  return fact === undefined ? undefined : String(fact.value);
}

function isSigned(publicKey: string, head: SignedHead, hash: Uint8Array): boolean {
  return Buffer.from(head.hash, 'hex').equals(hash) && isHeadGenuine(head, publicKeyFrom(publicKey));
}

/** Without what chains the heads to one another. */
export function shownHead({ number, seq, hash, timeMs, signature }: SignedHead): LedgerHead {
  return { number, seq, hash, timeMs, signature };
}
