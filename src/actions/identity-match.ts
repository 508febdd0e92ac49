// Identity match: do number, name and ID card belong together? (Tencent faceid PhoneVerification and its variants
// for one carrier, AceData check-3e.)

import { type ActionContext, type ActionDefinition, type Bilingual, defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { parseIdCard } from '../domain/id-card.ts';
import { MISMATCHES, matchThreeElements } from '../domain/identity-match.ts';
import { parsePersonName } from '../domain/person-name.ts';
import type { KnownCarrier, SubscriberRecord } from '../domain/subscriber.ts';
import {
  acceptMsisdn,
  askFor,
  CHARGED,
  concluded,
  conclusionOf,
  ENCRYPTION_FAULTS,
  FREE,
  ID_CARD_FIELD,
  MSISDN_FIELD,
  NAME_FIELD,
} from './fields.ts';

const OUTCOMES = {
  match: CHARGED,
  mismatch: CHARGED,
  number_invalid: FREE,
  id_card_invalid: FREE,
  name_invalid: FREE,
  no_record: FREE,
  source_busy: FREE,
  source_error: FREE,
  daily_limit: FREE,
  range_unsupported: FREE,
};

const OUTPUT = Type.Object({
  carrier: Type.String(),
  mismatch: Type.Optional(Type.String({ enum: [...MISMATCHES] })),
});

/** What people look for that is called so nowhere here. */
const WORDS = [
  ...['three elements', 'three-element', '3 elements', 'KYC match', 'real name', 'identity verification'],
  ...['三要素', '要素核验', '实名', '实名认证', '运营商'],
];

const COMMON = {
  service: 'identity-match',
  words: WORDS,
  output: OUTPUT,
  outcomes: OUTCOMES,
  faults: ENCRYPTION_FAULTS,
  encryptable: ['idCard', 'name', 'msisdn'],
  limited: ['msisdn', 'name', 'idCard'],
  subject: 'msisdn',
  examples: [
    {
      title: { en: 'Number, name and ID card', zh: '手机号三要素' },
      input: { msisdn: '13800138000', name: '韦小宝', idCard: '11010519491231002X' },
    },
  ],
} as const;

export const identityMatch = defineAction({
  ...COMMON,
  name: 'identity-match',
  summary: {
    en: 'Tells whether a mobile number, a name and an identity card number belong together.',
    zh: '校验手机号、姓名和身份证号的真实性和一致性。',
  },
  input: Type.Object({
    idCard: ID_CARD_FIELD,
    name: NAME_FIELD,
    msisdn: MSISDN_FIELD,
    verifyMode: Type.Optional(
      Type.String({
        enum: ['0', '1'],
        title: '0: brief (default). 1: detailed, with the kind of a mismatch; priced apart.',
        titleZh: '验证模式：0（简版，默认）；1（详版，价格不同）。',
        example: '0',
      }),
    ),
  }),
  priceKey: (input) => (input.verifyMode === '1' ? 'identity-match-detailed' : 'identity-match'),
  prepare: (input, context) => prepareMatch('identity-match', undefined, input, context),
});

function defineCarrierMatch(carrier: KnownCarrier, summary: Bilingual): ActionDefinition {
  const name = `identity-match-${carrier}`;
  return defineAction({
    ...COMMON,
    name,
    summary,
    input: Type.Object({ idCard: ID_CARD_FIELD, name: NAME_FIELD, msisdn: MSISDN_FIELD }),
    priceKey: () => 'identity-match',
    prepare: (input, context) => prepareMatch(name, carrier, input, context),
  });
}

export const identityMatchMobile = defineCarrierMatch('mobile', {
  en: 'The identity match for numbers of China Mobile.',
  zh: '手机号三要素核验（移动）。',
});
export const identityMatchTelecom = defineCarrierMatch('telecom', {
  en: 'The identity match for numbers of China Telecom.',
  zh: '手机号三要素核验（电信）。',
});
export const identityMatchUnicom = defineCarrierMatch('unicom', {
  en: 'The identity match for numbers of China Unicom.',
  zh: '手机号三要素核验（联通）。',
});

function prepareMatch(
  action: string,
  carrier: KnownCarrier | undefined,
  input: Readonly<Record<string, unknown>>,
  context: ActionContext,
) {
  const accepted = acceptMsisdn(input.msisdn, action, context);
  if ('refused' in accepted) return accepted.refused;
  const { msisdn, rangeHolder } = accepted;
  const only = carrier === undefined ? undefined : { carrier, rangeHolder };
  const idCard = parseIdCard(String(input.idCard));
  if (idCard === undefined) return concluded('id_card_invalid');
  const name = parsePersonName(String(input.name));
  if (name === undefined) return concluded('name_invalid');
  return {
    kind: 'question' as const,
    values: { msisdn, name, idCard },
    ask: () =>
      askFor(context, { msisdn, name, idCard }, (record) => concludeMatch(record, only, context.source.name)),
  };
}

/** The carrier whose lines alone an action supports, and the holder of the range that the number lies in. */
interface OneCarrier {
  readonly carrier: KnownCarrier;
  readonly rangeHolder: string;
}

/** The match column of the record table (design section 3). */
function concludeMatch(
  record: SubscriberRecord | undefined,
  only: OneCarrier | undefined,
  source: string,
): Conclusion {
  if (record === undefined || record.status === 'cancelled' || record.status === 'vacant') {
    return conclusionOf(record, source, 'no_record', { carrier: '' });
  }
  // A number served by another carrier is outside what a one-carrier action supports. Where the record does not say who
  // serves it, it is taken for not ported.
  const carrier = only === undefined ? record.carrier : record.carrier || only.rangeHolder;
  if (only !== undefined && carrier !== only.carrier) {
    return conclusionOf(record, source, 'range_unsupported', { carrier: '' });
  }
  const result = matchThreeElements(record);
  if (result.verdict === 'no_record') return conclusionOf(record, source, 'no_record', { carrier: '' });
  if (result.verdict === 'match') return conclusionOf(record, source, 'match', { carrier });
  return conclusionOf(record, source, 'mismatch', { carrier, mismatch: result.mismatch });
}
