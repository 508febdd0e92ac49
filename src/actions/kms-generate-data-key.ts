// Makes a data key, in the clear and encrypted under a master key (Tencent kms GenerateDataKey).

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { Fault } from '../domain/fault.ts';
import {
  boundedText,
  CONTEXT_FIELD,
  completed,
  DESCRIPTION_FIELD,
  HSM_CLUSTER_FIELD,
  KEY_ID_FIELD,
  PLATFORM_ACTION,
  RECIPIENT_FIELDS,
  readByteCount,
  readContext,
  readRecipient,
  readText,
  refuseHsmCluster,
  TAG_RESULT_FIELDS,
  TAGS_FIELD,
  tagResult,
} from './kms-fields.ts';

const NAME = 'kms-generate-data-key';
const DESCRIPTION_MAX_BYTES = 100;
const SPEC_BYTES: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };

export const kmsGenerateDataKey = defineAction({
  ...PLATFORM_ACTION,
  name: NAME,
  // A client of the envelope flow makes one for each verification, or several.
  ratePerSecond: 100,
  summary: {
    en: 'Makes a data key for encrypting data locally.',
    zh: '生成一个数据密钥，用于本地数据的加密。',
  },
  input: Type.Object({
    keyId: KEY_ID_FIELD,
    keySpec: Type.Optional(
      Type.String({
        maxLength: 4096,
        title: 'AES_128 or AES_256. This or NumberOfBytes is needed.',
        titleZh: 'AES_128 或 AES_256。KeySpec 和 NumberOfBytes 必须指定一个。',
        example: 'AES_256',
      }),
    ),
    numberOfBytes: Type.Optional(
      Type.Integer({
        title: 'Length of the key, 1 to 1,024; goes before KeySpec.',
        titleZh: '数据密钥的长度，1-1024，优先于 KeySpec。',
        example: 32,
      }),
    ),
    encryptionContext: CONTEXT_FIELD,
    ...RECIPIENT_FIELDS,
    isHostedByKms: Type.Optional(
      Type.Integer({
        title: '0 (default): the caller keeps the key. Keeping it here is not offered.',
        titleZh: '是否由 KMS 托管：0（默认）不托管；此处不提供托管。',
        example: 0,
      }),
    ),
    dataKeyName: Type.Optional(
      Type.String({ maxLength: 4096, title: 'Not kept.', titleZh: '数据密钥的名称（不保存）。' }),
    ),
    description: DESCRIPTION_FIELD,
    hsmClusterId: HSM_CLUSTER_FIELD,
    tags: TAGS_FIELD,
  }),
  output: Type.Object({
    keyId: Type.String({ title: 'Id of the master key.', titleZh: 'CMK 的全局唯一标识。' }),
    plaintext: Type.String({
      sensitive: true,
      title: 'The key in Base64, encrypted if EncryptionPublicKey was given.',
      titleZh: 'Base64 编码的数据密钥；若指定 EncryptionPublicKey 则为其加密后的密文。',
    }),
    ciphertextBlob: Type.String({
      title: 'The key encrypted under the master key.',
      titleZh: '数据密钥加密后的密文。',
    }),
    dataKeyId: Type.String({ title: 'Always empty: data keys are not kept.', titleZh: '恒为空（不托管）。' }),
    ...TAG_RESULT_FIELDS,
  }),
  faults: [
    'parameter_invalid',
    'kms_key_id_invalid',
    'kms_key_not_found',
    'kms_key_disabled',
    'kms_key_archived',
    'kms_key_pending_delete',
    'kms_encryption_failed',
    'operation_unsupported',
  ],
  priceKey: () => NAME,
  examples: [
    {
      title: { en: 'A key for AES-256', zh: 'AES-256 数据密钥' },
      input: { keyId: '23e80852-1e38-4e11-b129-5cb9019b4b01', keySpec: 'AES_256' },
    },
  ],
  prepare(input, { account, vault, random }) {
    const length = readLength(input);
    const context = readContext(input.encryptionContext);
    const wrap = readRecipient(input, random);
    boundedText(input.description, DESCRIPTION_MAX_BYTES, 'description');
    refuseHosting(input.isHostedByKms);
    refuseHsmCluster(input.hsmClusterId);
    const keyId = String(input.keyId);
    const dataKey = random.bytes(length);
    const ciphertextBlob = vault.encrypt(account.id, keyId, dataKey, context);
    const plaintext = wrap(dataKey);
    return completed({ keyId, plaintext, ciphertextBlob, dataKeyId: '', ...tagResult(input.tags) });
  },
});

function readLength(input: Readonly<Record<string, unknown>>): number {
  if (input.numberOfBytes !== undefined && input.numberOfBytes !== null)
    return readByteCount(input.numberOfBytes);
  const spec = readText(input.keySpec) ?? '';
  const length = Object.hasOwn(SPEC_BYTES, spec) ? SPEC_BYTES[spec] : undefined;
  if (length === undefined) throw new Fault('parameter_invalid', { field: 'keySpec' });
  return length;
}

function refuseHosting(value: unknown): void {
  if (value === undefined || value === null || value === 0) return;
  if (value === 1) throw new Fault('operation_unsupported', { field: 'isHostedByKms' });
  throw new Fault('parameter_invalid', { field: 'isHostedByKms' });
}
