// Line status: is this number in service? (Tencent faceid MobileStatus, AceData check-1e.)

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { LINE_STATUSES } from '../domain/subscriber.ts';
import {
  acceptMsisdn,
  askFor,
  CHARGED,
  conclusionOf,
  ENCRYPTION_FAULTS,
  FREE,
  MSISDN_FIELD,
} from './fields.ts';

const NAME = 'line-status';

/** What people look for that is called so nowhere here. */
const WORDS = [
  ...['number status', 'in service', 'suspended', 'cancelled', 'vacant', 'disconnected', 'HLR'],
  ...['号码状态', '在网状态', '空号', '空号检测', '停机', '销号'],
];

export const lineStatus = defineAction({
  name: NAME,
  service: 'line-status',
  summary: {
    en: 'Tells whether a mobile number is in service.',
    zh: '查询手机号的状态。',
  },
  words: WORDS,
  input: Type.Object({ msisdn: MSISDN_FIELD }),
  output: Type.Object({ status: Type.String({ enum: [...LINE_STATUSES] }) }),
  outcomes: {
    known: CHARGED,
    no_record: FREE,
    number_invalid: FREE,
    source_busy: FREE,
    daily_limit: FREE,
    range_unsupported: FREE,
  },
  faults: ENCRYPTION_FAULTS,
  encryptable: ['msisdn'],
  limited: ['msisdn'],
  subject: 'msisdn',
  priceKey: () => NAME,
  examples: [
    { title: { en: 'A number in service', zh: '正常号码' }, input: { msisdn: '13800138000' } },
    { title: { en: 'A malformed number', zh: '号码格式不正确' }, input: { msisdn: '123' } },
  ],
  prepare(input, context) {
    const accepted = acceptMsisdn(input.msisdn, NAME, context);
    if ('refused' in accepted) return accepted.refused;
    const { msisdn } = accepted;
    return {
      kind: 'question',
      values: { msisdn },
      ask: () =>
        askFor(context, { msisdn }, (record) => {
          const known = record !== undefined && record.status !== 'unknown';
          return conclusionOf(record, context.source.name, known ? 'known' : 'no_record', {
            status: record?.status ?? 'unknown',
          });
        }),
    };
  },
});
