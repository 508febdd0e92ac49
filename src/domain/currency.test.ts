// What counts as a currency, and what its minor units are.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCurrency, minorDigitsOf } from './currency.ts';

test('a currency is an ISO 4217 code in capitals that is in use', () => {
  for (const code of ['CNY', 'EUR', 'JPY', 'KWD']) assert.ok(isCurrency(code), code);
  for (const code of ['', 'cny', 'RMB', 'ABC', 'CNY ', '元', 'CNYY']) assert.ok(!isCurrency(code), code);
});

test('minor units are the digits that the currency itself has', () => {
  assert.deepEqual(['CNY', 'JPY', 'KWD'].map(minorDigitsOf), [2, 0, 3]);
});
