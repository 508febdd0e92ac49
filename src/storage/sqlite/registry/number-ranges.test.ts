import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { Msisdn } from '../../../domain/msisdn.ts';
import type { Clock } from '../../../ports/clock.ts';
import {
  checkNumberRange,
  listNumberRanges,
  removeNumberRange,
  setNumberRanges,
} from './edit-number-ranges.ts';
import { openNumberRanges } from './open-number-ranges.ts';
import { openSubscriberLoad } from './open-subscriber-load.ts';

let directory = '';
let path = '';
let nowMs = 0;
const clock: Clock = { nowMs: () => nowMs, sleep: () => Promise.resolve() };
const number = (digits: string) => `+86${digits}` as Msisdn;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lineproof-ranges-'));
  path = join(directory, 'registry.db');
  nowMs = 0;
});
afterEach(() => rmSync(directory, { recursive: true }));

test('the mainland ranges and their holders are known, with and without a file', () => {
  const ranges = openNumberRanges({ path, clock });
  for (const _ of ['without', 'with']) {
    assert.equal(ranges.find(number('13800138000'))?.holder, 'mobile');
    assert.equal(ranges.find(number('13490000000'))?.holder, 'telecom');
    assert.equal(ranges.find(number('13480000000'))?.holder, 'mobile');
    assert.equal(ranges.find(number('19200000000'))?.holder, 'broadnet');
    assert.equal(ranges.find(number('18600000000'))?.holder, 'unicom');
    assert.equal(ranges.find(number('17000000000'))?.holder, 'virtual');
    assert.equal(ranges.find(number('16100000000')), undefined);
    assert.equal(ranges.find('+12025550123' as Msisdn), undefined);
    assert.ok(listNumberRanges(path).length > 50);
    nowMs += 1000;
  }
  ranges.close();
});

test('the longest prefix wins, and a change by another process is seen within a second', () => {
  listNumberRanges(path);
  const ranges = openNumberRanges({ path, clock });
  assert.deepEqual(ranges.find(number('13800138000'))?.actions, []);
  setNumberRanges(path, [{ prefix: '+861380013', holder: 'mine', actions: ['line-status'] }]);
  nowMs += 1000;
  assert.deepEqual(ranges.find(number('13800138000')), {
    prefix: '+861380013',
    holder: 'mine',
    actions: ['line-status'],
  });
  assert.equal(ranges.find(number('13800238000'))?.holder, 'mobile');
  assert.equal(removeNumberRange(path, '+86138'), true);
  assert.equal(removeNumberRange(path, '+86138'), false);
  nowMs += 1000;
  assert.equal(ranges.find(number('13800238000')), undefined);
  ranges.close();
});

test('the whole table is listed as it is now, and is the same list until it changes', () => {
  const ranges = openNumberRanges({ path, clock });
  const first = ranges.list();
  assert.deepEqual(
    first.map(({ prefix }) => prefix).sort(),
    listNumberRanges(path).map(({ prefix }) => prefix),
  );
  nowMs += 1000;
  assert.equal(ranges.list(), ranges.list());
  setNumberRanges(path, [{ prefix: '+1202', holder: 'other', actions: ['line-status'] }]);
  nowMs += 1000;
  assert.deepEqual(ranges.list(), listNumberRanges(path));
  assert.equal(ranges.list().length, first.length + 1);
  ranges.close();
});

test('replacing the registry leaves the ranges alone', async () => {
  setNumberRanges(path, [{ prefix: '+1202', holder: 'other', actions: [] }]);
  const before = listNumberRanges(path);
  await (await openSubscriberLoad({ path, replace: true })).commit();
  assert.deepEqual(listNumberRanges(path), before);
});

test('a bad range is refused with a reason', () => {
  const check = (prefix: string, holder: string, actions: string[]) =>
    checkNumberRange({ prefix, holder, actions }, ['line-status']);
  check('+86138', 'mobile', ['line-status']);
  assert.throws(() => check('86138', 'mobile', []), /is no prefix/);
  assert.throws(() => check('+0', 'mobile', []), /is no prefix/);
  assert.throws(() => check('+86138', ' ', []), /holder/);
  assert.throws(() => check('+86138', 'mobile', ['nope']), /no action/);
});
