import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortRows } from './sorting.ts';

const ROWS = [
  { id: 10, name: 'till', ends: 5 },
  { id: 2, name: 'Bench', ends: undefined },
  { id: 9, name: 'Till', ends: 3 },
  { id: 1, name: 'alpha', ends: undefined },
];
const VALUES = {
  name: ({ name }: (typeof ROWS)[number]) => name,
  ends: ({ ends }: (typeof ROWS)[number]) => ends,
};
const idsBy = (by: 'name' | 'ends', descending: boolean) =>
  sortRows(ROWS, { by, descending }, VALUES, ({ id }) => id).map(({ id }) => id);

test('letters of any case are equal, equal rows are told apart by their ids, and the rows that came stay as they were', () => {
  assert.deepEqual(idsBy('name', false), [1, 2, 9, 10]);
  assert.deepEqual(idsBy('name', true), [10, 9, 2, 1]);
  assert.deepEqual(
    ROWS.map(({ id }) => id),
    [10, 2, 9, 1],
  );
});

test('what has no end ends last', () => {
  assert.deepEqual(idsBy('ends', false), [9, 10, 1, 2]);
  assert.deepEqual(idsBy('ends', true), [2, 1, 10, 9]);
});
