// Reads the file of signed heads line by line, however long it has grown.

import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { HEAD_BYTES_MAX, parseHead, type SignedHead } from './heads.ts';

const CHUNK_BYTES = 64 * 1024;

/** The length to give to readHeads later; 0 when there is no file. */
export function measureHeads(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

/** undefined stands for a line that is no head. A half-written last line (a crash) is left out. */
export function* readHeads(path: string, length: number): Generator<SignedHead | undefined, void, undefined> {
  if (length === 0) return;
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = '';
    for (let at = 0; at < length; ) {
      const read = readSync(file, chunk, 0, Math.min(CHUNK_BYTES, length - at), at);
      if (read === 0) return;
      at += read;
      const lines = (rest + chunk.toString('latin1', 0, read)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield parseHead(line);
      if (rest.length > HEAD_BYTES_MAX) {
        yield undefined;
        return;
      }
    }
  } finally {
    closeSync(file);
  }
}
