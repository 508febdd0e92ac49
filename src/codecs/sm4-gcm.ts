// SM4-GCM (GB/T 32907 in the mode of RFC 8998): 16-byte key, 12-byte IV, 16-byte tag apart from the ciphertext, no
// additional data. Native in Node's OpenSSL 3.5.

import { type CipherGCM, createCipheriv, createDecipheriv, type DecipherGCM } from 'node:crypto';

const CIPHER = 'sm4-gcm';
export const SM4_KEY_BYTES = 16;
export const SM4_IV_BYTES = 12;
export const SM4_TAG_BYTES = 16;

export interface Sm4Sealed {
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

export function encryptSm4Gcm(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Sm4Sealed {
  // Node's types do not know this cipher, its objects are those of any GCM.
  const cipher = createCipheriv(CIPHER, key, iv) as CipherGCM;
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { ciphertext, tag: cipher.getAuthTag() };
}

/** undefined when ciphertext or tag were altered or the key or IV is another. */
export function decryptSm4Gcm(key: Uint8Array, iv: Uint8Array, sealed: Sm4Sealed): Buffer | undefined {
  // GCM would also accept a shortened tag, which is easier to guess.
  if (sealed.tag.length !== SM4_TAG_BYTES) return undefined;
  const decipher = createDecipheriv(CIPHER, key, iv) as DecipherGCM;
  decipher.setAuthTag(sealed.tag);
  const plaintext = decipher.update(sealed.ciphertext);
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    return undefined;
  }
}
