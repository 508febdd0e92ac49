// A stream of bytes sealed under a key of its own (AES-256 in counter mode), so that what lies on disk for a while says
// nothing to whoever has not the key. It hides and does not authenticate: only for files that nobody else can write.

import { createCipheriv, createDecipheriv } from 'node:crypto';

export const STREAM_KEY_BYTES = 32;
const CIPHER = 'aes-256-ctr';
/** A key seals one stream only, so the counter may begin anywhere. */
const START = Buffer.alloc(16);

/** `update` gives as many bytes as it takes; can be piped through. */
export function createStreamSeal(key: Uint8Array) {
  return createCipheriv(CIPHER, key, START);
}

export function createStreamUnseal(key: Uint8Array) {
  return createDecipheriv(CIPHER, key, START);
}
