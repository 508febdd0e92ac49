import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeForm, parseForm } from './form.ts';

const LIMITS = { maxPairs: 20, maxNameLength: 40 };

test('what is encoded is parsed back', () => {
  const anyName = fc
    .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
    .filter((name) => name.length <= 40);
  const anyForm = fc.array(fc.tuple(anyName, fc.string({ unit: 'grapheme' })), { maxLength: 20 });
  fc.assert(
    fc.property(anyForm, (pairs) => {
      const values = new Map(pairs);
      assert.deepEqual(parseForm(encodeForm(values), LIMITS), values);
    }),
  );
});

test('plus and %20 are spaces, the last of a repeated name counts, empty pieces are skipped', () => {
  const values = parseForm('a=1+2%203&b=&a=x=y&&c=%2B&', LIMITS);
  assert.deepEqual(
    [...values],
    [
      ['a', 'x=y'],
      ['b', ''],
      ['c', '+'],
    ],
  );
});

test('a piece without =, a broken escape, bytes that are not UTF-8 and too much are refused', () => {
  for (const text of ['a', 'a=1&b', 'a&a=%']) assert.equal(parseForm(text, LIMITS), 'malformed', text);
  for (const text of ['a=%', 'a=%zz', 'a=%ff', 'a=%e9%9f', '%=1'])
    assert.equal(parseForm(text, LIMITS), 'malformed', text);
  assert.ok(parseForm('a=1&'.repeat(20), LIMITS) instanceof Map);
  assert.equal(parseForm('a=1&'.repeat(21), LIMITS), 'too-much');
  assert.equal(parseForm(`${'x'.repeat(41)}=1`, LIMITS), 'too-much');
});

test('names of objects are just names', () => {
  assert.deepEqual(
    parseForm('__proto__=1&constructor=2', LIMITS),
    new Map([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]),
  );
  assert.equal(Object.hasOwn(Object.prototype, '1'), false);
});
