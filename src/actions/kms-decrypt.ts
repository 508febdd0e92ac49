// Opens a ciphertext made under one of the account's master keys (Tencent kms Decrypt).

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import {
  CIPHERTEXT_FIELD,
  CONTEXT_FIELD,
  completed,
  PLATFORM_ACTION,
  RECIPIENT_FIELDS,
  readContext,
  readRecipient,
} from './kms-fields.ts';

const NAME = 'kms-decrypt';

export const kmsDecrypt = defineAction({
  ...PLATFORM_ACTION,
  name: NAME,
  summary: { en: 'Decrypts a ciphertext of Encrypt or GenerateDataKey.', zh: '解密密文，得到明文数据。' },
  input: Type.Object({
    ciphertextBlob: CIPHERTEXT_FIELD,
    encryptionContext: CONTEXT_FIELD,
    ...RECIPIENT_FIELDS,
  }),
  output: Type.Object({
    keyId: Type.String({ title: 'Id of the master key.', titleZh: 'CMK 的全局唯一标识。' }),
    plaintext: Type.String({
      sensitive: true,
      title: 'The plaintext in Base64, encrypted if EncryptionPublicKey was given.',
      titleZh: 'Base64 编码的明文；若指定 EncryptionPublicKey 则为其加密后的密文。',
    }),
  }),
  faults: [
    'parameter_invalid',
    'kms_ciphertext_invalid',
    'kms_key_not_found',
    'kms_key_disabled',
    'kms_key_archived',
    'kms_key_pending_delete',
    'kms_encryption_failed',
  ],
  priceKey: () => NAME,
  examples: [
    {
      title: { en: 'A ciphertext that was not made here', zh: '非本服务生成的密文' },
      input: { ciphertextBlob: 'bm90IG1hZGUgaGVyZQ==' },
    },
  ],
  prepare(input, { account, vault, random }) {
    const context = readContext(input.encryptionContext);
    const wrap = readRecipient(input, random);
    const { keyId, plaintext } = vault.decrypt(account.id, String(input.ciphertextBlob), context);
    return completed({ keyId, plaintext: wrap(plaintext) });
  },
});
