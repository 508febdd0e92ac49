// Sorts packed rows by number: a stable radix sort over indexes, 13 bits a pass, passes that change nothing skipped.

import type { PackedRows } from './packed-rows.ts';

const BITS = 13;
const BUCKETS = 1 << BITS;
const MASK = BUCKETS - 1;
const HALF = 2 ** (BITS * 2);

/** Indexes of the first `count` rows in ascending order of msisdn (at most 15 digits). */
export function sortedOrder(rows: PackedRows, count: number): Uint32Array {
  const low = new Uint32Array(count);
  const high = new Uint32Array(count);
  let order = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) {
    const msisdn = rows.msisdn(i);
    high[i] = Math.floor(msisdn / HALF);
    low[i] = msisdn % HALF;
    order[i] = i;
  }
  let next = new Uint32Array(count);
  for (const [digits, shift] of [
    [low, 0],
    [low, BITS],
    [high, 0],
    [high, BITS],
  ] as const) {
    if (scatter(digits, shift, order, next)) [order, next] = [next, order];
  }
  return order;
}

/** One pass; false when all rows share the digit and the order stands. */
function scatter(digits: Uint32Array, shift: number, order: Uint32Array, next: Uint32Array): boolean {
  const starts = new Uint32Array(BUCKETS);
  for (const value of digits) {
    const bucket = (value >>> shift) & MASK;
    starts[bucket] = (starts[bucket] ?? 0) + 1;
  }
  let sum = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const size = starts[bucket] ?? 0;
    if (size === digits.length) return false;
    starts[bucket] = sum;
    sum += size;
  }
  for (const index of order) {
    const bucket = ((digits[index] ?? 0) >>> shift) & MASK;
    const at = starts[bucket] ?? 0;
    next[at] = index;
    starts[bucket] = at + 1;
  }
  return true;
}
