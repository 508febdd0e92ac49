// The system's randomness. A few bytes at a time would cost a call of the system each: they are cut off a larger piece, each byte
// once.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Random } from '../ports/random.ts';

const POOL_BYTES = 4096;
const SMALL_BYTES = 64;

let pool = Buffer.alloc(0);
let used = 0;

function cut(length: number): Buffer {
  if (length > SMALL_BYTES) return randomBytes(length);
  if (used + length > pool.length) {
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  // A copy of its own: nobody keeps the piece, and what was given out is erased there.
  const bytes = Buffer.from(pool.subarray(used, used + length));
  pool.fill(0, used, used + length);
  used += length;
  return bytes;
}

export const systemRandom: Random = {
  bytes: cut,
  uuid: () => randomUUID(),
};
