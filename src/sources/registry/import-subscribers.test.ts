// An import that would take more than there is ends while it reads: a small gzip file may unpack to very many rows.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { makeTemporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { parseCalendarDate } from '../../domain/calendar-date.ts';
import { type ImportOptions, importSubscribers } from './import-subscribers.ts';

const ROWS = 200_000;

/** How many rows had been accepted when the import gave up. */
async function giveUp(t: TestContext, how: Partial<ImportOptions>, reason: RegExp): Promise<number> {
  const directory = makeTemporaryDirectory(t);
  const input = join(directory, 'many.csv.gz');
  const rows = Array.from({ length: ROWS }, (_, index) => `${13_800_000_000 + index},normal\n`);
  writeFileSync(input, gzipSync(`msisdn,status\n${rows.join('')}`));
  let accepted = 0;
  const importing = importSubscribers({
    ...{ input, workDirectory: directory, rejectedDirectory: directory, threads: 1 },
    ...{ blindIndexKey: Buffer.alloc(32, 7), region: 'CN' },
    today: parseCalendarDate('2026-11-21') ?? assert.fail(),
    openLoad: () => assert.fail('nothing may be written'),
    isCovered: () => true,
    freeBytes: () => Number.MAX_SAFE_INTEGER,
    onProgress({ rows }) {
      accepted = rows;
    },
    ...how,
  });
  await assert.rejects(importing, reason);
  return accepted;
}

test('more rows than can be merged end an import before they are all read', async (t) => {
  assert.ok((await giveUp(t, { rowsPerRun: 10 }, /too many rows; split it/)) < ROWS / 2);
});

test('a disk that becomes full ends an import while calls can still be charged', async (t) => {
  let free = 10 ** 10;
  const freeBytes = () => {
    free /= 10;
    return free;
  };
  assert.ok((await giveUp(t, { rowsPerRun: 1000, freeBytes }, /the disk has .* MiB free/)) < ROWS / 2);
});
