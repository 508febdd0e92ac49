// Latencies in microseconds in fixed buckets: exact to 1 us below 1 ms, to 0.4 % above, nothing allocated per sample.

const EXACT_US = 1024;
/** 256 steps per doubling from 1024 us on, up to about 67 s. */
const STEPS = 256;
const DOUBLINGS = 16;
const BUCKETS = EXACT_US + STEPS * DOUBLINGS;

export interface LatencyHistogram {
  add(latencyUs: number): void;
  count(): number;
  /** The smallest latency that at least this share of samples does not exceed, e.g. 0.99. */
  quantileUs(share: number): number;
  maxUs(): number;
}

export function createLatencyHistogram(): LatencyHistogram {
  const buckets = new Uint32Array(BUCKETS);
  let total = 0;
  let highest = 0;
  return {
    add(latencyUs) {
      const index = bucketOf(latencyUs);
      buckets[index] = (buckets[index] ?? 0) + 1;
      total += 1;
      if (latencyUs > highest) highest = latencyUs;
    },
    count: () => total,
    maxUs: () => highest,
    quantileUs(share) {
      const needed = Math.max(1, Math.ceil(total * share));
      let seen = 0;
      for (let index = 0; index < BUCKETS; index += 1) {
        seen += buckets[index] ?? 0;
        if (seen >= needed) return Math.min(highest, upperBoundUs(index));
      }
      return highest;
    },
  };
}

function bucketOf(latencyUs: number): number {
  const whole = Math.max(0, Math.ceil(latencyUs));
  if (whole < EXACT_US) return whole;
  const doubling = 31 - Math.clz32(whole) - 10;
  if (doubling >= DOUBLINGS) return BUCKETS - 1;
  return EXACT_US + doubling * STEPS + ((whole >> (doubling + 2)) - STEPS);
}

function upperBoundUs(index: number): number {
  if (index < EXACT_US) return index;
  const doubling = Math.floor((index - EXACT_US) / STEPS);
  const step = (index - EXACT_US) % STEPS;
  return (STEPS + step + 1) * 2 ** (doubling + 2) - 1;
}
