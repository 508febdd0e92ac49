import assert from 'node:assert/strict';
import {
  constants,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  randomBytes,
} from 'node:crypto';
import { test } from 'node:test';
import { decryptSm2, generateSm2KeyPair, sm2CiphertextToAsn1 } from './sm2.ts';
import { sm2PublicPem } from './sm2-pem.ts';
import { RECIPIENT_ALGORITHMS, wrapForRecipient } from './wrap-for-recipient.ts';

const PLAINTEXT = Buffer.from('a data key of thirty-two bytes..');
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const spki = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const sm2 = generateSm2KeyPair(randomBytes);
const sm2Pem = sm2PublicPem(sm2.publicHex);

const PADDINGS = {
  RSAES_PKCS1_V1_5: { padding: constants.RSA_PKCS1_PADDING },
  RSAES_OAEP_SHA_1: { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
  RSAES_OAEP_SHA_256: { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
} as const;

for (const algorithm of ['RSAES_PKCS1_V1_5', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const) {
  test(`${algorithm}: the holder of the private key opens it, however the PEM was written`, () => {
    const pkcs1 = publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    for (const pem of [spki, pkcs1, spki.replaceAll('\n', ' '), spki.replaceAll('\n', '\r\n')]) {
      const wrapped = wrapForRecipient(pem, algorithm, PLAINTEXT, randomBytes);
      assert.ok(wrapped !== undefined, pem);
      assert.deepEqual(privateDecrypt({ key: privateKey, ...PADDINGS[algorithm] }, wrapped), PLAINTEXT);
    }
  });
}

test('SM2: the holder of the private key opens the raw form, 04 x y C3 C2', () => {
  const wrapped = wrapForRecipient(sm2Pem, 'SM2', PLAINTEXT, randomBytes);
  assert.ok(wrapped !== undefined);
  assert.equal(wrapped.length, 97 + PLAINTEXT.length);
  assert.deepEqual(decryptSm2(sm2.privateHex, wrapped), PLAINTEXT);
});

test('SM2_C1C3C2_ASN1 is the same ciphertext as a SEQUENCE', () => {
  const fixed = (length: number): Buffer => Buffer.alloc(length, 5);
  const raw = wrapForRecipient(sm2Pem, 'SM2', PLAINTEXT, fixed);
  const asn1 = wrapForRecipient(sm2Pem, 'SM2_C1C3C2_ASN1', PLAINTEXT, fixed);
  assert.ok(raw !== undefined);
  assert.deepEqual(asn1, sm2CiphertextToAsn1(raw));
});

test('what is no public key of the algorithm is refused', () => {
  const pemOf = (key: KeyObject): string =>
    createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const weak = pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey);
  const curve = pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const wrong = ['', 'no pem', weak, curve, secret, spki.slice(0, 200), 'x'.repeat(100_000)];
  for (const algorithm of RECIPIENT_ALGORITHMS) {
    for (const pem of [...wrong, algorithm.startsWith('SM2') ? spki : sm2Pem]) {
      assert.equal(
        wrapForRecipient(pem, algorithm, PLAINTEXT, randomBytes),
        undefined,
        `${algorithm} ${pem}`,
      );
    }
  }
});

test('a plaintext longer than the RSA key takes is refused', () => {
  assert.equal(wrapForRecipient(spki, 'RSAES_PKCS1_V1_5', Buffer.alloc(246), randomBytes), undefined);
  assert.equal(wrapForRecipient(spki, 'RSAES_OAEP_SHA_256', Buffer.alloc(191), randomBytes), undefined);
});
