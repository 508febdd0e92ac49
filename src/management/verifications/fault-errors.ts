// Fault -> error of our own calls, exhaustive by the compiler. A code without a sentence has its own message.

import { FAULTS, type Fault, type FaultCode, type FaultDetail } from '../../domain/fault.ts';
import { MANAGEMENT_ERRORS, ManagementError, type ManagementErrorCode } from '../route.ts';

type Sentence = string | ((detail: FaultDetail) => string);
type CallError = ManagementErrorCode | { readonly code: ManagementErrorCode; readonly message: Sentence };

const bad = (message: Sentence) => ({ code: 'bad_request', message }) as const;
const aboutField =
  (text: string) =>
  ({ field = '' }: FaultDetail): string =>
    `${field} ${text}.`;

export const CALL_ERRORS = {
  method_unsupported: 'method_not_allowed',
  content_type_unsupported: 'bad_request',
  body_too_large: 'too_large',
  body_malformed: 'bad_request',
  multipart_malformed: 'bad_request',
  parameter_missing: bad(aboutField('is missing')),
  parameter_unknown: bad(aboutField('is not known')),
  parameter_type: bad(aboutField('has the wrong type')),
  parameter_value: bad(aboutField('has a value that is not allowed')),
  parameter_invalid: 'bad_request',
  idempotency_key_reused: {
    code: 'conflict',
    message: 'The Idempotency-Key came with another request before.',
  },
  product_unknown: 'not_found',
  version_unknown: 'not_found',
  action_unknown: 'not_found',
  action_offline: 'not_found',
  region_unsupported: 'bad_request',
  dry_run: 'bad_request',

  authorization_missing: 'not_signed_in',
  authorization_malformed: 'not_signed_in',
  key_unknown: 'not_signed_in',
  key_disabled: 'not_signed_in',
  key_expired: 'not_signed_in',
  key_unsupported: 'not_signed_in',
  clock_skew: 'not_signed_in',
  signature_mismatch: 'not_signed_in',
  token_invalid: 'not_signed_in',
  mfa_failed: 'not_signed_in',
  key_not_allowed: {
    code: 'forbidden',
    message: 'The credential is restricted to another service or to other calls.',
  },
  access_denied: 'forbidden',
  address_blocked: 'forbidden',
  address_not_allowed: 'forbidden',

  rate_limited: 'too_many_requests',
  rate_limited_address: 'too_many_requests',
  rate_limited_account: 'too_many_requests',
  rate_limited_global: 'too_many_requests',
  daily_limit_reached: 'too_many_requests',

  service_not_activated: 'need_application',
  account_unverified: 'need_verify',
  account_suspended: { code: 'forbidden', message: 'The account is suspended.' },
  funds_exhausted: 'used_up',
  cap_reached: 'cap_reached',
  unauthorized: 'forbidden',
  key_grant_missing: 'forbidden',

  decrypt_failed: 'bad_request',
  encrypt_field_unsupported: 'bad_request',
  biz_token_expired: 'bad_request',
  rule_unknown: 'bad_request',

  kms_key_not_found: 'bad_request',
  kms_key_disabled: 'bad_request',
  kms_key_archived: 'bad_request',
  kms_key_pending_delete: 'bad_request',
  kms_key_id_invalid: 'bad_request',
  kms_alias_exists: 'bad_request',
  kms_alias_invalid: 'bad_request',
  kms_key_usage_invalid: 'bad_request',
  kms_key_usage_unsupported: 'bad_request',
  kms_key_type_invalid: 'bad_request',
  kms_ciphertext_invalid: 'bad_request',
  kms_plaintext_invalid: 'bad_request',
  kms_key_limit: 'bad_request',
  kms_encryption_failed: 'bad_request',

  contact_kind_invalid: 'invalid_recipient',
  contact_number_invalid: 'invalid_recipient',
  contact_address_invalid: 'invalid_recipient',
  send_refused: 'send_refused',
  send_too_early: 'send_too_early',
  send_limit_reached: 'send_limit_reached',
  send_failed: { code: 'unavailable', message: 'No message can be sent at the moment; nothing was charged.' },
  code_wrong: 'wrong_code',
  code_unusable: 'unusable_code',
  contact_verified: 'conflict',
  contact_not_added: 'unavailable',
  contact_not_found: 'not_found',
  contacts_unreadable: 'unavailable',
  console_login_needed: 'forbidden',
  console_method_mismatch: 'method_not_allowed',
  console_route_undefined: 'not_found',
  console_body_unreadable: 'internal',
  console_encoding_failed: 'internal',
  account_without_sending: 'forbidden',

  resource_not_found: 'not_found',
  resource_in_use: 'conflict',
  resource_insufficient: 'unavailable',
  resource_unavailable: 'unavailable',
  operation_unsupported: 'unavailable',
  operation_failed: 'internal',
  response_too_large: 'internal',

  source_timeout: 'unavailable',
  source_unavailable: 'unavailable',
  storage_unavailable: 'unavailable',
  overloaded: 'unavailable',
  unknown_failure: 'internal',
  internal: 'internal',
} as const satisfies Record<FaultCode, CallError>;

type Written = (typeof CALL_ERRORS)[FaultCode];
/** The codes that there are. */
export type CallErrorCode = Written extends infer One
  ? One extends { readonly code: infer Code }
    ? Code
    : One
  : never;

const SECOND_MS = 1000;
const SHORTEST_SECONDS = 1;

export function callErrorOf(fault: Fault): ManagementError {
  const { code, sentence } = read(fault.code, fault.detail);
  return new ManagementError(code, sentence, retryAfterSeconds(fault), fault);
}

/** As it is answered. */
export function describeCallError(
  fault: FaultCode,
  detail: FaultDetail,
): { readonly code: CallErrorCode; readonly message: string } {
  const { code, sentence } = read(fault, detail);
  return { code, message: sentence === '' ? MANAGEMENT_ERRORS[code].message : sentence };
}

/** Without a sentence where the code's own message says it. */
function read(fault: FaultCode, detail: FaultDetail): { code: CallErrorCode; sentence: string } {
  const error = CALL_ERRORS[fault];
  if (typeof error === 'string') return { code: error, sentence: '' };
  const { code, message }: { code: CallErrorCode; message: Sentence } = error;
  return { code, sentence: typeof message === 'string' ? message : message(detail) };
}

/** By fault, and by outcome where it is not 200, as usage shows it. */
export function callStatuses(): Record<string, number> {
  const ofFaults = Object.entries(CALL_ERRORS).map(([fault, error]) => {
    const code = typeof error === 'string' ? error : error.code;
    return [fault, MANAGEMENT_ERRORS[code].status] as const;
  });
  return { ...Object.fromEntries(ofFaults), code_sent: 201 };
}

function retryAfterSeconds({ code, detail }: Fault): number | undefined {
  if (!FAULTS[code].retryable) return undefined;
  return Math.max(SHORTEST_SECONDS, Math.ceil((detail.retryAfterMs ?? 0) / SECOND_MS));
}
