import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createTimeFormat } from './zoned-time.ts';

test('a moment is written with the offset that its zone has at that moment', () => {
  const winterMs = Date.UTC(2026, 0, 15, 12, 0, 0, 7);
  const summerMs = Date.UTC(2026, 6, 15, 12);
  assert.equal(createTimeFormat('Asia/Shanghai')(winterMs), '2026-01-15T20:00:00.007+08:00');
  const berlin = createTimeFormat('Europe/Berlin');
  assert.equal(berlin(winterMs), '2026-01-15T13:00:00.007+01:00');
  assert.equal(berlin(summerMs), '2026-07-15T14:00:00.000+02:00');
  assert.equal(createTimeFormat('America/St_Johns')(winterMs), '2026-01-15T08:30:00.007-03:30');
  assert.equal(createTimeFormat('UTC')(winterMs), '2026-01-15T12:00:00.007+00:00');
});

test('what is written is read back as the same moment, in any order of moments', () => {
  const format = createTimeFormat('America/New_York');
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) }), (unixMs) => {
      assert.equal(Date.parse(format(unixMs)), unixMs);
    }),
  );
});
