import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { sm2 } from 'sm-crypto-v2';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { decryptSm2, encryptSm2, generateSm2KeyPair, sm2CiphertextToAsn1, sm2PublicHex } from './sm2.ts';
import { parseSm2PublicPem, sm2PublicPem } from './sm2-pem.ts';

const pair = generateSm2KeyPair(randomBytes);
const plaintexts = fc.uint8Array({ minLength: 1, maxLength: 100 });
const ORDER = 'fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123';

test('what was encrypted is decrypted, here and by another implementation, and the other way round', () => {
  fc.assert(
    fc.property(plaintexts, (plaintext) => {
      const ours = encryptSm2(pair.publicHex, plaintext, randomBytes);
      assert.equal(ours.length, 97 + plaintext.length);
      assert.deepEqual(decryptSm2(pair.privateHex, ours), Buffer.from(plaintext));
      const theirs = sm2.doDecrypt(ours.toString('hex').slice(2), pair.privateHex, 1, { output: 'array' });
      assert.deepEqual(Buffer.from(theirs), Buffer.from(plaintext));
      const encrypted = Buffer.from(`04${sm2.doEncrypt(plaintext, pair.publicHex, 1)}`, 'hex');
      // A keystream of zeros, which the other implementation does not refuse, happens for one byte in 256 times.
      if (plaintext.length > 2)
        assert.deepEqual(decryptSm2(pair.privateHex, encrypted), Buffer.from(plaintext));
    }),
    propertyRuns(15),
  );
});

test('a ciphertext altered anywhere, cut or made for another key is not decrypted', () => {
  const ciphertext = encryptSm2(pair.publicHex, Buffer.alloc(16, 7), randomBytes);
  for (const at of [0, 1, 40, 64, 65, 80, 96, 97, 112]) {
    const altered = Buffer.from(ciphertext);
    altered[at] = (altered[at] ?? 0) ^ 1;
    assert.equal(decryptSm2(pair.privateHex, altered), undefined, `byte ${at}`);
  }
  for (const length of [0, 1, 65, 97, 112]) {
    assert.equal(decryptSm2(pair.privateHex, ciphertext.subarray(0, length)), undefined, `cut to ${length}`);
  }
  assert.equal(decryptSm2(generateSm2KeyPair(randomBytes).privateHex, ciphertext), undefined);
  assert.equal(decryptSm2(pair.privateHex, Buffer.alloc(200, 4)), undefined);
});

test('a public key is the point of its scalar as OpenSSL computes it', () => {
  const native = createECDH('SM2');
  for (let i = 0; i < 5; i += 1) {
    const { privateHex, publicHex } = generateSm2KeyPair(randomBytes);
    native.setPrivateKey(privateHex, 'hex');
    assert.equal(publicHex, native.getPublicKey('hex'));
    assert.equal(sm2PublicHex(privateHex), publicHex);
  }
});

test('scalars out of range are drawn again, and a source that gives no other ends in an error', () => {
  const draws = ['00'.repeat(32), 'ff'.repeat(32), ORDER, `${ORDER.slice(0, -1)}2`, `${ORDER.slice(0, -1)}1`];
  const { privateHex } = generateSm2KeyPair(() => Buffer.from(draws.shift() ?? '', 'hex'));
  assert.equal(privateHex, `${ORDER.slice(0, -1)}1`);
  assert.throws(() => generateSm2KeyPair((length) => Buffer.alloc(length)), /no SM2 scalar/);
});

test('the same chance gives the same keys and ciphertexts', () => {
  const chance = (length: number) => Buffer.alloc(length, 0x42);
  assert.deepEqual(generateSm2KeyPair(chance), generateSm2KeyPair(chance));
  const encrypt = () => encryptSm2(pair.publicHex, Buffer.from('key'), chance);
  assert.deepEqual(encrypt(), encrypt());
});

test('nothing and points off the curve are not encrypted to', () => {
  assert.throws(() => encryptSm2(pair.publicHex, Buffer.alloc(0), randomBytes), RangeError);
  assert.throws(() => encryptSm2(`04${'11'.repeat(64)}`, Buffer.alloc(16), randomBytes));
});

test('the ASN.1 form is read by another implementation', () => {
  for (const size of [1, 16, 127, 128, 300, 1024]) {
    const plaintext = Buffer.alloc(size, 0x61);
    const asn1 = sm2CiphertextToAsn1(encryptSm2(pair.publicHex, plaintext, randomBytes));
    const options = { output: 'array', asn1: true } as const;
    assert.deepEqual(
      Buffer.from(sm2.doDecrypt(asn1.toString('hex'), pair.privateHex, 1, options)),
      plaintext,
    );
  }
});

test('a public key survives its PEM, and no other text is taken for one', () => {
  const pem = sm2PublicPem(pair.publicHex);
  assert.match(pem, /^-----BEGIN PUBLIC KEY-----\n.{64}\n.{60}\n-----END PUBLIC KEY-----\n$/);
  assert.equal(parseSm2PublicPem(pem), pair.publicHex);
  assert.equal(parseSm2PublicPem(pem.replaceAll('\n', '\r\n')), pair.publicHex);
  const others = [
    '',
    pem.slice(30),
    pem.replace('MFkw', 'MFkx'),
    pem.replaceAll('PUBLIC', 'PRIVATE'),
    pem.repeat(10),
  ];
  for (const text of others) assert.equal(parseSm2PublicPem(text), undefined);
  assert.throws(() => sm2PublicPem(pair.publicHex.slice(2)), RangeError);
});
