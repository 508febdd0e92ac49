import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { prepareHmacSha256 } from './hmac-sha256.ts';

test('equals the library HMAC for every key and message, text or bytes, in any order of lengths', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.string({ unit: 'binary', maxLength: 900 })),
      (key, texts) => {
        const authenticate = prepareHmacSha256(key);
        for (const text of texts) {
          const expected = createHmac('sha256', key).update(text, 'utf8').digest('hex');
          assert.equal(authenticate(text).toString('hex'), expected);
          assert.equal(authenticate(Buffer.from(text, 'utf8')).toString('hex'), expected);
        }
      },
    ),
  );
});
