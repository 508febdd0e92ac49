// What the KMS actions share (Tencent kms 2019-01-18): their fields, their bounds and the wrapping of plaintexts for a
// caller's own public key. Bounds that KMS reports as InvalidParameter are checked here, not by the schema.

import {
  RECIPIENT_ALGORITHMS,
  type RecipientAlgorithm,
  wrapForRecipient,
} from '../codecs/wrap-for-recipient.ts';
import type { Prepared } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { Fault } from '../domain/fault.ts';
import type { MasterKeyInfo } from '../ports/key-vault.ts';
import type { Random } from '../ports/random.ts';
import { FREE } from './fields.ts';

/** Rows of platform actions: no service, no price, no source, one outcome. */
export const PLATFORM_ACTION = {
  service: 'platform',
  outcomes: { completed: FREE },
  encryptable: [],
  limited: [],
  subject: undefined,
} as const;

const TEXT_MAX_LENGTH = 16_384;
const CONTEXT_MAX_BYTES = 1024;
const RANDOM_BYTES_MAX = 1024;

export const KEY_ID_FIELD = Type.String({
  maxLength: TEXT_MAX_LENGTH,
  title: 'Id of the master key.',
  titleZh: 'CMK 的全局唯一标识。',
  example: '23e80852-1e38-4e11-b129-5cb9019b4b01',
});

export const CIPHERTEXT_FIELD = Type.String({
  maxLength: TEXT_MAX_LENGTH,
  title: 'Ciphertext as Encrypt or GenerateDataKey gave it.',
  titleZh: '密文数据。',
  example: 'MjNlODA4NTItMWUz…-k-…-k-…',
});

export const PLAINTEXT_FIELD = Type.String({
  sensitive: true,
  maxLength: TEXT_MAX_LENGTH,
  title: 'Plaintext in Base64.',
  titleZh: 'Base64 编码的明文。',
  example: 'dGVzdAo=',
});

export const CONTEXT_FIELD = Type.Optional(
  Type.String({
    maxLength: TEXT_MAX_LENGTH,
    title: 'Text that decryption must repeat, usually a JSON object; at most 1,024 bytes.',
    titleZh: 'key/value 对的 JSON 字符串，解密时需提供同样的字符串，最长 1024 字节。',
    example: '{"key1":"value1"}',
  }),
);

export const RECIPIENT_FIELDS = {
  encryptionPublicKey: Type.Optional(
    Type.String({
      maxLength: TEXT_MAX_LENGTH,
      title: 'PEM of a public key; the plaintext is then encrypted for it.',
      titleZh: 'PEM 格式公钥字符串，用于对返回的 Plaintext 加密。',
    }),
  ),
  encryptionAlgorithm: Type.Optional(
    Type.String({
      maxLength: TEXT_MAX_LENGTH,
      title: `How to encrypt for that key: ${RECIPIENT_ALGORITHMS.join(', ')}. Default SM2.`,
      titleZh: `非对称加密算法：${RECIPIENT_ALGORITHMS.join('、')}，默认 SM2。`,
      example: 'SM2',
    }),
  ),
};

export const DESCRIPTION_FIELD = Type.Optional(
  Type.String({ maxLength: TEXT_MAX_LENGTH, title: 'Free text.', titleZh: '描述信息。' }),
);

export const HSM_CLUSTER_FIELD = Type.Optional(
  Type.String({
    maxLength: TEXT_MAX_LENGTH,
    title: 'There are no HSM clusters here: only an empty text is accepted.',
    titleZh: 'HSM 集群 ID（此处没有 HSM 集群，仅接受空字符串）。',
  }),
);

export const TAGS_FIELD = Type.Optional(
  Type.Array(
    Type.Object({
      tagKey: Type.String({ maxLength: TEXT_MAX_LENGTH, title: 'Key.', titleZh: '标签键。' }),
      tagValue: Type.String({ maxLength: TEXT_MAX_LENGTH, title: 'Value.', titleZh: '标签值。' }),
    }),
    {
      maxItems: 50,
      title: 'Tags are not kept: TagCode 2 says so.',
      titleZh: '标签列表（此处不保存标签，TagCode 返回 2）。',
    },
  ),
);

export const TAG_RESULT_FIELDS = {
  tagCode: Type.Integer({ title: '0: done. 2: tags are not kept here.', titleZh: '标签操作的返回码。' }),
  tagMsg: Type.String({ title: 'Text of TagCode.', titleZh: '标签操作的返回信息。' }),
};

/** The answer of a platform action. */
export function completed(output: Readonly<Record<string, unknown>>): Prepared {
  return { kind: 'concluded', conclusion: { outcome: 'completed', output, source: '', asOf: undefined } };
}

/** An optional text; empty is the same as absent, as clients with zero values send it. */
export function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function readContext(value: unknown): string {
  return boundedText(value, CONTEXT_MAX_BYTES, 'encryptionContext');
}

export function boundedText(value: unknown, bytesMax: number, field: string): string {
  const text = readText(value) ?? '';
  if (Buffer.byteLength(text) > bytesMax) throw new Fault('parameter_invalid', { field });
  return text;
}

export function readByteCount(value: unknown): number {
  const count = Number(value);
  if (count < 1 || count > RANDOM_BYTES_MAX) throw new Fault('parameter_invalid', { field: 'numberOfBytes' });
  return count;
}

export function refuseHsmCluster(value: unknown): void {
  if (readText(value) !== undefined) throw new Fault('parameter_value', { field: 'hsmClusterId' });
}

/** The work asked for is done, the tags are not: their own code says so. */
export function tagResult(tags: unknown): { readonly tagCode: number; readonly tagMsg: string } {
  const asked = Array.isArray(tags) && tags.length > 0;
  return asked ? { tagCode: 2, tagMsg: 'tags are not supported' } : { tagCode: 0, tagMsg: 'ok' };
}

type Wrap = (plaintext: Uint8Array) => string;

/** How the plaintext of the answer is written: as it is, or encrypted for the caller's public key. Base64 either way. */
export function readRecipient(input: Readonly<Record<string, unknown>>, random: Random): Wrap {
  const pem = readText(input.encryptionPublicKey);
  if (pem === undefined) return (plaintext) => Buffer.from(plaintext).toString('base64');
  const algorithm = readAlgorithm(readText(input.encryptionAlgorithm) ?? 'SM2');
  return (plaintext) => {
    const wrapped = wrapForRecipient(pem, algorithm, plaintext, (length) => random.bytes(length));
    if (wrapped === undefined) throw new Fault('kms_encryption_failed');
    return wrapped.toString('base64');
  };
}

function readAlgorithm(text: string): RecipientAlgorithm {
  const algorithm = RECIPIENT_ALGORITHMS.find((name) => name === text);
  if (algorithm === undefined) throw new Fault('parameter_invalid', { field: 'encryptionAlgorithm' });
  return algorithm;
}

/** What every answer about a master key tells of it. */
export function describeMasterKey(key: MasterKeyInfo) {
  const { keyId, alias, description, state, createdAtSeconds } = key;
  return {
    keyId,
    alias,
    createTime: createdAtSeconds,
    description,
    keyState: state,
    keyUsage: 'ENCRYPT_DECRYPT',
  };
}

export const MASTER_KEY_FIELDS = {
  keyId: Type.String({ title: 'Id of the master key.', titleZh: 'CMK 的全局唯一标识。' }),
  alias: Type.String({ title: 'Alias.', titleZh: '别名。' }),
  createTime: Type.Integer({ title: 'Unix time of creation.', titleZh: '创建时间（Unix 时间戳）。' }),
  description: Type.String({ title: 'Description.', titleZh: '描述。' }),
  keyState: Type.String({ title: 'State.', titleZh: '状态。' }),
  keyUsage: Type.String({ title: 'Usage.', titleZh: '用途。' }),
};
