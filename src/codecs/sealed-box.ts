// Envelope for values that rest on disk: AES-256-GCM, laid out as nonce (12 bytes), ciphertext, tag (16 bytes).
// The context is authenticated with it, so that a box moved to another row or column does not open.

import { createCipheriv, createDecipheriv } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;
export const SEALED_BOX_NONCE_BYTES = 12;

/** The nonce must be fresh chance: one nonce used twice under a key betrays both plaintexts. */
export function seal(key: Buffer, plaintext: Uint8Array, context: string, nonce: Uint8Array): Buffer {
  if (nonce.length !== SEALED_BOX_NONCE_BYTES) {
    throw new RangeError(`a nonce has ${SEALED_BOX_NONCE_BYTES} bytes`);
  }
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** The plaintext, or undefined when the box was altered or made under another key or context. */
export function open(key: Buffer, box: Uint8Array, context: string): Buffer | undefined {
  const end = box.length - TAG_BYTES;
  if (end < SEALED_BOX_NONCE_BYTES) return undefined;
  const nonce = box.subarray(0, SEALED_BOX_NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(box.subarray(end));
  const plaintext = decipher.update(box.subarray(SEALED_BOX_NONCE_BYTES, end));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    return undefined;
  }
}
