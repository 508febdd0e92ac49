// Makes a master key for the account (Tencent kms CreateKey).

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { Fault } from '../domain/fault.ts';
import {
  boundedText,
  DESCRIPTION_FIELD,
  describeMasterKey,
  HSM_CLUSTER_FIELD,
  MASTER_KEY_FIELDS,
  PLATFORM_ACTION,
  readText,
  refuseHsmCluster,
  TAG_RESULT_FIELDS,
  TAGS_FIELD,
  tagResult,
} from './kms-fields.ts';

const NAME = 'kms-create-key';
const ALIAS = /^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/;
const RESERVED_ALIAS = /^kms-/i;
const DESCRIPTION_MAX_BYTES = 1024;
/** Usages that the real service documents; only the first is offered here. */
const USAGES = [
  'ENCRYPT_DECRYPT',
  'ASYMMETRIC_DECRYPT_RSA_2048',
  'ASYMMETRIC_DECRYPT_SM2',
  'ASYMMETRIC_SIGN_VERIFY_SM2',
  'ASYMMETRIC_SIGN_VERIFY_ECC',
  'ASYMMETRIC_SIGN_VERIFY_RSA_2048',
  'ASYMMETRIC_SIGN_VERIFY_ECDSA384',
];
/** Key material made here. The other documented type, imported material, is not offered. */
const TYPE_OWN_MATERIAL = 1;

export const kmsCreateKey = defineAction({
  ...PLATFORM_ACTION,
  name: NAME,
  summary: { en: 'Makes a master key that encrypts data keys.', zh: '创建用户管理数据密钥的主密钥。' },
  input: Type.Object({
    alias: Type.String({
      maxLength: 4096,
      title: '1 to 60 letters, digits, - and _, the first a letter or digit, not starting with kms-.',
      titleZh: '别名：1-60 个字母、数字、- 和 _，首字符必须为字母或数字，不能以 kms- 开头。',
      example: 'verification',
    }),
    description: DESCRIPTION_FIELD,
    keyUsage: Type.Optional(
      Type.String({
        maxLength: 4096,
        title: 'ENCRYPT_DECRYPT (default); other usages are not offered.',
        titleZh: '密钥用途，默认 ENCRYPT_DECRYPT，其他用途不提供。',
        example: 'ENCRYPT_DECRYPT',
      }),
    ),
    type: Type.Optional(
      Type.Integer({
        title: '1 (default): key material made here; other types are not offered.',
        titleZh: '密钥类型，默认 1（由 KMS 创建），其他类型不提供。',
        example: 1,
      }),
    ),
    tags: TAGS_FIELD,
    hsmClusterId: HSM_CLUSTER_FIELD,
  }),
  output: Type.Object({
    ...MASTER_KEY_FIELDS,
    ...TAG_RESULT_FIELDS,
    hsmClusterId: Type.String({ title: 'Always empty.', titleZh: '恒为空。' }),
  }),
  faults: [
    'parameter_invalid',
    'kms_alias_invalid',
    'kms_alias_exists',
    'kms_key_usage_invalid',
    'kms_key_usage_unsupported',
    'kms_key_type_invalid',
    'kms_key_limit',
  ],
  priceKey: () => NAME,
  examples: [
    { title: { en: 'A key for verification', zh: '用于核验的主密钥' }, input: { alias: 'verification' } },
  ],
  prepare(input, { account, vault }) {
    const alias = String(input.alias);
    if (!ALIAS.test(alias) || RESERVED_ALIAS.test(alias)) throw new Fault('kms_alias_invalid');
    const description = boundedText(input.description, DESCRIPTION_MAX_BYTES, 'description');
    const usage = readText(input.keyUsage) ?? 'ENCRYPT_DECRYPT';
    if (!USAGES.includes(usage)) throw new Fault('kms_key_usage_invalid');
    if (usage !== USAGES[0]) throw new Fault('kms_key_usage_unsupported');
    if ((input.type ?? TYPE_OWN_MATERIAL) !== TYPE_OWN_MATERIAL) throw new Fault('kms_key_type_invalid');
    refuseHsmCluster(input.hsmClusterId);
    const conclusion = vault.createKey(account.id, alias, description).then((key) => ({
      outcome: 'completed' as const,
      output: { ...describeMasterKey(key), ...tagResult(input.tags), hsmClusterId: '' },
      source: '',
      asOf: undefined,
    }));
    return { kind: 'concluded', conclusion };
  },
});
