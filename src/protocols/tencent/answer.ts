// The members of a successful answer, by action (reference: 4.1 and Appendix A). Result is text, StatusCode a number: the
// Go SDK refuses anything else.

import type { Language } from '../../core/call.ts';
import type { Conclusion } from '../../domain/conclusion.ts';
import { Fault } from '../../domain/fault.ts';
import type { Mismatch } from '../../domain/identity-match.ts';
import type { LineStatus } from '../../domain/subscriber.ts';
import { findResult } from './outcomes.ts';
import { capitalise } from './wire-actions.ts';

export interface IspTexts {
  readonly en: string;
  readonly zh: string;
}

export interface AnswerOptions {
  /** StatusCode of a number that was never assigned; older documents had a code of its own, 3. */
  readonly vacantStatusCode: 3 | 4;
  /** Isp by carrier; carriers that are not named have none. */
  readonly isps: Readonly<Record<string, IspTexts>>;
}

export const DEFAULT_ISPS: Readonly<Record<string, IspTexts>> = {
  mobile: { en: 'mobile', zh: '移动' },
  telecom: { en: 'telecom', zh: '电信' },
  unicom: { en: 'cucc', zh: '联通' },
};

type Values = Readonly<Record<string, unknown>>;
type Members = Record<string, unknown>;

const UNKNOWN_STATUS = 99;
/** Outcomes that are told by what the answer holds, without a result code. */
const BARE = new Set<string>(['completed', 'code_sent', 'code_verified']);

const STATUS_CODES = {
  normal: 0,
  suspended: 1,
  cancelled: 2,
  vacant: 4,
  not_in_network: 4,
  unusable: 5,
  unknown: UNKNOWN_STATUS,
} as const satisfies Record<LineStatus, number>;

const RESULT_DETAILS = {
  phone_id_card: 'PhoneIdCardMismatch',
  phone_name: 'PhoneNameMismatch',
  phone_name_id_card: 'PhoneNameIdCardMismatch',
  name_id_card: 'NameIdCardMismatch',
  other: 'OtherMismatch',
} as const satisfies Record<Mismatch, string>;

/** `action` is our own name. Without envelope and request id. */
export function buildAnswer(
  action: string,
  input: Values,
  { outcome, output }: Conclusion,
  language: Language,
  options: AnswerOptions,
): Members {
  if (BARE.has(outcome)) return capitaliseMembers(output);
  const result = findResult(action, outcome);
  if (result === undefined) {
    if (outcome === 'daily_limit') throw new Fault('daily_limit_reached');
    throw new TypeError(`outcome ${outcome} of ${action} has no result code`);
  }
  const members: Members = { Result: result.result, Description: result[language] };
  if (action === 'line-status') members.StatusCode = statusCodeOf(output.status, options);
  else if (action === 'line-tenure') members.Range = typeof output.range === 'string' ? output.range : '';
  else if (action !== 'name-match') {
    members.Isp = ispOf(output, language, options);
    if (outcome === 'mismatch' && input.verifyMode === '1') {
      members.ResultDetail = RESULT_DETAILS[(output.mismatch as Mismatch | undefined) ?? 'other'];
    }
  }
  return members;
}

function statusCodeOf(status: unknown, options: AnswerOptions): number {
  if (status === 'vacant') return options.vacantStatusCode;
  return STATUS_CODES[status as LineStatus] ?? UNKNOWN_STATUS;
}

function ispOf(output: Values, language: Language, { isps }: AnswerOptions): string {
  // The sandbox shows the documented examples, which are in no table.
  const texts = (output.ispText as IspTexts | undefined) ?? isps[String(output.carrier)];
  return texts?.[language] ?? '';
}

/** Our names with a capital, at every depth. */
function capitaliseMembers(values: Values): Members {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [capitalise(name), capitaliseValue(value)]),
  );
}

function capitaliseValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitaliseValue);
  return typeof value === 'object' && value !== null ? capitaliseMembers(value as Values) : value;
}
