// A keyed hash of 16 bytes for fingerprints: SHA-256 over one block of key and the message, cut in half. As half of the
// state stays hidden, nobody can extend a message; that spares the second hash which HMAC needs for the same end.
// (Coron, Dodis, Malinaud, Puniya: Merkle-Damgard revisited, 2005, the "chop" construction.)

import { hash } from 'node:crypto';

const KEY_BYTES = 32;
export const KEYED_HASH_BYTES = 16;

/** A function that hashes one message (as UTF-8) under a key of 32 bytes. */
export function prepareKeyedHash(key: Uint8Array): (message: string) => Uint8Array {
  if (key.length !== KEY_BYTES) throw new RangeError('the key has 32 bytes');
  // 64 characters: exactly one block of SHA-256.
  const block = Buffer.from(key).toString('hex');
  return (message) =>
    Buffer.from(hash('sha256', block + message, 'latin1').slice(0, KEYED_HASH_BYTES), 'latin1');
}
