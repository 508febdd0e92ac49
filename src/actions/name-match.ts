// Name match: do number and name belong together? (Tencent faceid CheckPhoneAndName, AceData check-2e.)

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { matchTwoElements } from '../domain/identity-match.ts';
import { parsePersonName } from '../domain/person-name.ts';
import {
  acceptMsisdn,
  askFor,
  CHARGED,
  concluded,
  conclusionOf,
  ENCRYPTION_FAULTS,
  FREE,
  MSISDN_FIELD,
  NAME_FIELD,
} from './fields.ts';

const NAME = 'name-match';

/** What people look for that is called so nowhere here. */
const WORDS = [
  ...['two elements', 'two-element', '2 elements', 'KYC match', 'real name'],
  ...['二要素', '两要素', '实名', '实名认证', '姓名核验'],
];

export const nameMatch = defineAction({
  name: NAME,
  service: 'identity-match',
  summary: {
    en: 'Tells whether a mobile number and a name belong together.',
    zh: '校验手机号和姓名的真实性和一致性。',
  },
  words: WORDS,
  input: Type.Object({ msisdn: MSISDN_FIELD, name: NAME_FIELD }),
  output: Type.Object({}),
  outcomes: {
    match: CHARGED,
    mismatch: CHARGED,
    no_record: FREE,
    source_error: FREE,
    source_failed: FREE,
    name_invalid: FREE,
    number_invalid: FREE,
    daily_limit: FREE,
    range_unsupported: FREE,
  },
  faults: ENCRYPTION_FAULTS,
  encryptable: ['msisdn', 'name'],
  limited: ['msisdn', 'name'],
  subject: 'msisdn',
  priceKey: () => NAME,
  examples: [
    {
      title: { en: 'Number and name', zh: '手机号二要素' },
      input: { msisdn: '13800138000', name: '韦小宝' },
    },
  ],
  prepare(input, context) {
    const accepted = acceptMsisdn(input.msisdn, NAME, context);
    if ('refused' in accepted) return accepted.refused;
    const { msisdn } = accepted;
    const name = parsePersonName(String(input.name));
    if (name === undefined) return concluded('name_invalid');
    return {
      kind: 'question',
      values: { msisdn, name },
      ask: () =>
        askFor(context, { msisdn, name }, (record) => {
          const gone = record === undefined || record.status === 'cancelled' || record.status === 'vacant';
          return conclusionOf(record, context.source.name, gone ? 'no_record' : matchTwoElements(record));
        }),
    };
  },
});
