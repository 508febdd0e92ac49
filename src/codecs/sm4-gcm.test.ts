import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sm4 } from 'sm-crypto-v2';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { decryptSm4Gcm, encryptSm4Gcm } from './sm4-gcm.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('what was encrypted is decrypted', () => {
  fc.assert(
    fc.property(bytes(16), bytes(12), fc.uint8Array({ maxLength: 200 }), (key, iv, plaintext) => {
      const sealed = encryptSm4Gcm(key, iv, plaintext);
      assert.equal(sealed.ciphertext.length, plaintext.length);
      assert.deepEqual(decryptSm4Gcm(key, iv, sealed), Buffer.from(plaintext));
    }),
  );
});

test('another implementation of the cipher agrees', () => {
  fc.assert(
    fc.property(
      bytes(16),
      bytes(12),
      fc.uint8Array({ minLength: 1, maxLength: 80 }),
      (key, iv, plaintext) => {
        const expected = sm4.encrypt(plaintext, key, {
          mode: 'gcm',
          iv,
          padding: 'none',
          output: 'array',
          outputTag: true,
        });
        const sealed = encryptSm4Gcm(key, iv, plaintext);
        assert.deepEqual(sealed.ciphertext, Buffer.from(expected.output));
        assert.deepEqual(sealed.tag, Buffer.from(expected.tag ?? []));
      },
    ),
    propertyRuns(30),
  );
});

test('ciphertext or tag altered in any byte, a cut tag, another key or IV: nothing is decrypted', () => {
  const key = Buffer.alloc(16, 1);
  const iv = Buffer.alloc(12, 2);
  const { ciphertext, tag } = encryptSm4Gcm(key, iv, Buffer.from('340103202308176095'));
  const flip = (buffer: Buffer, at: number) =>
    buffer.map((byte, i) => (i === at ? byte ^ 1 : byte)) as Buffer;
  for (let i = 0; i < ciphertext.length; i += 1) {
    assert.equal(decryptSm4Gcm(key, iv, { ciphertext: flip(ciphertext, i), tag }), undefined);
  }
  for (let i = 0; i < tag.length; i += 1) {
    assert.equal(decryptSm4Gcm(key, iv, { ciphertext, tag: flip(tag, i) }), undefined);
    assert.equal(decryptSm4Gcm(key, iv, { ciphertext, tag: tag.subarray(0, i) }), undefined);
  }
  assert.equal(decryptSm4Gcm(flip(key, 0), iv, { ciphertext, tag }), undefined);
  assert.equal(decryptSm4Gcm(key, flip(iv, 0), { ciphertext, tag }), undefined);
});
