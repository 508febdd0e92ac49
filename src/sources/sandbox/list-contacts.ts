// The verified contacts of every sandbox account: the two of the documentation, whatever was verified or deleted.

import { parseEmailContact } from '../../domain/contact.ts';
import type { FaultCode } from '../../domain/fault.ts';
import { type OutcomeAnswer, outcomeOf } from './answer.ts';
import { withoutCountryCode } from './documented-number.ts';

type Input = Readonly<Record<string, unknown>>;

interface ExampleContact {
  readonly type: 1 | 2;
  readonly code: string;
  readonly maskedCode: string;
  readonly createdOn: string;
}

const PHONE_TYPE = 1;
const EMAIL_TYPE = 2;
const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 200;
const OFFSET_MAX = 1_000_000;

/** Newest first. */
export const EXAMPLE_CONTACTS: readonly ExampleContact[] = [
  {
    type: EMAIL_TYPE,
    code: 'ann@example.org',
    maskedCode: 'a***@example.org',
    createdOn: '2021-09-28 12:10:10',
  },
  { type: PHONE_TYPE, code: '18766554433', maskedCode: '187***4433', createdOn: '2021-04-23 17:40:27' },
];

/** The page, or the fault of what was asked. */
export function answerList(site: 'international' | 'domestic', input: Input): OutcomeAnswer | FaultCode {
  const isDomestic = site === 'domestic';
  const refusal: FaultCode = isDomestic ? 'parameter_invalid' : 'contact_kind_invalid';
  const type = isDomestic ? (input.type ?? 0) : input.type;
  if (type !== PHONE_TYPE && type !== EMAIL_TYPE && !(isDomestic && type === 0)) return refusal;
  const limit = Number(input.limit ?? LIMIT_DEFAULT);
  const given = Number(input.offset ?? 0);
  const start = isDomestic ? given : (Math.max(1, given) - 1) * limit;
  if (limit < 1 || limit > LIMIT_MAX || given < 0 || start > OFFSET_MAX) return refusal;
  const found = EXAMPLE_CONTACTS.filter((contact) => type === 0 || contact.type === type).filter(
    ({ code }) => !isDomestic || isWanted(code, input.contact),
  );
  const phoneEmailList = found
    .slice(start, start + limit)
    .map(({ type: itsType, code, maskedCode, createdOn }) =>
      isDomestic
        ? { code: maskedCode, type: itsType, createdOn, checkStatus: 1 }
        : { code, type: itsType, createdOn },
    );
  return outcomeOf('completed', { phoneEmailList, totalCount: found.length });
}

function isWanted(code: string, searched: unknown): boolean {
  if (typeof searched !== 'string' || searched === '') return true;
  const text = searched.trim();
  return withoutCountryCode(text) === code || parseEmailContact(text)?.key === code;
}
