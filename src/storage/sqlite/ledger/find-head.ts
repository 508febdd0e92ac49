// The signed head that covers an entry, found by bisection: the file grows by a line every few seconds for years.

import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { Finding } from './finding.ts';
import { HEAD_BYTES_MAX, parseHead, type SignedHead } from './heads.ts';

const LINE_FEED = 0x0a;

/**
 * The first head whose entry is this one or a later one; undefined where there is none yet. Throws Finding for a line that
 * is no head.
 */
export function findHead(path: string, seq: number): SignedHead | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    return bisect(file, seq);
  } finally {
    closeSync(file);
  }
}

function bisect(file: number, seq: number): SignedHead | undefined {
  // Heads are in the order of their entries. Before `low`, where a line begins, none covers it; from `high` on all do.
  let low = 0;
  let high = fstatSync(file).size;
  let found: SignedHead | undefined;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const line = readLine(file, low, middle);
    if (line === undefined || line.start >= high) high = middle;
    else if (line.head.seq >= seq) {
      found = line.head;
      high = middle;
    } else low = line.end;
  }
  return found;
}

/** The first whole line that begins at `from` or after it; `low` is where one does. */
function readLine(file: number, low: number, from: number) {
  const at = Math.max(low, from - 1);
  const chunk = Buffer.alloc(2 * HEAD_BYTES_MAX);
  const read = readSync(file, chunk, 0, chunk.length, at);
  const start = from === low ? 0 : chunk.subarray(0, read).indexOf(LINE_FEED) + 1;
  if (start === 0 && from !== low) return undefined;
  const end = chunk.subarray(0, read).indexOf(LINE_FEED, start) + 1;
  // What has no line feed is what a crash left half-written, or is being written.
  if (end === 0) return undefined;
  const head = parseHead(chunk.toString('utf8', start, end - 1));
  if (head === undefined) throw new Finding('a line of the heads cannot be read');
  return { start: at + start, end: at + end, head };
}
