// Encrypts up to 4 KiB under a master key (Tencent kms Encrypt).

import { decodeBase64 } from '../codecs/base64.ts';
import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { Fault } from '../domain/fault.ts';
import {
  CONTEXT_FIELD,
  completed,
  KEY_ID_FIELD,
  PLAINTEXT_FIELD,
  PLATFORM_ACTION,
  readContext,
} from './kms-fields.ts';

const NAME = 'kms-encrypt';
const PLAINTEXT_MAX_BYTES = 4096;
/** Base64 of the most bytes, with room for line breaks. */
const PLAINTEXT_MAX_LENGTH = 8192;

export const kmsEncrypt = defineAction({
  ...PLATFORM_ACTION,
  name: NAME,
  summary: { en: 'Encrypts up to 4 KiB of data.', zh: '加密最多为 4KB 的任意数据。' },
  input: Type.Object({ keyId: KEY_ID_FIELD, plaintext: PLAINTEXT_FIELD, encryptionContext: CONTEXT_FIELD }),
  output: Type.Object({
    ciphertextBlob: Type.String({ title: 'The ciphertext.', titleZh: '加密后的密文。' }),
    keyId: Type.String({ title: 'Id of the master key.', titleZh: 'CMK 的全局唯一标识。' }),
  }),
  faults: [
    'parameter_invalid',
    'kms_plaintext_invalid',
    'kms_key_id_invalid',
    'kms_key_not_found',
    'kms_key_disabled',
    'kms_key_archived',
    'kms_key_pending_delete',
  ],
  priceKey: () => NAME,
  examples: [
    {
      title: { en: 'A short text', zh: '短文本' },
      input: { keyId: '23e80852-1e38-4e11-b129-5cb9019b4b01', plaintext: 'dGVzdAo=' },
    },
  ],
  prepare(input, { account, vault }) {
    const plaintext = decodeBase64(String(input.plaintext), PLAINTEXT_MAX_LENGTH);
    if (plaintext === undefined || plaintext.length === 0 || plaintext.length > PLAINTEXT_MAX_BYTES) {
      throw new Fault('kms_plaintext_invalid');
    }
    const context = readContext(input.encryptionContext);
    const keyId = String(input.keyId);
    return completed({ ciphertextBlob: vault.encrypt(account.id, keyId, plaintext, context), keyId });
  },
});
