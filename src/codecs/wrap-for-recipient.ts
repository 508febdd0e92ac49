// Encrypts a few bytes for the holder of a public key given as PEM, in the ways that Tencent's KMS names
// (EncryptionAlgorithm of GenerateDataKey and Decrypt).

import { constants, createPublicKey, type KeyObject, publicEncrypt } from 'node:crypto';
import { decodeBase64 } from './base64.ts';
import { type DrawBytes, encryptSm2, sm2CiphertextToAsn1 } from './sm2.ts';
import { parseSm2PublicPem } from './sm2-pem.ts';

export const RECIPIENT_ALGORITHMS = [
  'SM2',
  'SM2_C1C3C2_ASN1',
  'RSAES_PKCS1_V1_5',
  'RSAES_OAEP_SHA_1',
  'RSAES_OAEP_SHA_256',
] as const;
export type RecipientAlgorithm = (typeof RECIPIENT_ALGORITHMS)[number];

const PEM_MAX_LENGTH = 4096;
/** Below it is no protection; above it the work grows without use. */
const RSA_BITS_MIN = 2048;
const RSA_BITS_MAX = 4096;
// Line breaks are optional: keys that travelled through forms have lost theirs.
const ARMOUR = /^\s*-----BEGIN (RSA )?PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END (RSA )?PUBLIC KEY-----\s*$/;

const RSA_OPTIONS = {
  RSAES_PKCS1_V1_5: { padding: constants.RSA_PKCS1_PADDING },
  RSAES_OAEP_SHA_1: { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
  RSAES_OAEP_SHA_256: { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
} as const;

/** undefined when the key is no key of the algorithm's kind, or too small for the plaintext. */
export function wrapForRecipient(
  pem: string,
  algorithm: RecipientAlgorithm,
  plaintext: Uint8Array,
  drawBytes: DrawBytes,
): Buffer | undefined {
  if (algorithm === 'SM2' || algorithm === 'SM2_C1C3C2_ASN1') {
    const raw = wrapWithSm2(pem, plaintext, drawBytes);
    return raw !== undefined && algorithm === 'SM2_C1C3C2_ASN1' ? sm2CiphertextToAsn1(raw) : raw;
  }
  const key = readRsaKey(pem);
  if (key === undefined) return undefined;
  try {
    return publicEncrypt({ key, ...RSA_OPTIONS[algorithm] }, plaintext);
  } catch {
    return undefined; // longer than the modulus takes
  }
}

function wrapWithSm2(pem: string, plaintext: Uint8Array, drawBytes: DrawBytes): Buffer | undefined {
  const publicHex = parseSm2PublicPem(pem);
  if (publicHex === undefined) return undefined;
  try {
    return encryptSm2(publicHex, plaintext, drawBytes);
  } catch {
    return undefined; // not a point of the curve
  }
}

function readRsaKey(pem: string): KeyObject | undefined {
  if (pem.length > PEM_MAX_LENGTH) return undefined;
  const [, pkcs1, body = ''] = ARMOUR.exec(pem) ?? [];
  const der = decodeBase64(body.replace(/\s/g, ''), PEM_MAX_LENGTH);
  if (der === undefined) return undefined;
  try {
    const type = pkcs1 === undefined ? 'spki' : 'pkcs1';
    const key = createPublicKey({ key: der, format: 'der', type });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === 'rsa' && bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX ? key : undefined;
  } catch {
    return undefined;
  }
}
