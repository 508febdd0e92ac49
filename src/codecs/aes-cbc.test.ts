import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decryptAesCbc, encryptAesCbc } from './aes-cbc.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('what was encrypted is decrypted', () => {
  fc.assert(
    fc.property(bytes(32), bytes(16), fc.uint8Array({ maxLength: 200 }), (key, iv, plaintext) => {
      const ciphertext = encryptAesCbc(key, iv, plaintext);
      assert.equal(ciphertext.length % 16, 0);
      assert.deepEqual(decryptAesCbc(key, iv, ciphertext), Buffer.from(plaintext));
    }),
  );
});

test('the cipher is AES-256-CBC (NIST SP 800-38A, F.2.5)', () => {
  const key = Buffer.from('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4', 'hex');
  const iv = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
  const plaintext = Buffer.from('6bc1bee22e409f96e93d7e117393172a', 'hex');
  const block = encryptAesCbc(key, iv, plaintext).subarray(0, 16).toString('hex');
  assert.equal(block, 'f58c4c04d6e5f1ba779eabfb5f7bfbd6');
});

test('a wrong length or a wrong padding gives undefined', () => {
  const key = Buffer.alloc(32, 1);
  const iv = Buffer.alloc(16, 2);
  const ciphertext = encryptAesCbc(key, iv, Buffer.from('13800138000'));
  for (const length of [0, 1, 15])
    assert.equal(decryptAesCbc(key, iv, ciphertext.subarray(0, length)), undefined);
  const flipped = Buffer.from(iv);
  flipped[15] = (flipped[15] ?? 0) ^ 0x80;
  assert.equal(decryptAesCbc(key, flipped, ciphertext), undefined);
});
