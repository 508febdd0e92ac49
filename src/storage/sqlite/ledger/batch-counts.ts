// How many calls each commit of the ledger took: counted by the writer thread in shared memory, read by the serving one.

export interface BatchCounts {
  /** Commits by the number of their calls: at most bounds[i], more than the bound before; the last for all larger. */
  readonly bounds: readonly number[];
  readonly commits: readonly number[];
  /** Calls in all commits. */
  readonly calls: number;
}

const BOUNDS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1024] as const;
const CALLS_AT = BOUNDS.length + 1;

export function createBatchMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer((CALLS_AT + 1) * BigInt64Array.BYTES_PER_ELEMENT);
}

export function createBatchCounter(memory: SharedArrayBuffer): (calls: number) => void {
  const cells = new BigInt64Array(memory);
  return (calls) => {
    let at = 0;
    while (calls > (BOUNDS[at] ?? Number.POSITIVE_INFINITY)) at += 1;
    Atomics.add(cells, at, 1n);
    Atomics.add(cells, CALLS_AT, BigInt(calls));
  };
}

export function readBatchCounts(memory: SharedArrayBuffer): BatchCounts {
  const cells = Array.from(new BigInt64Array(memory), Number);
  return { bounds: BOUNDS, commits: cells.slice(0, CALLS_AT), calls: cells[CALLS_AT] ?? 0 };
}
