// Signed heads of the chain, appended to a file outside the database, so that a chain cut short shows. Each head names
// the one before it, so that none can be left out. Ed25519; the public key is kept in the ledger, so that verification
// needs no secret.

import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Head } from './books.ts';

export interface SignedHead {
  /** 1, 2, 3 ... without gaps. */
  readonly number: number;
  /** The last entry that the signature covers; 0 for the head of an empty ledger. */
  readonly seq: number;
  readonly hash: string;
  /** When that entry was written. */
  readonly timeMs: number;
  /** Signature of the head before; empty for the first. */
  readonly previous: string;
  readonly signature: string;
}

/** PKCS#8 wrapping of an Ed25519 seed (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
export const HEAD_BYTES_MAX = 4096;
const LINE_FEED = 0x0a;

/** From a derived key of 32 bytes. */
export function signingKeyFrom(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

export function publicKeyText(signingKey: KeyObject): string {
  return createPublicKey(signingKey).export({ format: 'der', type: 'spki' }).toString('base64');
}

export function publicKeyFrom(text: string): KeyObject {
  return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
}

function signedText({ number, seq, hash, timeMs, previous }: Omit<SignedHead, 'signature'>): Buffer {
  return Buffer.from(`lineproof ledger head\n${number}\n${seq}\n${hash}\n${timeMs}\n${previous}`);
}

/**
 * 'now': it is on disk when the call returns. 'later': when the system writes it; a power cut may take it, and then the entries
 * that it covers count as not yet signed.
 */
export type HeadSync = 'now' | 'later';

/**
 * Appends one line. Only inside a transaction of the ledger, which keeps other processes from appending at the same time.
 * Throws as checkHeads does.
 */
export function appendHead(path: string, head: Head, signingKey: KeyObject, sync: HeadSync): void {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const { last, end } = readLastHead(file, path);
    refuseLostEntries(last, head);
    const number = (last?.number ?? 0) + 1;
    const hash = Buffer.from(head.hash).toString('hex');
    const body = { number, seq: head.seq, hash, timeMs: head.timeMs, previous: last?.signature ?? '' };
    const signature = sign(null, signedText(body), signingKey).toString('base64');
    const line = Buffer.from(`${JSON.stringify({ ...body, signature } satisfies SignedHead)}\n`);
    ftruncateSync(file, end);
    writeSync(file, line, 0, line.length, end);
    if (sync === 'now') fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (head.seq === 0) syncDirectory(dirname(path));
}

/** Throws when the last head cannot be read, or vouches for an entry that the ledger does not have. */
export function checkHeads(path: string, head: Head): void {
  if (!existsSync(path)) return;
  const file = openSync(path, constants.O_RDONLY);
  try {
    refuseLostEntries(readLastHead(file, path).last, head);
  } finally {
    closeSync(file);
  }
}

/** undefined where there is none. Throws when the last line cannot be read. */
export function readLatestHead(path: string): SignedHead | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, constants.O_RDONLY);
  try {
    return readLastHead(file, path).last;
  } finally {
    closeSync(file);
  }
}

function refuseLostEntries(last: SignedHead | undefined, head: Head): void {
  if (last === undefined || last.seq <= head.seq) return;
  throw new Error(
    `the ledger ends at entry ${head.seq} but entry ${last.seq} was signed: entries are lost, restore a backup`,
  );
}

/**
 * `end` is where the next line belongs. Only what has no line feed is what a crash left half-written, and is written over:
 * a whole line was on disk once, and without it nobody could tell which entries were signed.
 */
function readLastHead(
  file: number,
  path: string,
): { readonly last: SignedHead | undefined; readonly end: number } {
  const size = fstatSync(file).size;
  const tail = Buffer.alloc(Math.min(size, 2 * HEAD_BYTES_MAX));
  readSync(file, tail, 0, tail.length, size - tail.length);
  const lineEnd = tail.lastIndexOf(LINE_FEED);
  if (lineEnd === -1 && size === tail.length) return { last: undefined, end: 0 };
  const lineStart = lineEnd <= 0 ? 0 : tail.lastIndexOf(LINE_FEED, lineEnd - 1) + 1;
  const last = parseHead(tail.toString('utf8', lineStart, Math.max(lineEnd, 0)));
  if (last === undefined) {
    throw new Error(
      `the last line of ${path} cannot be read, so that nothing can be signed after it: see what ledger verify says of it, ` +
        'then restore the file from a backup, or remove that line when it is the only one',
    );
  }
  return { last, end: size - tail.length + lineEnd + 1 };
}

/** A new file survives a loss of power only when its directory is on disk too. */
function syncDirectory(path: string): void {
  const directory = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

export function isHeadGenuine(head: SignedHead, publicKey: KeyObject): boolean {
  return verify(null, signedText(head), publicKey, Buffer.from(head.signature, 'base64'));
}

/** undefined for a line that is no head. */
export function parseHead(line: string): SignedHead | undefined {
  try {
    const { number, seq, hash, timeMs, previous, signature } = JSON.parse(line) as Partial<SignedHead>;
    const counts = [number, seq, timeMs].every((value) => Number.isSafeInteger(value));
    const texts = [hash, previous, signature].every((value) => typeof value === 'string');
    if (!counts || !texts) return undefined;
    return { number, seq, hash, timeMs, previous, signature } as SignedHead;
  } catch {
    return undefined;
  }
}
