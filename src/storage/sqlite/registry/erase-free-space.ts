// Overwrites what SQLite leaves in the unused bytes of a database file: free pages, and in pages that are in use the free
// blocks and the gap before the cells, where copies stay of rows that moved when a page was split. PRAGMA secure_delete
// does not reach those copies. Implements https://www.sqlite.org/fileformat2.html, sections 1.3 to 1.6.

import { fdatasyncSync, fstatSync, readSync, writeSync } from 'node:fs';

const CHUNK_BYTES = 1 << 20;
/** Small syncs, so that the ledger on the same disk never waits for one of gigabytes. */
const BYTES_PER_SYNC = 1 << 24;
const ZEROS = Buffer.alloc(65_536);

const HEADER_BYTES = 100;
/** First bytes of the pages of a B-tree, with the length of their headers. */
const TREE_PAGES = new Map([
  [0x02, 12],
  [0x05, 12],
  [0x0a, 8],
  [0x0d, 8],
]);

/**
 * Only while the caller holds the database's write lock and its write-ahead log is empty: then these bytes belong to
 * nobody, and no cache of a reader is asked for them. Answers how many bytes it overwrote, when they are on disk.
 */
export function eraseFreeSpace(file: number): number {
  const header = Buffer.alloc(HEADER_BYTES);
  if (readSync(file, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return 0;
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const usable = pageBytes - header.readUInt8(20);
  const pages = Math.floor(fstatSync(file).size / pageBytes);
  const free = listFreePages(file, header.readUInt32BE(32), pages, pageBytes);
  const chunk = Buffer.alloc(Math.max(CHUNK_BYTES, pageBytes));
  const pagesPerChunk = chunk.length / pageBytes;
  let erased = 0;
  let unsynced = 0;

  for (let first = 0; first < pages; first += pagesPerChunk) {
    const read = readSync(file, chunk, 0, chunk.length, first * pageBytes);
    for (let at = 0; at + pageBytes <= read; at += pageBytes) {
      const page = first + at / pageBytes;
      eachUnused(chunk.subarray(at, at + pageBytes), page, usable, free.get(page), (start, end) => {
        if (end <= start || ZEROS.compare(chunk, at + start, at + end, 0, end - start) === 0) return;
        writeSync(file, ZEROS, 0, end - start, page * pageBytes + start);
        erased += end - start;
        unsynced += end - start;
      });
    }
    if (unsynced >= BYTES_PER_SYNC) {
      fdatasyncSync(file);
      unsynced = 0;
    }
  }
  fdatasyncSync(file);
  return erased;
}

/** Free pages, counted from 0, with where their unused bytes begin. */
function listFreePages(file: number, firstTrunk: number, pages: number, pageBytes: number) {
  const free = new Map<number, number>();
  const trunk = Buffer.alloc(pageBytes);
  for (let number = firstTrunk; number !== 0; number = trunk.readUInt32BE(0)) {
    if (number > pages || free.has(number - 1)) throw new Error('the list of free pages is damaged');
    readSync(file, trunk, 0, pageBytes, (number - 1) * pageBytes);
    const leaves = trunk.readUInt32BE(4);
    free.set(number - 1, 8 + leaves * 4);
    for (let leaf = 0; leaf < leaves; leaf += 1) free.set(trunk.readUInt32BE(8 + leaf * 4) - 1, 0);
  }
  return free;
}

function eachUnused(
  page: Buffer,
  number: number,
  usable: number,
  freeFrom: number | undefined,
  visit: (start: number, end: number) => void,
): void {
  if (freeFrom !== undefined) {
    visit(freeFrom, usable);
    return;
  }
  const header = number === 0 ? HEADER_BYTES : 0;
  const headerBytes = TREE_PAGES.get(page.readUInt8(header));
  // Continuations of long rows, which the registry does not have.
  if (headerBytes === undefined) return;
  const cells = page.readUInt16BE(header + 3);
  const content = page.readUInt16BE(header + 5) || 65_536;
  visit(header + headerBytes + cells * 2, Math.min(content, usable));
  let block = page.readUInt16BE(header + 1);
  while (block >= content && block + 4 <= usable) {
    const next = page.readUInt16BE(block);
    visit(block + 4, Math.min(block + page.readUInt16BE(block + 2), usable));
    block = next > block ? next : 0;
  }
}
