import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { open, SEALED_BOX_NONCE_BYTES, seal } from './sealed-box.ts';

const KEY = Buffer.alloc(32, 1);
const NONCE = Buffer.alloc(SEALED_BOX_NONCE_BYTES, 2);
const bytes = fc.uint8Array({ maxLength: 300 });
const nonces = fc.uint8Array({ minLength: SEALED_BOX_NONCE_BYTES, maxLength: SEALED_BOX_NONCE_BYTES });

test('what was sealed opens under the same key and context', () => {
  fc.assert(
    fc.property(bytes, fc.string({ unit: 'grapheme' }), nonces, (plaintext, context, nonce) => {
      assert.deepEqual(open(KEY, seal(KEY, plaintext, context, nonce), context), Buffer.from(plaintext));
    }),
  );
});

test('a box altered in any byte, cut or lengthened does not open', () => {
  const box = seal(KEY, Buffer.from('secret'), 'row 1', NONCE);
  for (let i = 0; i < box.length; i += 1) {
    const altered = Buffer.from(box);
    altered[i] = (altered[i] ?? 0) ^ 1;
    assert.equal(open(KEY, altered, 'row 1'), undefined, `byte ${i}`);
    assert.equal(open(KEY, box.subarray(0, i), 'row 1'), undefined, `cut to ${i}`);
  }
  assert.equal(open(KEY, Buffer.concat([box, Buffer.from([0])]), 'row 1'), undefined);
});

test('a box opens under no other key and no other context', () => {
  const box = seal(KEY, Buffer.from('secret'), 'row 1', NONCE);
  assert.equal(open(KEY, box, 'row 2'), undefined);
  assert.equal(open(Buffer.alloc(32, 3), box, 'row 1'), undefined);
});

test('the plaintext is nowhere in the box, and a wrong nonce length is refused', () => {
  assert.ok(!seal(KEY, Buffer.from('a secret key'), '', NONCE).includes('secret'));
  assert.throws(() => seal(KEY, Buffer.alloc(1), '', Buffer.alloc(11)), RangeError);
});
