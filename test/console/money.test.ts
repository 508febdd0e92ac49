// Money in the console: from minor units to what is read and written, and back, without losing any.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createMoneyFormat, decimalOf, minorOf } from '../../console/src/parts/money.ts';
import { propertyRuns } from '../support/property-runs.ts';

const digitsOfCurrencies = fc.constantFrom(0, 2, 3);
const minorUnits = fc.maxSafeNat();

test('what is written of an amount is read as exactly that amount, with 0, 2 and 3 digits', () => {
  fc.assert(
    fc.property(minorUnits, digitsOfCurrencies, (minor, digits) => {
      assert.equal(minorOf(decimalOf(minor, digits), digits), minor);
    }),
    propertyRuns(1000),
  );
});

test('an amount is shown with every digit of it, in either language', () => {
  const currencies = fc.constantFrom({ code: 'JPY', digits: 0 }, { code: 'CNY', digits: 2 });
  fc.assert(
    fc.property(
      minorUnits,
      currencies,
      fc.constantFrom('en-GB', 'zh-CN'),
      (minor, { code, digits }, locale) => {
        const shown = createMoneyFormat(locale, code, digits)(minor);
        assert.equal(shown.replace(/[^\d.]/g, ''), decimalOf(minor, digits));
      },
    ),
    propertyRuns(300),
  );
  assert.equal(createMoneyFormat('zh-CN', 'CNY', 2)(123_456), '¥1,234.56');
  assert.equal(createMoneyFormat('en-GB', 'KWD', 3)(-1), '-KWD\u00a00.001');
});

test('what is no amount, or too large to be exact, is none', () => {
  for (const text of ['', '.', '.5', '-1', '1e3', '1,5', '١', 'NaN', '90071992547409.93'])
    assert.equal(minorOf(text, 2), undefined, text);
  assert.equal(minorOf('12.', 2), 1200);
  assert.equal(minorOf('0.999', 2), 99, 'digits beyond the last are left out, as the field shows');
});
