// The fields that the verification actions share, and the answers that need no source.

import type { ActionContext, Bilingual, Prepared } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { type Msisdn, parseMsisdn } from '../domain/msisdn.ts';
import type { OutcomeCode } from '../domain/outcome.ts';
import type { SubscriberRecord } from '../domain/subscriber.ts';
import type { Question } from '../ports/source.ts';

/** Long enough for any encrypted field (Base64), short enough to refuse nonsense. Published in the schemas, so no option. */
const FIELD_MAX_LENGTH = 4096;

export function personalField(title: Bilingual, example: string) {
  return Type.String({
    sensitive: true,
    maxLength: FIELD_MAX_LENGTH,
    title: title.en,
    titleZh: title.zh,
    example,
  });
}

export const MSISDN_FIELD = personalField({ en: 'Mobile number.', zh: '手机号码。' }, '13800138000');
export const NAME_FIELD = personalField({ en: 'Name.', zh: '姓名。' }, '韦小宝');
export const ID_CARD_FIELD = personalField(
  { en: 'Identity card number.', zh: '身份证号。' },
  '11010519491231002X',
);

export const CHARGED = { charged: true } as const;
export const FREE = { charged: false } as const;

/** Faults that encrypted fields can cause; every verification action accepts them. */
export const ENCRYPTION_FAULTS = [
  'decrypt_failed',
  'encrypt_field_unsupported',
  'key_grant_missing',
] as const;

/** A conclusion without asking a source. */
export function concluded(outcome: OutcomeCode, output: Readonly<Record<string, unknown>> = {}): Prepared {
  return { kind: 'concluded', conclusion: { outcome, output, source: '', asOf: undefined } };
}

export function conclusionOf(
  record: SubscriberRecord | undefined,
  source: string,
  outcome: OutcomeCode,
  output: Readonly<Record<string, unknown>> = {},
): Conclusion {
  return { outcome, output, source, asOf: record?.asOf };
}

/** The number in normal form, or the outcome that ends the call: malformed, or in a range the action does not serve. */
export function acceptMsisdn(
  text: unknown,
  action: string,
  context: ActionContext,
): { readonly msisdn: Msisdn; readonly rangeHolder: string } | { readonly refused: Prepared } {
  const msisdn = parseMsisdn(String(text), context.rules.region);
  if (msisdn === undefined) return { refused: concluded('number_invalid') };
  const range = context.ranges.find(msisdn);
  if (range === undefined || (range.actions.length > 0 && !range.actions.includes(action))) {
    return { refused: concluded('range_unsupported') };
  }
  return { msisdn, rangeHolder: range.holder };
}

/** Asks the source and concludes from its record, at once when the source answers at once. */
export function askFor(
  context: ActionContext,
  question: Question,
  conclude: (record: SubscriberRecord | undefined) => Conclusion,
): Conclusion | Promise<Conclusion> {
  const answer = context.source.ask(question);
  return answer instanceof Promise ? answer.then(conclude) : conclude(answer);
}
