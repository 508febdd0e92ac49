import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { areTenureBounds, renderTenure } from './tenure.ts';

const bounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 600 }), { maxLength: 12 })
  .map((list) => [0, ...list.sort((a, b) => a - b)]);

test('the default bands', () => {
  const expected = ['[0,3)', '[0,3)', '[3,6)', '[6,12)', '[12,24)', '[12,24)', '[24,+)', '[24,+)'];
  const rendered = [0, 2, 3, 11, 12, 23, 24, 500].map((months) => renderTenure(months, [0, 3, 6, 12, 24]));
  assert.deepEqual(rendered, expected);
});

test('every tenure lies in the band that is shown, and bands have no gaps', () => {
  fc.assert(
    fc.property(bounds, fc.nat(1000), (lowerBounds, months) => {
      assert.ok(areTenureBounds(lowerBounds));
      const [, lower, upper] = /^\[(\d+),(\d+|\+)\)$/.exec(renderTenure(months, lowerBounds)) ?? [];
      assert.ok(lowerBounds.includes(Number(lower)) && Number(lower) <= months);
      const next = lowerBounds[lowerBounds.indexOf(Number(lower)) + 1];
      assert.equal(upper, String(next ?? '+'));
      assert.ok(next === undefined || months < next);
    }),
  );
});

test('bounds that do not start at 0 or do not ascend are refused', () => {
  for (const list of [[], [3], [0, 0], [0, 6, 3], [0, 1.5], [0, Number.NaN], [-1, 0]]) {
    assert.equal(areTenureBounds(list), false, String(list));
  }
  assert.ok(areTenureBounds([0]));
  assert.equal(renderTenure(7, [0]), '[0,+)');
});

test('a tenure below the first bound is a defect', () => {
  assert.throws(() => renderTenure(-1, [0, 3]), RangeError);
  assert.throws(() => renderTenure(1, []), RangeError);
});
