import assert from 'node:assert/strict';
import { constants, createPublicKey, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { rsaPublicPem, unwrapWithRsa, wrapWithRsa } from './rsa-pkcs1.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });

test('what was wrapped is unwrapped, through the published PEM too', () => {
  const pem = rsaPublicPem(privateKey);
  assert.match(pem, /^-----BEGIN RSA PUBLIC KEY-----\n/);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 117 }), (key) => {
      assert.deepEqual(unwrapWithRsa(privateKey, wrapWithRsa(createPublicKey(pem), key)), Buffer.from(key));
    }),
    propertyRuns(20),
  );
});

test('wrong padding gives the same other bytes each time and never an error', () => {
  const message = Buffer.alloc(128, 0xab);
  for (const head of ['0001', '0000', '0102', 'ab02', '0002']) {
    message.write(`00${head}`, 0, 'hex');
    const wrapped = publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, message);
    const first = unwrapWithRsa(privateKey, wrapped);
    assert.ok(first instanceof Buffer, head);
    assert.deepEqual(unwrapWithRsa(privateKey, wrapped), first);
  }
});

test('only exactly one block below the modulus is looked at', () => {
  const wrapped = wrapWithRsa(publicKey, Buffer.alloc(32));
  for (const altered of [
    Buffer.alloc(0),
    wrapped.subarray(1),
    Buffer.concat([Buffer.of(0), wrapped]),
    Buffer.concat([wrapped, wrapped]),
    Buffer.alloc(128, 0xff),
  ]) {
    assert.equal(unwrapWithRsa(privateKey, altered), undefined, `${altered.length} bytes`);
  }
});
