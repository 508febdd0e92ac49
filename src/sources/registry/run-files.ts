// Sorted runs on disk. Each run holds packed rows in ascending order of number; the merge reads them side by side and
// keeps, of rows with one number, the newest as-of date and on a tie the later line.

import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { createPackedRows, type PackedRow, type PackedRows, ROW_BYTES, ROW_WORDS } from './packed-rows.ts';
import { sortedOrder } from './sort-rows.ts';

const CHUNK_ROWS = 4096;

export function writeRun(path: string, rows: PackedRows, count: number): void {
  const order = sortedOrder(rows, count);
  const chunk = createPackedRows(CHUNK_ROWS);
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let start = 0; start < count; start += CHUNK_ROWS) {
      const length = Math.min(CHUNK_ROWS, count - start);
      for (let i = 0; i < length; i += 1) copyRow(rows.words, order[start + i] ?? 0, chunk.words, i);
      writeAll(file, chunk.bytes.subarray(0, length * ROW_BYTES));
    }
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

function copyRow(from: Int32Array, fromIndex: number, to: Int32Array, toIndex: number): void {
  const source = fromIndex * ROW_WORDS;
  const target = toIndex * ROW_WORDS;
  for (let word = 0; word < ROW_WORDS; word += 1) to[target + word] = from[source + word] ?? 0;
}

/** A sorted run and the carrier texts that its rows number. */
export interface Run {
  readonly path: string;
  readonly carriers: readonly string[];
}

interface RunReader {
  readonly rows: PackedRows;
  readonly carriers: readonly string[];
  at: number;
  /** Number of the row at `at`; Infinity at the end. */
  msisdn: number;
  advance(): void;
  close(): void;
}

function openRun({ path, carriers }: Run): RunReader {
  const file = openSync(path, 'r');
  const rows = createPackedRows(CHUNK_ROWS);
  let loaded = 0;
  const reader: RunReader = {
    rows,
    carriers,
    at: -1,
    msisdn: 0,
    advance() {
      reader.at += 1;
      if (reader.at >= loaded) {
        loaded = readSync(file, rows.bytes, 0, rows.bytes.length, null) / ROW_BYTES;
        reader.at = 0;
      }
      reader.msisdn = reader.at < loaded ? rows.msisdn(reader.at) : Number.POSITIVE_INFINITY;
    },
    close: () => closeSync(file),
  };
  reader.advance();
  return reader;
}

export interface RunMerge {
  /** Fills the row with the winner of the next number; false at the end. Its hashes are valid until the next call. */
  next(row: PackedRow): boolean;
  /** Carrier of the row that `next` filled. */
  carrier(row: PackedRow): string;
  /** Rows read so far, winners and others. */
  rowsRead(): number;
  close(): void;
}

export function mergeRuns(runs: readonly Run[]): RunMerge {
  const heap = createHeap(runs.map(openRun));
  const winner = createPackedRows(1);
  let carriers: readonly string[] = [];
  let rowsRead = 0;

  function take(reader: RunReader): void {
    carriers = reader.carriers;
    copyRow(reader.rows.words, reader.at, winner.words, 0);
  }

  return {
    next(row) {
      let reader = heap.top();
      if (reader === undefined || reader.msisdn === Number.POSITIVE_INFINITY) return false;
      const { msisdn } = reader;
      take(reader);
      while (reader !== undefined && reader.msisdn === msisdn) {
        const { rows, at } = reader;
        const newer = rows.asOf(at) - winner.asOf(0);
        if (newer > 0 || (newer === 0 && rows.line(at) > winner.line(0))) take(reader);
        rowsRead += 1;
        reader.advance();
        heap.sink();
        reader = heap.top();
      }
      winner.read(0, row);
      return true;
    },
    carrier: (row) => carriers[row.carrier] ?? '',
    rowsRead: () => rowsRead,
    close: () => heap.each((reader) => reader.close()),
  };
}

/** A binary heap whose top has the smallest number; `sink` restores it after the top has advanced. */
function createHeap(readers: readonly RunReader[]) {
  const heap = [...readers].sort((a, b) => a.msisdn - b.msisdn);
  return {
    top: () => heap[0],
    each: (visit: (reader: RunReader) => void) => heap.forEach(visit),
    sink() {
      const moved = heap[0];
      if (moved === undefined) return;
      let at = 0;
      for (;;) {
        let child = at * 2 + 1;
        let candidate = heap[child];
        if (candidate === undefined) break;
        const right = heap[child + 1];
        if (right !== undefined && right.msisdn < candidate.msisdn) {
          child += 1;
          candidate = right;
        }
        if (moved.msisdn <= candidate.msisdn) break;
        heap[at] = candidate;
        at = child;
      }
      heap[at] = moved;
    },
  };
}
