import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../../test/support/property-runs.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { createPackedRow, createPackedRows, type PackedRow } from './packed-rows.ts';
import { mergeRuns, writeRun } from './run-files.ts';
import { sortedOrder } from './sort-rows.ts';

function packedRow(msisdn: number, asOf: number, line: number): PackedRow {
  const row = createPackedRow();
  row.msisdn = msisdn;
  row.asOf = asOf as CalendarDate;
  row.line = line;
  row.carrier = line % 3;
  row.status = line % 7;
  row.activatedOn = line % 2 === 0 ? undefined : (-(line % 1000) as CalendarDate);
  row.keeps = line % 16;
  row.nameHash = line % 3 === 0 ? undefined : new Uint8Array(16).fill(line);
  row.idCardHash = line % 5 === 0 ? undefined : new Uint8Array(16).fill(line + 1);
  return row;
}

const snapshot = (row: PackedRow) => ({
  ...row,
  nameHash: row.nameHash && [...row.nameHash],
  idCardHash: row.idCardHash && [...row.idCardHash],
});

const msisdn = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 999_999_999_999_999 }));
const input = fc.array(fc.tuple(msisdn, fc.integer({ min: -3, max: 3 }), fc.nat(3)), {
  maxLength: 60,
  size: 'max',
});

test('a packed row comes back as it was', () => {
  const rows = createPackedRows(3);
  for (let line = 0; line < 40; line += 1) {
    const row = packedRow(8_613_800_000_000 + line, 20_000 + line, 4_000_000_000 + line);
    rows.write(line % 3, row);
    const back = createPackedRow();
    rows.read(line % 3, back);
    assert.deepEqual(snapshot(back), snapshot(row));
  }
});

test('the order is ascending by number and keeps the input order of equal numbers', () => {
  fc.assert(
    fc.property(fc.array(msisdn, { maxLength: 60, size: 'max' }), (numbers) => {
      const rows = createPackedRows(Math.max(1, numbers.length));
      for (const [line, number] of numbers.entries()) rows.write(line, packedRow(number, 0, line));
      const expected = numbers.map((number, line) => ({ number, line })).sort((a, b) => a.number - b.number);
      assert.deepEqual(
        [...sortedOrder(rows, numbers.length)],
        expected.map(({ line }) => line),
      );
    }),
  );
});

test('of rows with one number the newest date wins, on a tie the later line, however they are spread over runs', () => {
  const directory = mkdtempSync(join(tmpdir(), 'lineproof-runs-'));
  let files = 0;
  try {
    fc.assert(
      fc.property(input, (items) => {
        const expected = new Map<number, PackedRow>();
        const perRun: PackedRow[][] = [[], [], [], []];
        for (const [line, [number, asOf, run]] of items.entries()) {
          const row = packedRow(number, asOf, line);
          perRun[run]?.push(row);
          const known = expected.get(number);
          if (known === undefined || row.asOf >= known.asOf) expected.set(number, row);
        }
        const runs = perRun.map((rows) => {
          files += 1;
          const path = join(directory, `${files}.run`);
          const packed = createPackedRows(Math.max(1, rows.length));
          for (const [index, row] of rows.entries()) packed.write(index, row);
          writeRun(path, packed, rows.length);
          return { path, carriers: ['a', 'b', 'c'] };
        });
        const merge = mergeRuns(runs);
        const merged = [];
        const row = createPackedRow();
        while (merge.next(row)) {
          assert.equal(merge.carrier(row), 'abc'.charAt(row.line % 3));
          merged.push(snapshot(row));
        }
        merge.close();
        assert.equal(merge.rowsRead(), items.length);
        const ascending = [...expected.values()].sort((a, b) => a.msisdn - b.msisdn);
        assert.deepEqual(merged, ascending.map(snapshot));
      }),
      propertyRuns(60),
    );
    assert.equal(statSync(join(directory, '1.run')).mode & 0o777, 0o600);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
