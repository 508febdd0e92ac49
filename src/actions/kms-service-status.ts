// Tells that the KMS is there and what it offers (Tencent kms GetServiceStatus). Features that do not exist here are
// answered as not offered, never left out: clients read these fields unasked.

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { completed, PLATFORM_ACTION } from './kms-fields.ts';

const NAME = 'kms-service-status';

export const kmsServiceStatus = defineAction({
  ...PLATFORM_ACTION,
  name: NAME,
  summary: { en: 'Tells whether the KMS can be used.', zh: '查询该用户是否已开通 KMS 服务。' },
  input: Type.Object({}),
  output: Type.Object({
    serviceEnabled: Type.Boolean({ title: 'Always true.', titleZh: '恒为 true。' }),
    invalidType: Type.Integer({ title: '1: normal.', titleZh: '1：正常。' }),
    userLevel: Type.Integer({ title: '0: standard edition.', titleZh: '0：普通版。' }),
    proExpireTime: Type.Integer(),
    proRenewFlag: Type.Integer(),
    proResourceId: Type.String(),
    exclusiveVSMEnabled: Type.Boolean(),
    exclusiveHSMEnabled: Type.Boolean(),
    subscriptionInfo: Type.String(),
    cmkUserCount: Type.Integer({ title: 'Master keys of the account.', titleZh: 'KMS 用户密钥已使用数量。' }),
    cmkLimit: Type.Integer({ title: 'Master keys it may have.', titleZh: 'KMS 用户密钥规格数量。' }),
    exclusiveHSMList: Type.Array(Type.String()),
    isAllowedDataKeyHosted: Type.Boolean(),
    dataKeyLimit: Type.Integer(),
    freeDataKeyLimit: Type.Integer(),
    dataKeyUsedCount: Type.Integer(),
    syncTaskList: Type.Array(Type.String()),
    isAllowedSync: Type.Boolean(),
  }),
  faults: [],
  priceKey: () => NAME,
  examples: [{ title: { en: 'The status', zh: '服务状态' }, input: {} }],
  prepare(_input, { account, vault }) {
    const { total } = vault.listKeys(account.id, 0, 1);
    return completed({
      serviceEnabled: true,
      invalidType: 1,
      userLevel: 0,
      proExpireTime: 0,
      proRenewFlag: 0,
      proResourceId: '',
      exclusiveVSMEnabled: false,
      exclusiveHSMEnabled: false,
      subscriptionInfo: '',
      cmkUserCount: total,
      cmkLimit: vault.keysPerAccountMax ?? 0,
      exclusiveHSMList: [],
      isAllowedDataKeyHosted: false,
      dataKeyLimit: 0,
      freeDataKeyLimit: 0,
      dataKeyUsedCount: 0,
      syncTaskList: [],
      isAllowedSync: false,
    });
  },
});
