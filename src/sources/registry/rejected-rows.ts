// The file of rejected rows: line, reason and field, nothing of the row itself. It grows in the import's work
// directory and is moved to its place when the import is done.

import { linkSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { formatCsvRecord } from '../../codecs/csv.ts';
import { REJECT_REASONS, type RejectCode, rejectNumber } from './reject-reasons.ts';

export interface RejectedRows {
  add(line: number, code: RejectCode): void;
  addPairs(pairs: Uint32Array): void;
  /** Writes what has gathered; call it often. */
  flush(): Promise<void>;
  count(): number;
  /** Those of them that are not listed in the file. */
  unlisted(): number;
  /** Rejected rows by reason. */
  byReason(): Readonly<Partial<Record<RejectCode, number>>>;
  /** Moves the file to the directory, never over another; undefined when nothing was rejected. */
  publish(directory: string, baseName: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Lines beyond `maxListed` are counted but not listed. */
export function createRejectedRows(workDirectory: string, maxListed: number): RejectedRows {
  const path = join(workDirectory, 'rejected.csv');
  const reasons = new Map<RejectCode, number>();
  let waiting: [line: number, number: number][] = [];
  let file: FileHandle | undefined;
  let count = 0;

  function addNumber(line: number, number: number): void {
    const reason = REJECT_REASONS[number];
    if (reason === undefined) return;
    count += 1;
    reasons.set(reason.code, (reasons.get(reason.code) ?? 0) + 1);
    if (count <= maxListed) waiting.push([line, number]);
  }

  async function flush(): Promise<void> {
    if (waiting.length === 0) return;
    const lines = waiting.sort((a, b) => a[0] - b[0]).map(([line, number]) => formatLine(line, number));
    waiting = [];
    if (file === undefined) {
      file = await open(path, 'wx', 0o600);
      lines.unshift('line,reason,field\n');
    }
    await file.appendFile(lines.join(''));
  }

  async function close(): Promise<void> {
    await file?.close();
    file = undefined;
  }

  return {
    add: (line, code) => addNumber(line, rejectNumber(code)),
    addPairs(pairs) {
      for (let i = 0; i + 1 < pairs.length; i += 2) addNumber(pairs[i] ?? 0, pairs[i + 1] ?? 0);
    },
    flush,
    count: () => count,
    unlisted: () => Math.max(0, count - maxListed),
    byReason: () => Object.fromEntries(reasons),
    async publish(directory, baseName) {
      await flush();
      if (file === undefined) return undefined;
      if (count > maxListed) await file.appendFile(`,${count - maxListed} more rows were rejected,\n`);
      await close();
      return moveToFreeName(path, directory, baseName);
    },
    close,
  };
}

function formatLine(line: number, number: number): string {
  const reason = REJECT_REASONS[number];
  return formatCsvRecord([String(line), reason?.code ?? '', reason?.field ?? '']);
}

function moveToFreeName(path: string, directory: string, baseName: string): string {
  for (let attempt = 1; ; attempt += 1) {
    const target = join(directory, `${baseName}.rejected${attempt === 1 ? '' : `-${attempt}`}.csv`);
    try {
      linkSync(path, target);
      rmSync(path);
      return target;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt >= 10_000) throw error;
    }
  }
}
