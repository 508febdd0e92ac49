// Which faults and outcomes a live request can cause, by action. Said here for each fault, exhaustive by the compiler;
// test/coverage causes every cell that this calls live, and tries the same on the actions that it does not.

import type { TSchema } from 'typebox';
import type { WireAction, WireView } from '../../src/app/wire-view.ts';
import type { FaultCode } from '../../src/domain/fault.ts';
import type { OutcomeCode } from '../../src/domain/outcome.ts';

/**
 * 'any': before or whatever the action. 'values': where a declared parameter has bounds. 'service': where the action
 * belongs to a service, which is activated. 'charged': where an outcome is charged. 'uncoded': a limit for which the action has no result code.
 * 'action': where its row lists the fault. 'sandbox': never by a live request.
 */
type FaultOrigin = 'any' | 'values' | 'service' | 'charged' | 'uncoded' | 'action' | 'sandbox';

const FAULT_ORIGINS = {
  method_unsupported: 'any',
  content_type_unsupported: 'any',
  body_too_large: 'any',
  body_malformed: 'any',
  multipart_malformed: 'sandbox',
  parameter_missing: 'any',
  parameter_unknown: 'any',
  parameter_type: 'any',
  parameter_value: 'values',
  parameter_invalid: 'action',
  product_unknown: 'sandbox',
  version_unknown: 'any',
  action_unknown: 'any',
  action_offline: 'sandbox',
  region_unsupported: 'sandbox',
  dry_run: 'sandbox',
  idempotency_key_reused: 'sandbox',

  authorization_missing: 'any',
  authorization_malformed: 'any',
  key_unknown: 'any',
  key_disabled: 'sandbox',
  key_expired: 'sandbox',
  key_unsupported: 'sandbox',
  clock_skew: 'any',
  signature_mismatch: 'any',
  token_invalid: 'any',
  mfa_failed: 'sandbox',
  access_denied: 'sandbox',
  key_not_allowed: 'any',
  address_blocked: 'sandbox',
  address_not_allowed: 'sandbox',

  rate_limited: 'any',
  rate_limited_address: 'sandbox',
  rate_limited_account: 'sandbox',
  rate_limited_global: 'sandbox',
  daily_limit_reached: 'uncoded',

  service_not_activated: 'service',
  account_unverified: 'any',
  account_suspended: 'any',
  funds_exhausted: 'charged',
  cap_reached: 'charged',
  unauthorized: 'sandbox',
  key_grant_missing: 'action',

  decrypt_failed: 'action',
  encrypt_field_unsupported: 'action',
  biz_token_expired: 'sandbox',
  rule_unknown: 'sandbox',

  kms_key_not_found: 'action',
  // No action changes the state of a master key.
  kms_key_disabled: 'sandbox',
  kms_key_archived: 'sandbox',
  kms_key_pending_delete: 'sandbox',
  kms_key_id_invalid: 'action',
  kms_alias_exists: 'action',
  kms_alias_invalid: 'action',
  kms_key_usage_invalid: 'action',
  kms_key_usage_unsupported: 'action',
  kms_key_type_invalid: 'action',
  kms_ciphertext_invalid: 'action',
  kms_plaintext_invalid: 'action',
  kms_key_limit: 'action',
  kms_encryption_failed: 'action',

  contact_kind_invalid: 'action',
  contact_number_invalid: 'action',
  contact_address_invalid: 'action',
  send_refused: 'action',
  send_too_early: 'action',
  send_limit_reached: 'action',
  send_failed: 'action',
  code_wrong: 'action',
  code_unusable: 'action',
  contact_verified: 'action',
  contact_not_added: 'action',
  contact_not_found: 'action',
  contacts_unreadable: 'action',
  console_login_needed: 'sandbox',
  console_method_mismatch: 'sandbox',
  console_route_undefined: 'sandbox',
  console_body_unreadable: 'sandbox',
  console_encoding_failed: 'sandbox',
  account_without_sending: 'sandbox',

  resource_not_found: 'sandbox',
  resource_in_use: 'sandbox',
  resource_insufficient: 'sandbox',
  resource_unavailable: 'sandbox',
  operation_unsupported: 'action',
  operation_failed: 'sandbox',
  response_too_large: 'sandbox',

  // A source that fails is an outcome of every action that asks one.
  source_timeout: 'sandbox',
  source_unavailable: 'sandbox',
  storage_unavailable: 'any',
  overloaded: 'any',
  unknown_failure: 'sandbox',
  internal: 'any',
} as const satisfies Record<FaultCode, FaultOrigin>;

/** The registry never answers what we cannot read. */
const SANDBOX_OUTCOMES: ReadonlySet<OutcomeCode> = new Set(['source_error']);

export function isLiveOutcome(outcome: OutcomeCode): boolean {
  return !SANDBOX_OUTCOMES.has(outcome);
}

export function isLiveFault(view: WireView, { action }: WireAction, fault: FaultCode): boolean {
  switch (FAULT_ORIGINS[fault]) {
    case 'any':
      return true;
    case 'values':
      return hasBounds(action.input);
    case 'service':
      return action.service !== 'platform';
    case 'charged':
      return Object.values(action.outcomes).some((row) => row?.charged === true);
    case 'uncoded':
      return action.limited.length > 0 && view.resultOf(action, 'daily_limit') === undefined;
    case 'action':
      return action.faults.includes(fault);
    case 'sandbox':
      return false;
  }
}

interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, TSchema>>;
}

/** Can a value of the right type be refused? */
function hasBounds(schema: TSchema): boolean {
  const { type, properties = {}, ...node } = schema as Node;
  if (type === 'object') return Object.values(properties).some(hasBounds);
  return type === 'array' || ['enum', 'maxLength', 'minimum', 'maximum'].some((bound) => bound in node);
}
