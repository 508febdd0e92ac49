// AES-256-CBC with PKCS#7 padding, as the official encryption tools of the phone APIs use it. Unauthenticated: a
// caller must not be told why a decryption failed.

import { createCipheriv, createDecipheriv } from 'node:crypto';

const CIPHER = 'aes-256-cbc';
export const AES_KEY_BYTES = 32;
export const AES_IV_BYTES = 16;

export function encryptAesCbc(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Buffer {
  const cipher = createCipheriv(CIPHER, key, iv);
  return Buffer.concat([cipher.update(plaintext), cipher.final()]);
}

/** undefined when the length or the padding is wrong. */
export function decryptAesCbc(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Buffer | undefined {
  const decipher = createDecipheriv(CIPHER, key, iv);
  const head = decipher.update(ciphertext);
  try {
    return Buffer.concat([head, decipher.final()]);
  } catch {
    return undefined;
  }
}
