// How a call says which of its fields are encrypted, and under which key: described once for every action that has such
// fields, whatever place and spelling a protocol gives them. Protocols read them; no action sees them.

import type { TSchema } from 'typebox';
import { Type } from '../core/json-schema.ts';
import { SEAL_ALGORITHMS } from '../core/open-fields.ts';

/** Long enough for any key of a KMS or of the server, in Base64. */
const BLOB_MAX_LENGTH = 4096;

export type EncryptionField = 'encryptList' | 'ciphertextBlob' | 'iv' | 'algorithm' | 'tagList';

export const ENCRYPTION_FIELDS: Readonly<Record<EncryptionField, TSchema>> = {
  encryptList: Type.Array(Type.String(), {
    title: 'Names of the encrypted fields, whose values are then Base64 of the ciphertext.',
    titleZh: '加密字段的名称，这些字段的取值为密文的 Base64 编码。',
  }),
  ciphertextBlob: Type.String({
    maxLength: BLOB_MAX_LENGTH,
    title:
      "The data key, encrypted: CiphertextBlob of the KMS's GenerateDataKey, or a key of one's own wrapped for the server's public key, in Base64.",
    titleZh:
      '加密后的数据密钥：KMS 的 GenerateDataKey 返回的 CiphertextBlob，或用服务器公钥加密的自有密钥（Base64 编码）。',
  }),
  iv: Type.String({
    maxLength: BLOB_MAX_LENGTH,
    title: 'The initial vector: 16 characters or their Base64; for SM4-GCM 12 bytes in Base64.',
    titleZh: '加密的初始向量：16 个字符或其 Base64 编码；SM4-GCM 为 12 字节的 Base64 编码。',
  }),
  algorithm: Type.Optional(
    Type.String({
      enum: [...SEAL_ALGORITHMS],
      title: 'The algorithm; AES-256-CBC unless given.',
      titleZh: '加密算法，默认 AES-256-CBC。',
    }),
  ),
  tagList: Type.Optional(
    Type.Array(Type.String(), {
      title: 'For SM4-GCM: the tag of each encrypted field in turn, in Base64.',
      titleZh: 'SM4-GCM 的消息摘要，与加密字段一一对应，Base64 编码。',
    }),
  ),
};

export const ENCRYPTION_TITLE = 'How fields are encrypted; left out where none is.';

export const ENCRYPTION_STRUCT = Type.Object(ENCRYPTION_FIELDS, {
  title: ENCRYPTION_TITLE,
  titleZh: '敏感数据加密信息，不加密时不传。',
});
