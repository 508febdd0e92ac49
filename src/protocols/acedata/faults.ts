// Fault -> error code, HTTP status and message, exhaustive by the compiler. Codes and statuses of both generations of the
// vendor's documents; messages are the vendor's where one is documented.

import type { FaultCode, FaultDetail } from '../../domain/fault.ts';

/** seed: the guides' envelope and statuses. current: those of the newer pages about responses. */
export type Profile = 'seed' | 'current';

interface ErrorRow {
  readonly seed: number;
  readonly current: number;
  readonly message: string;
}

const same = (status: number, message: string): ErrorRow => ({ seed: status, current: status, message });

export const ERRORS = {
  token_mismatched: { seed: 400, current: 401, message: 'The specified token is not matched with API.' },
  api_not_implemented: same(400, 'The API is not implemented.'),
  bad_request: same(400, 'The request is malformed.'),
  no_token: same(400, 'The request carries no token.'),
  invalid_token: same(401, 'The specified token is invalid or wrong.'),
  token_expired: same(401, 'The specified token has expired.'),
  used_up: same(403, 'Your balance is not sufficient for current request, please buy more.'),
  disabled: same(403, 'The credential or its account is disabled.'),
  no_api: same(404, 'The API does not exist.'),
  too_many_requests: same(429, 'You have exceeded the rate limit.'),
  api_error: same(500, 'Internal server error.'),
  timeout: same(504, 'The upstream did not answer in time.'),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

type Message = string | ((detail: FaultDetail) => string);

/** The code alone has the code's own message. */
export type WireError = ErrorCode | { readonly code: ErrorCode; readonly message: Message };

const bad = (message: Message): WireError => ({ code: 'bad_request', message });
const aboutField =
  (text: string) =>
  ({ field = '' }: FaultDetail): string =>
    `The parameter \`${field}\` ${text}.`;

export const WIRE_ERRORS = {
  method_unsupported: 'no_api',
  content_type_unsupported: 'bad_request',
  body_too_large: bad('The request is too large.'),
  body_malformed: bad('The body must be one JSON object in UTF-8 in which no name stands twice.'),
  multipart_malformed: 'bad_request',
  parameter_missing: bad(aboutField('is missing')),
  parameter_unknown: bad(aboutField('is not known')),
  parameter_type: bad(aboutField('has the wrong type')),
  parameter_value: bad(aboutField('has a value that is not allowed')),
  parameter_invalid: 'bad_request',
  idempotency_key_reused: bad('The Idempotency-Key came with another request before.'),
  product_unknown: 'no_api',
  version_unknown: 'no_api',
  action_unknown: 'no_api',
  action_offline: 'api_not_implemented',
  region_unsupported: 'bad_request',
  dry_run: 'bad_request',

  authorization_missing: 'no_token',
  authorization_malformed: 'invalid_token',
  key_unknown: 'invalid_token',
  key_disabled: 'disabled',
  key_expired: 'token_expired',
  key_unsupported: 'invalid_token',
  clock_skew: 'invalid_token',
  signature_mismatch: 'invalid_token',
  token_invalid: 'token_expired',
  mfa_failed: 'invalid_token',
  key_not_allowed: 'token_mismatched',
  access_denied: 'token_mismatched',
  address_blocked: 'disabled',
  address_not_allowed: 'disabled',

  rate_limited: 'too_many_requests',
  rate_limited_address: 'too_many_requests',
  rate_limited_account: 'too_many_requests',
  rate_limited_global: 'too_many_requests',
  daily_limit_reached: {
    code: 'too_many_requests',
    message: 'Authentication attempts exceeded the daily limit, please try again the next day',
  },

  service_not_activated: 'token_mismatched',
  account_unverified: 'disabled',
  account_suspended: 'disabled',
  funds_exhausted: 'used_up',
  cap_reached: {
    code: 'used_up',
    message: 'A limit that was set for the credential or its account is reached.',
  },
  unauthorized: 'token_mismatched',
  key_grant_missing: 'api_error',

  decrypt_failed: bad('An encrypted field cannot be decrypted.'),
  encrypt_field_unsupported: bad('`encrypt_list` names a field that is absent or cannot be encrypted.'),
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

  contact_kind_invalid: 'bad_request',
  contact_number_invalid: 'bad_request',
  contact_address_invalid: 'bad_request',
  send_refused: 'bad_request',
  send_too_early: 'too_many_requests',
  send_limit_reached: 'too_many_requests',
  send_failed: 'api_error',
  code_wrong: 'bad_request',
  code_unusable: 'bad_request',
  contact_verified: 'bad_request',
  contact_not_added: 'api_error',
  contact_not_found: 'bad_request',
  contacts_unreadable: 'api_error',
  console_login_needed: 'bad_request',
  console_method_mismatch: 'bad_request',
  console_route_undefined: 'no_api',
  console_body_unreadable: 'api_error',
  console_encoding_failed: 'api_error',
  account_without_sending: 'token_mismatched',

  resource_not_found: 'bad_request',
  resource_in_use: 'bad_request',
  resource_insufficient: 'api_error',
  resource_unavailable: 'api_error',
  operation_unsupported: 'api_not_implemented',
  operation_failed: 'api_error',
  response_too_large: 'api_error',

  source_timeout: 'timeout',
  source_unavailable: 'api_error',
  storage_unavailable: 'api_error',
  overloaded: 'api_error',
  unknown_failure: 'api_error',
  internal: 'api_error',
} as const satisfies Record<FaultCode, WireError>;

/** The code with the message that this fault has on the wire; `detail` in the names of the wire. */
export function writeError(fault: FaultCode, detail: FaultDetail): { code: ErrorCode; message: string } {
  const wire: WireError = WIRE_ERRORS[fault];
  if (typeof wire === 'string') return { code: wire, message: ERRORS[wire].message };
  const { code, message } = wire;
  return { code, message: typeof message === 'string' ? message : message(detail) };
}
