// Adds up entries slice by slice, so that the writer can serve calls between two slices of a long ledger. Only committed
// entries are read; once the last one is reached, whoever appends more counts it in himself.

import type { DatabaseSync } from 'node:sqlite';
import { lastSeqOf } from './read-entries.ts';

const SLICE_ROWS = 5000;

export interface EntryScan {
  isLoaded(): boolean;
  /** Outside of a transaction only: reads one slice. */
  loadSlice(): void;
  /** Reads whatever is missing. */
  load(): void;
  /** Forgets everything: a transaction failed. */
  drop(): void;
}

export interface EntryScanOptions {
  readonly database: DatabaseSync;
  /** Takes two parameters: the first and the last entry of a slice. */
  readonly sql: string;
  firstSeq(): number;
  begin(): void;
  take(row: Readonly<Record<string, unknown>>): void;
}

export function createEntryScan(options: EntryScanOptions): EntryScan {
  const { database } = options;
  const read = database.prepare(options.sql);
  let isLoaded = false;
  /** undefined before the first slice. */
  let nextSeq: number | undefined;

  function readSlice(rows: number): void {
    if (isLoaded) return;
    if (nextSeq === undefined) {
      options.begin();
      nextSeq = options.firstSeq();
    }
    const last = lastSeqOf(database);
    const end = Math.min(last, nextSeq + rows - 1);
    for (const row of read.iterate(nextSeq, end)) options.take(row);
    nextSeq = end + 1;
    isLoaded = end >= last;
  }

  return {
    isLoaded: () => isLoaded,
    loadSlice: () => readSlice(SLICE_ROWS),
    load: () => readSlice(Number.MAX_SAFE_INTEGER),
    drop() {
      isLoaded = false;
      nextSeq = undefined;
    },
  };
}
