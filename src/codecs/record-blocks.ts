// Cuts a byte stream of lines (CSV records or NDJSON) into blocks that end with a complete record, so that several
// threads can parse them apart. Lines beyond the limit are reported and skipped without being held.

import { endOfLastCsvRecord } from './csv.ts';

export interface RecordBlock {
  /** Ends with a line feed. */
  readonly bytes: Buffer;
  /** Number of its first line; the file's first is 1. */
  readonly firstLine: number;
}

export interface RecordBlocksOptions {
  /** CSV: quoted fields may hold line breaks. */
  readonly quoted: boolean;
  readonly maxRecordBytes: number;
  onBlock(block: RecordBlock): void;
  onRejected(line: number, reason: 'line_too_long' | 'quote_unclosed'): void;
}

const LINE_FEED = 0x0a;

export interface RecordBlocks {
  push(chunk: Buffer): void;
  finish(): void;
}

export function createRecordBlocks(options: RecordBlocksOptions): RecordBlocks {
  let pending: Buffer = Buffer.alloc(0);
  let line = 1;
  let skipping = false;

  function emit(end: number): void {
    if (end === 0) return;
    const bytes = pending.subarray(0, end);
    pending = pending.subarray(end);
    const firstLine = line;
    line += countLineFeeds(bytes);
    options.onBlock({ bytes, firstLine });
  }

  function dropLine(reason: 'line_too_long' | 'quote_unclosed'): void {
    options.onRejected(line, reason);
    const lineFeed = pending.indexOf(LINE_FEED);
    skipping = lineFeed === -1;
    pending = skipping ? Buffer.alloc(0) : pending.subarray(lineFeed + 1);
    if (!skipping) line += 1;
  }

  function lastEnd(): number {
    const hasQuote = options.quoted && pending.includes(0x22);
    return hasQuote ? endOfLastCsvRecord(pending.toString('latin1')) : pending.lastIndexOf(LINE_FEED) + 1;
  }

  return {
    push(chunk) {
      let rest = chunk;
      if (skipping) {
        const lineFeed = rest.indexOf(LINE_FEED);
        if (lineFeed === -1) return;
        skipping = false;
        line += 1;
        rest = rest.subarray(lineFeed + 1);
      }
      pending = pending.length === 0 ? rest : Buffer.concat([pending, rest]);
      emit(lastEnd());
      while (pending.length > options.maxRecordBytes) {
        dropLine('line_too_long');
        emit(lastEnd());
      }
    },
    finish() {
      if (pending.length > 0 && pending.at(-1) !== LINE_FEED)
        pending = Buffer.concat([pending, Buffer.from('\n')]);
      emit(lastEnd());
      while (pending.length > 0) {
        dropLine('quote_unclosed');
        emit(lastEnd());
      }
    },
  };
}

function countLineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
