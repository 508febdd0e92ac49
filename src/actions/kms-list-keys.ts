// Lists the ids of the account's master keys, oldest first (Tencent kms ListKeys).

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { Fault } from '../domain/fault.ts';
import { completed, HSM_CLUSTER_FIELD, PLATFORM_ACTION, refuseHsmCluster } from './kms-fields.ts';

const NAME = 'kms-list-keys';
const LIMIT_DEFAULT = 10;
const LIMIT_MAX = 200;
/** Keys that cloud products made for themselves; there are none here. */
const ROLE_PRODUCT = 1;

export const kmsListKeys = defineAction({
  ...PLATFORM_ACTION,
  name: NAME,
  summary: { en: 'Lists the ids of the master keys.', zh: '获取主密钥列表。' },
  input: Type.Object({
    offset: Type.Optional(
      Type.Integer({ title: 'Keys to skip, default 0.', titleZh: '偏移量，缺省为 0。', example: 0 }),
    ),
    limit: Type.Optional(
      Type.Integer({
        title: 'Keys to return, default 10, at most 200.',
        titleZh: '最多获取的数量，缺省值为 10，最大值为 200。',
        example: 10,
      }),
    ),
    role: Type.Optional(
      Type.Integer({
        title: '0 (default): keys of the account. 1: keys made by cloud products, of which there are none.',
        titleZh: '创建者角色：0（默认）用户创建；1 云产品创建（此处没有）。',
        example: 0,
      }),
    ),
    hsmClusterId: HSM_CLUSTER_FIELD,
  }),
  output: Type.Object({
    keys: Type.Array(Type.Object({ keyId: Type.String() }), {
      title: 'The keys.',
      titleZh: 'CMK 列表数组。',
    }),
    totalCount: Type.Integer({ title: 'Keys in total.', titleZh: 'CMK 的总数量。' }),
  }),
  faults: ['parameter_invalid'],
  priceKey: () => NAME,
  examples: [{ title: { en: 'The first ten', zh: '前十个' }, input: {} }],
  prepare(input, { account, vault }) {
    const offset = within(input.offset, 0, Number.MAX_SAFE_INTEGER, 0, 'offset');
    const limit = within(input.limit, 1, LIMIT_MAX, LIMIT_DEFAULT, 'limit');
    const role = within(input.role, 0, ROLE_PRODUCT, 0, 'role');
    refuseHsmCluster(input.hsmClusterId);
    if (role === ROLE_PRODUCT) return completed({ keys: [], totalCount: 0 });
    const { keyIds, total } = vault.listKeys(account.id, offset, limit);
    return completed({ keys: keyIds.map((keyId) => ({ keyId })), totalCount: total });
  },
});

function within(value: unknown, min: number, max: number, absent: number, field: string): number {
  const number = Number(value ?? absent);
  if (number < min || number > max) throw new Fault('parameter_invalid', { field });
  return number;
}
