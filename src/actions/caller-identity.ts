// Tells a caller which account its key belongs to (Tencent sts GetCallerIdentity).

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { completed, PLATFORM_ACTION } from './kms-fields.ts';

const NAME = 'caller-identity';

export const callerIdentity = defineAction({
  ...PLATFORM_ACTION,
  name: NAME,
  summary: { en: 'Tells whose key signed the call.', zh: '获取当前调用者的身份信息。' },
  input: Type.Object({}),
  output: Type.Object({
    arn: Type.String({ title: 'Resource name of the caller.', titleZh: '当前调用者 ARN。' }),
    accountId: Type.String({ title: 'Account.', titleZh: '当前调用者所属主账号 Uin。' }),
    userId: Type.String({ title: 'Same as the account.', titleZh: '身份标识。' }),
    principalId: Type.String({ title: 'Same as the account.', titleZh: '密钥所属账号 Uin。' }),
    type: Type.String({ title: 'Always CAMUser.', titleZh: '身份类型。' }),
  }),
  faults: [],
  priceKey: () => NAME,
  examples: [{ title: { en: 'Who am I', zh: '当前身份' }, input: {} }],
  prepare(_input, { account: { accountId } }) {
    return completed({
      arn: `qcs::cam::uin/${accountId}:uin/${accountId}`,
      accountId,
      userId: accountId,
      principalId: accountId,
      type: 'CAMUser',
    });
  },
});
