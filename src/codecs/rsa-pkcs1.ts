// RSA key transport with PKCS#1 v1.5 padding (RFC 8017 section 7.2). OpenSSL rejects implicitly: wrong padding yields
// other random-looking bytes, never an error, so that answers are no padding oracle.

import { constants, createPublicKey, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';

const PADDING = constants.RSA_PKCS1_PADDING;

export function wrapWithRsa(publicKey: KeyObject, plaintext: Uint8Array): Buffer {
  return publicEncrypt({ key: publicKey, padding: PADDING }, plaintext);
}

/** What was wrapped, or other bytes; undefined only for what a sender can see himself: a wrong length or magnitude. */
export function unwrapWithRsa(privateKey: KeyObject, wrapped: Uint8Array): Buffer | undefined {
  const bits = privateKey.asymmetricKeyDetails?.modulusLength;
  if (bits === undefined || wrapped.length !== Math.ceil(bits / 8)) return undefined;
  try {
    return privateDecrypt({ key: privateKey, padding: PADDING }, wrapped);
  } catch {
    return undefined;
  }
}

/** PKCS#1 PEM ("RSA PUBLIC KEY") of the public half, the form that the official tools take. */
export function rsaPublicPem(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ type: 'pkcs1', format: 'pem' }).toString();
}
