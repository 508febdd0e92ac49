// Line tenure: for how many months has this number been in service? (Tencent faceid MobileNetworkTimeVerification.)

import { type ActionContext, defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { fullMonthsBetween } from '../domain/calendar-date.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import type { SubscriberRecord } from '../domain/subscriber.ts';
import { renderTenure } from '../domain/tenure.ts';
import {
  acceptMsisdn,
  askFor,
  CHARGED,
  conclusionOf,
  ENCRYPTION_FAULTS,
  FREE,
  MSISDN_FIELD,
} from './fields.ts';

const NAME = 'line-tenure';

/** What people look for that is called so nowhere here. */
const WORDS = [
  ...['tenure', 'network duration', 'network time', 'age of the number', 'KYC tenure'],
  ...['在网时长', '入网时间', '入网时长', '网龄'],
];

export const lineTenure = defineAction({
  name: NAME,
  service: 'line-tenure',
  summary: {
    en: 'Tells for how many months a mobile number has been in service.',
    zh: '查询手机号在网时长。',
  },
  words: WORDS,
  input: Type.Object({ msisdn: MSISDN_FIELD }),
  output: Type.Object({ months: Type.Optional(Type.Integer({ minimum: 0 })), range: Type.String() }),
  outcomes: {
    known: CHARGED,
    number_vacant: CHARGED,
    tenure_unknown: CHARGED,
    number_invalid: FREE,
    source_busy: FREE,
    daily_limit: FREE,
    range_unsupported: FREE,
  },
  faults: [...ENCRYPTION_FAULTS, 'biz_token_expired', 'rule_unknown'],
  encryptable: ['msisdn'],
  limited: ['msisdn'],
  subject: 'msisdn',
  priceKey: () => NAME,
  examples: [
    { title: { en: 'A number with a known tenure', zh: '在网时长已知' }, input: { msisdn: '13800138000' } },
    { title: { en: 'A malformed number', zh: '号码格式不正确' }, input: { msisdn: '123' } },
  ],
  prepare(input, context) {
    const accepted = acceptMsisdn(input.msisdn, NAME, context);
    if ('refused' in accepted) return accepted.refused;
    const { msisdn } = accepted;
    return {
      kind: 'question',
      values: { msisdn },
      ask: () => askFor(context, { msisdn }, (record) => concludeTenure(record, context)),
    };
  },
});

/** The tenure column of the record table (design section 3). */
function concludeTenure(record: SubscriberRecord | undefined, context: ActionContext): Conclusion {
  const source = context.source.name;
  const none = { range: '' };
  if (record === undefined) {
    const complete = context.rules.coverage === 'complete';
    return conclusionOf(record, source, complete ? 'number_vacant' : 'range_unsupported', none);
  }
  if (record.status === 'cancelled' || record.status === 'vacant') {
    return conclusionOf(record, source, 'number_vacant', none);
  }
  if (record.activatedOn === undefined) return conclusionOf(record, source, 'tenure_unknown', none);
  const months = fullMonthsBetween(record.activatedOn, context.today);
  return conclusionOf(record, source, 'known', {
    months,
    range: renderTenure(months, context.rules.tenureMonths),
  });
}
