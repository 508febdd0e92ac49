// Tells the attributes of one master key (Tencent kms DescribeKey, struct KeyMetadata).

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { Fault } from '../domain/fault.ts';
import {
  completed,
  describeMasterKey,
  KEY_ID_FIELD,
  MASTER_KEY_FIELDS,
  PLATFORM_ACTION,
} from './kms-fields.ts';

const NAME = 'kms-describe-key';

/** Attributes of features that do not exist here: rotation, deletion, replicas, HSM clusters, member accounts. */
const FIXED = {
  // 1 is what CreateKey calls a key made by the KMS; 2 and 4 would claim certifications.
  type: 1,
  keyRotationEnabled: false,
  owner: 'user',
  nextRotateTime: 0,
  deletionDate: 0,
  origin: 'TENCENT_KMS',
  validTo: 0,
  hsmClusterId: '',
  rotateDays: 0,
  lastRotateTime: 0,
  isSyncReplica: 0,
  sourceRegion: '',
  syncStatus: 0,
  syncMessages: '',
  syncStartTime: 0,
  syncEndTime: 0,
  sourceHsmClusterId: '',
  accountAppId: 0,
  accountUin: 0,
  accountName: '',
};

export const kmsDescribeKey = defineAction({
  ...PLATFORM_ACTION,
  name: NAME,
  summary: { en: 'Tells the attributes of a master key.', zh: '获取主密钥属性。' },
  input: Type.Object({
    keyId: KEY_ID_FIELD,
    memberAccount: Type.Optional(
      Type.Object(
        { memberAppId: Type.Optional(Type.Integer()), memberUin: Type.Optional(Type.Integer()) },
        { title: 'Member accounts are not offered.', titleZh: '成员账号（不提供）。' },
      ),
    ),
  }),
  output: Type.Object({
    keyMetadata: Type.Object({
      ...MASTER_KEY_FIELDS,
      type: Type.Integer(),
      creatorUin: Type.Integer(),
      keyRotationEnabled: Type.Boolean(),
      owner: Type.String(),
      nextRotateTime: Type.Integer(),
      deletionDate: Type.Integer(),
      origin: Type.String(),
      validTo: Type.Integer(),
      resourceId: Type.String(),
      hsmClusterId: Type.String(),
      rotateDays: Type.Integer(),
      lastRotateTime: Type.Integer(),
      isSyncReplica: Type.Integer(),
      sourceRegion: Type.String(),
      syncStatus: Type.Integer(),
      syncMessages: Type.String(),
      syncStartTime: Type.Integer(),
      syncEndTime: Type.Integer(),
      sourceHsmClusterId: Type.String(),
      accountAppId: Type.Integer(),
      accountUin: Type.Integer(),
      accountName: Type.String(),
      creatorUinString: Type.String(),
    }),
  }),
  faults: ['kms_key_id_invalid', 'kms_key_not_found', 'operation_unsupported'],
  priceKey: () => NAME,
  examples: [
    {
      title: { en: 'A key that does not exist', zh: '不存在的主密钥' },
      input: { keyId: '23e80852-1e38-4e11-b129-5cb9019b4b01' },
    },
  ],
  prepare(input, { account, vault }) {
    if (input.memberAccount !== undefined && input.memberAccount !== null) {
      throw new Fault('operation_unsupported', { field: 'memberAccount' });
    }
    const { accountId } = account;
    const key = describeMasterKey(vault.describeKey(account.id, String(input.keyId)));
    return completed({
      keyMetadata: {
        ...key,
        ...FIXED,
        creatorUin: Number(accountId),
        resourceId: `creatorUin/${accountId}/${key.keyId}`,
        creatorUinString: accountId,
      },
    });
  },
});
