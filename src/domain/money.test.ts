import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addMoney, formatMoney, isMoney, parseMoney, subtractMoney } from './money.ts';

const amount = fc.maxSafeNat();
const exponent = fc.integer({ min: 0, max: 4 });

test('what is formatted is read back exactly', () => {
  fc.assert(
    fc.property(
      amount.filter((minor) => minor < 10 ** 15),
      exponent,
      (minor, digits) => {
        assert.equal(parseMoney(formatMoney(minor, digits), digits), minor);
      },
    ),
  );
  assert.equal(formatMoney(5, 2), '0.05');
  assert.equal(formatMoney(1234, 0), '1234');
  assert.equal(parseMoney('12.3', 2), 1230);
});

test('signs, blanks, other notations, too many decimals and too much are not money', () => {
  for (const text of [
    '',
    '-1',
    '+1',
    ' 1',
    '1,5',
    '1.',
    '.5',
    '1e3',
    '0x1',
    '1.234',
    'NaN',
    '9'.repeat(16),
  ]) {
    assert.equal(parseMoney(text, 2), undefined, JSON.stringify(text));
  }
  assert.equal(parseMoney('1.5', 0), undefined);
  assert.equal(parseMoney('999999999999999.99', 2), undefined);
});

test('sums and differences are exact and never below zero, or there are none', () => {
  fc.assert(
    fc.property(amount, amount, (a, b) => {
      const sum = BigInt(a) + BigInt(b);
      const safe = sum <= BigInt(Number.MAX_SAFE_INTEGER);
      assert.equal(addMoney(a, b), safe ? Number(sum) : undefined);
      assert.equal(subtractMoney(a, b), b <= a ? a - b : undefined);
    }),
  );
  for (const odd of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, -0]) {
    assert.equal(isMoney(odd), false);
    assert.equal(addMoney(odd, 1), undefined);
    assert.equal(subtractMoney(1, odd), undefined);
    assert.throws(() => formatMoney(odd, 2), RangeError);
  }
});

test('an impossible number of decimals is a defect', () => {
  for (const digits of [-1, 5, 1.5]) assert.throws(() => formatMoney(1, digits), RangeError);
});
