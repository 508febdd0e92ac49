// The members of a successful answer, by action. status_code is a number as in the examples, though the vendor's schema
// types it as text.

import type { Language } from '../../core/call.ts';
import type { Conclusion } from '../../domain/conclusion.ts';
import { Fault } from '../../domain/fault.ts';
import type { Mismatch } from '../../domain/identity-match.ts';
import type { KnownCarrier, LineStatus } from '../../domain/subscriber.ts';
import type { FindResult } from './outcomes.ts';

type Values = Readonly<Record<string, unknown>>;

const UNKNOWN_STATUS = 99;

/** The guide knows no line that is in the network and cannot be used. */
const STATUS_CODES = {
  normal: 0,
  suspended: 1,
  cancelled: 2,
  vacant: 3,
  not_in_network: 4,
  unusable: UNKNOWN_STATUS,
  unknown: UNKNOWN_STATUS,
} as const satisfies Record<LineStatus, number>;

/** Every other carrier is ''. */
const ISPS: ReadonlyMap<unknown, string> = new Map<KnownCarrier, string>([
  ['mobile', 'Mobile'],
  ['telecom', 'Telecom'],
  ['unicom', 'China Unicom'],
]);

const RESULT_DETAILS = {
  phone_id_card: 'PhoneIdCardMismatch',
  phone_name: 'PhoneNameMismatch',
  phone_name_id_card: 'PhoneNameIdCardMismatch',
  name_id_card: 'NameIdCardMismatch',
  other: 'OtherMismatch',
} as const satisfies Record<Mismatch, string>;

/** Every value that these members can have. */
export const STATUS_CODE_VALUES: readonly number[] = [...new Set(Object.values(STATUS_CODES))];
export const ISP_NAMES: readonly string[] = ['', ...ISPS.values()];
export const RESULT_DETAIL_NAMES: readonly string[] = Object.values(RESULT_DETAILS);

/** `action` is our own name. */
export function buildAnswer(
  action: string,
  input: Values,
  { outcome, output }: Conclusion,
  language: Language,
  findResult: FindResult,
): Record<string, unknown> {
  const found = findResult(action, outcome);
  if (found === undefined) {
    if (outcome === 'daily_limit') throw new Fault('daily_limit_reached');
    throw new TypeError(`outcome ${outcome} of ${action} has no result code`);
  }
  const { result } = found;
  const description = found[language];
  if (action === 'line-status') return { result, description, status_code: statusCodeOf(output.status) };
  if (action !== 'identity-match') return { result, description };
  const isp = ISPS.get(output.carrier) ?? '';
  return { result, description, isp, result_detail: detailOf(outcome, input, output) };
}

function statusCodeOf(status: unknown): number {
  return STATUS_CODES[status as LineStatus] ?? UNKNOWN_STATUS;
}

/** Only the long version tells what does not agree. */
function detailOf(outcome: string, input: Values, output: Values): string | null {
  if (outcome !== 'mismatch' || input.verifyMode !== '1') return null;
  return RESULT_DETAILS[(output.mismatch as Mismatch | undefined) ?? 'other'];
}
