import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { createCounterTable } from './counter-table.ts';

const keyOf = (number: number): Buffer => hash('sha256', String(number), 'buffer').subarray(0, 16);

test('a table counts like a map, through every growth', () => {
  const table = createCounterTable();
  const model = new Map<number, number>();
  for (let i = 0; i < 30_000; i += 1) {
    const number = (i * i) % 9_973;
    table.increment(keyOf(number), 0);
    model.set(number, (model.get(number) ?? 0) + 1);
  }
  assert.equal(table.size, model.size);
  for (const [number, count] of model) assert.equal(table.get(keyOf(number), 0), count);
  assert.equal(table.get(keyOf(10_000), 0), 0);
});

test('keys that share all but one byte are told apart, wherever they lie in the array', () => {
  fc.assert(
    fc.property(fc.nat(15), fc.nat(3), (differing, before) => {
      const table = createCounterTable();
      const keys = Buffer.alloc((before + 2) * 16, 7);
      const offset = before * 16;
      keys[offset + 16 + differing] = 8;
      table.increment(keys, offset);
      table.increment(keys, offset + 16);
      table.increment(keys, offset + 16);
      assert.deepEqual([table.get(keys, offset), table.get(keys, offset + 16)], [1, 2]);
    }),
  );
});

test('a cleared table is empty', () => {
  const table = createCounterTable();
  for (let number = 0; number < 5000; number += 1) table.increment(keyOf(number), 0);
  table.clear();
  assert.deepEqual([table.size, table.get(keyOf(1), 0)], [0, 0]);
});
