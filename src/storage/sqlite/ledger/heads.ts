// Signed heads of the chain, appended to a file outside the database, so that a chain cut short shows. Ed25519; the
// public key is kept in the ledger, so that verification needs no secret.

import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Head } from './books.ts';

export interface SignedHead {
  readonly seq: number;
  readonly hash: string;
  readonly timeMs: number;
  readonly signature: string;
}

/** PKCS#8 wrapping of an Ed25519 seed (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** From a derived key of 32 bytes. */
export function signingKeyFrom(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

export function publicKeyText(signingKey: KeyObject): string {
  return createPublicKey(signingKey).export({ format: 'der', type: 'spki' }).toString('base64');
}

export function publicKeyFrom(text: string): KeyObject {
  return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
}

function signedText(seq: number, hash: string, timeMs: number): Buffer {
  return Buffer.from(`lineproof ledger head\n${seq}\n${hash}\n${timeMs}`);
}

/** Appends one line and returns once it is on disk. */
export function appendHead(path: string, head: Head, timeMs: number, signingKey: KeyObject): void {
  const hash = Buffer.from(head.hash).toString('hex');
  const signature = sign(null, signedText(head.seq, hash, timeMs), signingKey).toString('base64');
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(file, `${JSON.stringify({ seq: head.seq, hash, timeMs, signature } satisfies SignedHead)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

export function isHeadGenuine(head: SignedHead, publicKey: KeyObject): boolean {
  const text = signedText(head.seq, head.hash, head.timeMs);
  return verify(null, text, publicKey, Buffer.from(head.signature, 'base64'));
}

/** undefined stands for a line that is no head. A half-written last line (a crash) is left out. */
export function readHeads(path: string): readonly (SignedHead | undefined)[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  lines.pop();
  return lines.map(parseHead);
}

function parseHead(line: string): SignedHead | undefined {
  try {
    const { seq, hash, timeMs, signature } = JSON.parse(line) as Partial<SignedHead>;
    const whole = Number.isSafeInteger(seq) && Number.isSafeInteger(timeMs);
    if (!whole || typeof hash !== 'string' || typeof signature !== 'string') return undefined;
    return { seq: seq as number, hash, timeMs: timeMs as number, signature };
  } catch {
    return undefined;
  }
}
