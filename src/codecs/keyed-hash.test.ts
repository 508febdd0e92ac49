import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { prepareKeyedHash } from './keyed-hash.ts';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('is the first half of SHA-256 over a block of key and the message', () => {
  fc.assert(
    fc.property(bytes32, fc.string({ unit: 'binary' }), (key, message) => {
      const digest = createHash('sha256')
        .update(Buffer.from(key).toString('hex'))
        .update(message, 'utf8')
        .digest();
      assert.deepEqual(Buffer.from(prepareKeyedHash(key)(message)), digest.subarray(0, 16));
    }),
  );
});

test('another key or another message gives another hash', () => {
  const keyed = prepareKeyedHash(Buffer.alloc(32, 1));
  assert.notDeepEqual(keyed('a'), keyed('b'));
  assert.notDeepEqual(keyed('a'), prepareKeyedHash(Buffer.alloc(32, 2))('a'));
});

test('a key of another length is refused', () => {
  for (const length of [0, 16, 31, 33, 64])
    assert.throws(() => prepareKeyedHash(Buffer.alloc(length)), /32 bytes/);
});
