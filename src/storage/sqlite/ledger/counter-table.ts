// Today's daily counters in memory: open addressing over typed arrays, 20 bytes a counter, because a Map of strings
// would take several times as much for millions of values.

const KEY_WORDS = 4;
const FIRST_CAPACITY = 1 << 12;
/** Grows when more than three quarters are taken. */
const FULL = 0.75;

export interface CounterTable {
  /** Keys are keyed hashes of 16 bytes, so their bits are already evenly spread. */
  get(keys: Uint8Array, offset: number): number;
  increment(keys: Uint8Array, offset: number): void;
  clear(): void;
  readonly size: number;
}

export function createCounterTable(): CounterTable {
  let capacity = FIRST_CAPACITY;
  let words = new Uint32Array(capacity * KEY_WORDS);
  let counts = new Uint32Array(capacity);
  let size = 0;
  const wanted = new Uint32Array(KEY_WORDS);
  const wantedBytes = new Uint8Array(wanted.buffer);

  function take(keys: Uint8Array, offset: number): void {
    for (let i = 0; i < 16; i += 1) wantedBytes[i] = keys[offset + i] ?? 0;
  }

  /** The slot that holds the wanted key, or the empty slot where it belongs. */
  function slotOfWanted(): number {
    let slot = (wanted[0] ?? 0) & (capacity - 1);
    while (counts[slot] !== 0) {
      const at = slot * KEY_WORDS;
      if (
        words[at] === wanted[0] &&
        words[at + 1] === wanted[1] &&
        words[at + 2] === wanted[2] &&
        words[at + 3] === wanted[3]
      ) {
        return slot;
      }
      slot = (slot + 1) & (capacity - 1);
    }
    return slot;
  }

  function put(count: number): void {
    const slot = slotOfWanted();
    if (counts[slot] === 0) {
      words.set(wanted, slot * KEY_WORDS);
      size += 1;
    }
    counts[slot] = (counts[slot] ?? 0) + count;
  }

  function grow(): void {
    const oldWords = words;
    const oldCounts = counts;
    capacity *= 2;
    words = new Uint32Array(capacity * KEY_WORDS);
    counts = new Uint32Array(capacity);
    size = 0;
    for (let slot = 0; slot < oldCounts.length; slot += 1) {
      const count = oldCounts[slot] ?? 0;
      if (count === 0) continue;
      wanted.set(oldWords.subarray(slot * KEY_WORDS, slot * KEY_WORDS + KEY_WORDS));
      put(count);
    }
  }

  return {
    get(keys, offset) {
      take(keys, offset);
      return counts[slotOfWanted()] ?? 0;
    },
    increment(keys, offset) {
      if (size >= capacity * FULL) grow();
      take(keys, offset);
      put(1);
    },
    clear() {
      capacity = FIRST_CAPACITY;
      words = new Uint32Array(capacity * KEY_WORDS);
      counts = new Uint32Array(capacity);
      size = 0;
    },
    get size() {
      return size;
    },
  };
}
