// What was replaced, merged over or deleted is gone from every byte of every file, not only from the rows that a query
// sees: SQLite keeps old pages, and old copies of rows in pages that are still in use.

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parsePersonName } from '../../src/domain/person-name.ts';
import { createBlindIndex } from '../../src/sources/registry/blind-index.ts';
import { listSubscribers } from '../../src/storage/sqlite/registry/list-subscribers.ts';
import { HEADER, KEY, openRegistryBench, type RegistryBench } from './registry-bench.ts';

const FIRST = 13_800_000_000;
const ROWS = 6000;
const blindIndex = createBlindIndex(KEY);

function nameOf(number: number, version: number): string {
  const letters = String(number).replaceAll(/./g, (digit) => String.fromCharCode(97 + Number(digit)));
  return `${letters} ${'abcdef'[version]}`;
}

/** Each number with a name that no other number and no other version has. */
function csvOf(numbers: Iterable<number>, version: number): string {
  const rows = [...numbers].map(
    // Dates of two lengths, so that some rows no longer fit where their older version lay.
    (n) =>
      `${n},normal,${n % 3 === version % 3 ? '' : '2020-01-31'},,${nameOf(n, version)},,2026-11-0${version + 1}\n`,
  );
  return HEADER + rows.join('');
}

function hashesOf(numbers: Iterable<number>, version: number): Buffer[] {
  return [...numbers].map((n) => {
    const name = parsePersonName(nameOf(n, version));
    assert.ok(name);
    return Buffer.from(blindIndex.ofName(8_600_000_000_000 + n, name));
  });
}

/** How many of the values lie anywhere in the data directory. */
function countTraces(b: RegistryBench, values: readonly Buffer[]): number {
  const wanted = new Map(values.map((value) => [value.readUInt32LE(0), value]));
  let found = 0;
  for (const file of readdirSync(b.paths.directory, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const bytes = readFileSync(join(file.parentPath, file.name));
    for (let at = 0; at + 16 <= bytes.length; at += 1) {
      const value = wanted.get(bytes.readUInt32LE(at));
      if (value?.equals(bytes.subarray(at, at + 16)) === true) found += 1;
    }
  }
  return found;
}

/** Every tenth, every fifteenth ... number, so that later ones lie between earlier ones. */
function numbersOf(step: number, offset = 0): number[] {
  return Array.from({ length: Math.floor((ROWS * 10) / step) }, (_, index) => FIRST + offset + index * step);
}

function bench(name: string, run: (bench: RegistryBench) => Promise<void>): void {
  test(name, async () => {
    const opened = openRegistryBench();
    try {
      await run(opened);
    } finally {
      opened.close();
    }
  });
}

async function deleteNumbers(b: RegistryBench, numbers: readonly number[]) {
  const file = join(b.directory, 'leavers');
  writeFileSync(file, numbers.join('\n'));
  await b.clock.pass(1000);
  return b.administration.delete(file);
}

bench('rows that were merged over, moved and then deleted leave no hash in any file', async (b) => {
  await b.import(csvOf(numbersOf(10), 0));
  const merged = await b.import(csvOf(numbersOf(15), 1));
  assert.equal(merged.oldRowsErased, true);
  const both = numbersOf(30);
  assert.equal(countTraces(b, hashesOf(both, 0)), 0);
  assert.equal(countTraces(b, hashesOf(both, 1)), both.length);

  await b.import(csvOf(numbersOf(7, 3), 2));
  const leavers = numbersOf(10).filter((_, index) => index % 4 === 1);
  assert.equal((await deleteNumbers(b, leavers)).deleted, leavers.length);
  await b.import(csvOf(numbersOf(11, 5), 3));
  const others = numbersOf(7, 3).filter((_, index) => index % 5 === 2);
  await deleteNumbers(b, others);
  const kept = new Set<number>();
  for (const { msisdn } of listSubscribers(b.paths.registry)) kept.add(msisdn - 8_600_000_000_000);
  const gone = [...leavers, ...others].filter((number) => !kept.has(number));
  assert.ok(gone.length > 2000);
  for (const version of [0, 1, 2, 3]) assert.equal(countTraces(b, hashesOf(gone, version)), 0);
});

bench('--replace leaves nothing of the registry before it', async (b) => {
  await b.import(csvOf(numbersOf(10), 0));
  assert.equal((await b.import(csvOf(numbersOf(60), 1), { replace: true })).oldRowsErased, true);
  assert.equal(countTraces(b, hashesOf(numbersOf(10), 0)), 0);
  assert.equal(countTraces(b, hashesOf(numbersOf(60), 1)), numbersOf(60).length);
  assert.equal(b.administration.statistics().rows, numbersOf(60).length);
});

bench('while a reader keeps the log, that is said, and the next change erases what stayed', async (b) => {
  await b.import(csvOf(numbersOf(10), 0));
  const reader = listSubscribers(b.paths.registry);
  reader.next();
  const merged = await b.import(csvOf(numbersOf(10), 1));
  assert.equal(merged.oldRowsErased, false);
  assert.notEqual(countTraces(b, hashesOf(numbersOf(10), 0)), 0);
  reader.return(undefined);
  assert.equal((await deleteNumbers(b, [FIRST + 1])).logEmptied, true);
  assert.equal(countTraces(b, hashesOf(numbersOf(10), 0)), 0);
});

bench('what a killed import left behind is removed by a deletion', async (b) => {
  await b.import(csvOf([FIRST], 0));
  const left = join(b.paths.directory, 'registry-import');
  mkdirSync(left);
  writeFileSync(join(left, 'thread-0-0.run'), Buffer.concat(hashesOf([FIRST], 1)));
  await deleteNumbers(b, [FIRST]);
  assert.equal(countTraces(b, [...hashesOf([FIRST], 0), ...hashesOf([FIRST], 1)]), 0);
});
