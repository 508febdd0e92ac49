// The fault table: why there is no answer. A fault is never charged. Each protocol maps every code to its wire.

type Blame = 'caller' | 'account' | 'source' | 'us';

interface FaultRow {
  readonly blame: Blame;
  readonly retryable: boolean;
  readonly summary: string;
}

const row = (blame: Blame, summary: string, retryable = false): FaultRow => ({ blame, retryable, summary });

export const FAULTS = {
  // The request as such.
  method_unsupported: row('caller', 'Only GET and POST are served.'),
  content_type_unsupported: row('caller', 'The action does not accept this Content-Type.'),
  body_too_large: row('caller', 'The request is larger than the limit.'),
  body_malformed: row('caller', 'The body or query cannot be parsed.'),
  multipart_malformed: row('caller', 'The multipart body cannot be parsed.'),
  parameter_missing: row('caller', 'A required parameter is absent.'),
  parameter_unknown: row('caller', 'A parameter is not declared by the action.'),
  parameter_type: row('caller', 'A parameter has the wrong JSON type.'),
  parameter_value: row('caller', 'A parameter has a value that is not allowed.'),
  parameter_invalid: row('caller', 'The parameters contradict each other or cannot be used together.'),
  idempotency_key_reused: row('caller', 'The idempotency key came with another request before.'),
  product_unknown: row('caller', 'The product does not exist.'),
  version_unknown: row('caller', 'The API version does not exist.'),
  action_unknown: row('caller', 'The action does not exist in this version.'),
  action_offline: row('caller', 'The action has been withdrawn.'),
  region_unsupported: row('caller', 'The action is not offered in this region.'),
  dry_run: row('caller', 'The request was a dry run.'),

  // Who is calling.
  authorization_missing: row('caller', 'The request carries no signature.'),
  authorization_malformed: row('caller', 'The Authorization header cannot be parsed.'),
  key_unknown: row('caller', 'The key is unknown, disabled or revoked.'),
  key_disabled: row('caller', 'The key is disabled; said only where its bearer has shown its secret.'),
  key_expired: row('caller', 'The key has expired; said only where its bearer has shown its secret.'),
  key_unsupported: row('caller', 'The key is of a kind that cannot sign API calls.'),
  clock_skew: row('caller', 'The timestamp is more than five minutes from the server clock.'),
  signature_mismatch: row('caller', 'The signature does not fit the request.'),
  token_invalid: row('caller', 'The temporary token was not issued here or has expired.'),
  mfa_failed: row('caller', 'Multi-factor authentication failed.'),
  key_not_allowed: row('caller', 'The key is restricted to another service or to other actions.'),
  access_denied: row('caller', 'A policy forbids this call.'),
  address_blocked: row('caller', 'The caller address is on the block list.'),
  address_not_allowed: row('caller', 'The caller address is not on the allow list.'),

  // How often.
  rate_limited: row('caller', 'More calls in this second than the limit allows.', true),
  rate_limited_address: row('caller', 'The caller address exceeds its rate.', true),
  rate_limited_account: row('account', 'The account exceeds its overall rate.', true),
  rate_limited_global: row('us', 'The region exceeds its overall rate.', true),
  daily_limit_reached: row('caller', 'This value was asked too often today.'),

  // The state of the account.
  service_not_activated: row('account', 'The account has not acquired the service.'),
  account_unverified: row('account', 'The account holder has not been verified.'),
  account_suspended: row('account', 'The account is suspended.'),
  funds_exhausted: row('account', 'No quota is left and the balance is below the price.'),
  cap_reached: row('account', 'A hard cap of the account or of the key is reached.'),
  unauthorized: row('account', 'The account may not do this.'),
  key_grant_missing: row(
    'account',
    'The account withdrew the grant that lets verification use its KMS keys.',
  ),

  // Encrypted fields.
  decrypt_failed: row('caller', 'An encrypted field cannot be decrypted.'),
  encrypt_field_unsupported: row(
    'caller',
    'EncryptList names a field that is absent or cannot be encrypted.',
  ),
  biz_token_expired: row('caller', 'The business token has expired.'),
  rule_unknown: row('caller', 'The rule does not exist.'),

  // Keys held for the account (KMS).
  kms_key_not_found: row('caller', 'The master key does not exist.'),
  kms_key_disabled: row('caller', 'The master key is disabled.'),
  kms_key_archived: row('caller', 'The master key is archived.'),
  kms_key_pending_delete: row('caller', 'The master key is about to be deleted.'),
  kms_key_id_invalid: row('caller', 'The KeyId is not well formed.'),
  kms_alias_exists: row('caller', 'The alias is taken.'),
  kms_alias_invalid: row('caller', 'The alias is not well formed.'),
  kms_key_usage_invalid: row('caller', 'The key usage is not known.'),
  kms_key_usage_unsupported: row('caller', 'The key usage is known but not offered here.'),
  kms_key_type_invalid: row('caller', 'The key type is not known.'),
  kms_ciphertext_invalid: row('caller', 'The ciphertext was not made here or was altered.'),
  kms_plaintext_invalid: row('caller', 'The plaintext is not Base64 or is too long.'),
  kms_key_limit: row('account', 'The account has as many master keys as it may have.'),
  kms_encryption_failed: row('caller', 'The given public key cannot encrypt the result.'),

  // One-time codes.
  contact_kind_invalid: row('caller', 'The type is neither mobile number nor e-mail address.'),
  contact_number_invalid: row('caller', 'The mobile number is not well formed.'),
  contact_address_invalid: row('caller', 'The e-mail address is not well formed.'),
  send_refused: row('caller', 'A guard refuses to send a code to this contact.'),
  send_too_early: row('caller', 'The last code for this contact was sent a moment ago.', true),
  send_limit_reached: row(
    'account',
    'The account or the caller address has sent as many codes as it may.',
    true,
  ),
  send_failed: row('us', 'No channel can take a message at the moment; nothing was sent.', true),
  code_wrong: row('caller', 'The code is wrong.'),
  code_unusable: row('caller', 'There is no code that could be entered: none was sent, it is over, or used.'),
  contact_verified: row('caller', 'The contact has been verified already.'),
  contact_not_added: row('us', 'The verified contact cannot be kept at the moment.', true),
  contact_not_found: row('caller', 'The contact is not among the verified ones.'),
  contacts_unreadable: row('us', 'The verified contacts cannot be read at the moment.', true),
  console_login_needed: row('caller', 'The operation needs a login of the vendor console.'),
  console_method_mismatch: row('caller', 'The vendor console was called with another method.'),
  console_route_undefined: row('caller', 'The vendor console has no such route.'),
  console_body_unreadable: row('us', 'The vendor console cannot read the body.'),
  console_encoding_failed: row('us', 'The vendor console cannot encode its answer.'),
  account_without_sending: row('account', 'Accounts of this kind cannot send codes.'),

  // Resources and operations in general.
  resource_not_found: row('caller', 'The resource does not exist.'),
  resource_in_use: row('caller', 'The resource is in use.'),
  resource_insufficient: row('us', 'Not enough of the resource is left.', true),
  resource_unavailable: row('us', 'The resource is not available.', true),
  operation_unsupported: row('caller', 'The operation is not supported.'),
  operation_failed: row('us', 'The operation failed.'),
  response_too_large: row('us', 'The answer is larger than the limit.'),

  // Sources and ourselves.
  source_timeout: row('source', 'The source did not answer in time.', true),
  source_unavailable: row('source', 'The source cannot be reached.', true),
  storage_unavailable: row(
    'us',
    'The server cannot read or write its own files at the moment; nothing was charged.',
    true,
  ),
  overloaded: row('us', 'The server has as much work as it accepts.', true),
  unknown_failure: row('us', 'Something failed that has no better name.'),
  internal: row('us', 'A defect of the server; the detail is in its log under the request id.'),
} as const satisfies Record<string, FaultRow>;

export type FaultCode = keyof typeof FAULTS;

/** What a fault may tell the caller. Nothing here may hold personal data or a secret. */
export interface FaultDetail {
  /** Domain name of the field, or wire name where the action declares no such field. */
  readonly field?: string;
  /** The offending value, only where it is not sensitive (content types, action names, versions). */
  readonly value?: string;
  /** The JSON type that the field should have had. */
  readonly expectedType?: string;
  /** Calls seen and allowed in the current second. */
  readonly seen?: number;
  readonly limit?: number;
  /** Milliseconds after which a retry can succeed. */
  readonly retryAfterMs?: number;
  /** Server time in Unix seconds, for clock_skew. */
  readonly serverTimeSeconds?: number;
  /** Service and version that were looked in, for action_unknown and version_unknown. */
  readonly service?: string;
  readonly version?: string;
}

/** An expected failure. Anything else that is thrown is a defect and is rendered without detail. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly detail: FaultDetail;

  constructor(code: FaultCode, detail: FaultDetail = {}, cause?: unknown) {
    super(FAULTS[code].summary, cause === undefined ? undefined : { cause });
    this.name = 'Fault';
    this.code = code;
    this.detail = detail;
  }
}
