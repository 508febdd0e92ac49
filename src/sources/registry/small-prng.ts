// A small seeded generator (sfc32) for invented data: fast and the same on every machine. Not for secrets.

export interface SmallPrng {
  /** An integer from 0 to limit - 1. */
  below(limit: number): number;
  /** A number in [0, 1). */
  fraction(): number;
}

export function createSmallPrng(seed: number): SmallPrng {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;

  function next(): number {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return t >>> 0;
  }

  // The first outputs still resemble the seed.
  for (let i = 0; i < 16; i += 1) next();
  return {
    below: (limit) => Math.floor((next() / 2 ** 32) * limit),
    fraction: () => next() / 2 ** 32,
  };
}
