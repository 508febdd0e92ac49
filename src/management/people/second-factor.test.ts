import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authenticatorOf } from './second-factor.ts';

test('the authenticator computes what RFC 6238 prints', () => {
  const secret = Buffer.from('12345678901234567890');
  for (const [seconds, digits] of [
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [20000000000, '353130'],
  ] as const)
    assert.equal(authenticatorOf(secret, '', '').generate({ timestamp: seconds * 1000 }), digits);
});
