// Sandbox rows 1690001NNNN: one number for each fault of the fault table, from every action. The hundreds tell the
// kind: 00 the request, 01 the caller, 02 the rate, 03 the account, 04 encryption, 05 keys, 06 operations, 07 sources, 08 one-time codes.

import type { FaultCode, FaultDetail } from '../../domain/fault.ts';
import { FAULTS } from '../../domain/fault.ts';
import { faultOf, fromEveryAction, type Meaning, type SandboxRow } from './answer.ts';

const LAST_DIGITS = {
  method_unsupported: '0001',
  content_type_unsupported: '0002',
  body_too_large: '0003',
  body_malformed: '0004',
  multipart_malformed: '0005',
  parameter_missing: '0006',
  parameter_unknown: '0007',
  parameter_type: '0008',
  parameter_value: '0009',
  parameter_invalid: '0010',
  product_unknown: '0011',
  version_unknown: '0012',
  action_unknown: '0013',
  action_offline: '0014',
  region_unsupported: '0015',
  dry_run: '0016',
  idempotency_key_reused: '0017',

  authorization_missing: '0101',
  authorization_malformed: '0102',
  key_unknown: '0103',
  key_unsupported: '0104',
  clock_skew: '0105',
  signature_mismatch: '0106',
  token_invalid: '0107',
  mfa_failed: '0108',
  access_denied: '0109',
  address_blocked: '0110',
  address_not_allowed: '0111',
  key_disabled: '0113',
  key_expired: '0114',
  key_not_allowed: '0115',

  rate_limited: '0201',
  rate_limited_address: '0202',
  rate_limited_account: '0203',
  rate_limited_global: '0204',
  daily_limit_reached: '0205',

  service_not_activated: '0301',
  account_unverified: '0302',
  account_suspended: '0303',
  funds_exhausted: '0304',
  cap_reached: '0305',
  unauthorized: '0306',
  key_grant_missing: '0307',

  decrypt_failed: '0401',
  encrypt_field_unsupported: '0402',
  biz_token_expired: '0403',
  rule_unknown: '0404',

  kms_key_not_found: '0501',
  kms_key_disabled: '0502',
  kms_key_archived: '0503',
  kms_key_pending_delete: '0504',
  kms_key_id_invalid: '0505',
  kms_alias_exists: '0506',
  kms_alias_invalid: '0507',
  kms_key_usage_invalid: '0508',
  kms_key_usage_unsupported: '0509',
  kms_key_type_invalid: '0510',
  kms_ciphertext_invalid: '0511',
  kms_plaintext_invalid: '0512',
  kms_key_limit: '0513',
  kms_encryption_failed: '0514',

  resource_not_found: '0601',
  resource_in_use: '0602',
  resource_insufficient: '0603',
  resource_unavailable: '0604',
  operation_unsupported: '0605',
  operation_failed: '0606',
  response_too_large: '0607',

  source_timeout: '0701',
  source_unavailable: '0702',
  overloaded: '0703',
  unknown_failure: '0704',
  internal: '0705',
  storage_unavailable: '0706',

  contact_kind_invalid: '0801',
  contact_number_invalid: '0802',
  contact_address_invalid: '0803',
  send_refused: '0804',
  send_too_early: '0805',
  send_limit_reached: '0806',
  send_failed: '0807',
  code_wrong: '0808',
  code_unusable: '0809',
  contact_verified: '0810',
  contact_not_added: '0811',
  contact_not_found: '0812',
  contacts_unreadable: '0813',
  console_login_needed: '0814',
  console_method_mismatch: '0815',
  console_route_undefined: '0816',
  console_body_unreadable: '0817',
  console_encoding_failed: '0818',
  account_without_sending: '0819',
} as const satisfies Record<FaultCode, string>;

/** Details that the wire messages quote, as a live call would fill them. */
const DETAILS: Readonly<Partial<Record<FaultCode, FaultDetail>>> = {
  content_type_unsupported: { value: 'text/plain' },
  parameter_missing: { field: 'msisdn' },
  parameter_unknown: { field: 'Sandbox' },
  parameter_type: { field: 'msisdn', expectedType: 'string' },
  parameter_value: { field: 'msisdn' },
  version_unknown: { service: 'faceid', version: '2018-03-02' },
  action_unknown: { value: 'Sandbox', service: 'faceid', version: '2018-03-01' },
  rate_limited: { seen: 21, limit: 20, retryAfterMs: 1000 },
  encrypt_field_unsupported: { field: 'msisdn' },
};

/** What those of actions about contacts would quote instead: they have the field type, and a product of their own. */
const CONTACT_DETAILS: Readonly<Partial<Record<FaultCode, FaultDetail>>> = {
  parameter_missing: { field: 'type' },
  parameter_type: { field: 'type', expectedType: 'integer' },
  parameter_value: { field: 'type' },
  version_unknown: { service: 'domain', version: '2018-08-09' },
  action_unknown: { value: 'Sandbox', service: 'domain', version: '2018-08-08' },
};

/** Fields of platform actions that can ask for a fault. */
export const PLATFORM_FIELDS = ['keyId', 'alias', 'ciphertextBlob'] as const;
export const PLATFORM_PREFIX = 'sandbox-';

export const FAULT_NUMBERS = Object.entries(LAST_DIGITS).map(([code, lastDigits]) => ({
  fault: code as FaultCode,
  number: `1690001${lastDigits}`,
}));

export const FAULT_ROWS: readonly SandboxRow[] = FAULT_NUMBERS.map(({ fault, number }) => ({
  number,
  meaning: meaningOf(fault),
  answers: fromEveryAction(faultOf(fault, DETAILS[fault])),
}));

/** Platform actions ask for no number: a key id, alias or ciphertext `sandbox-<fault code>` plays the fault there. */
export function findPlatformFault(text: unknown): FaultCode | undefined {
  if (typeof text !== 'string' || !text.startsWith(PLATFORM_PREFIX)) return undefined;
  const code = text.slice(PLATFORM_PREFIX.length);
  return Object.hasOwn(FAULTS, code) ? (code as FaultCode) : undefined;
}

export function meaningOf(fault: FaultCode): Meaning {
  return { en: `Fault \`${fault}\`. ${FAULTS[fault].summary}`, zh: `错误 \`${fault}\`。` };
}

export function contactDetailOf(fault: FaultCode): FaultDetail {
  return CONTACT_DETAILS[fault] ?? detailOf(fault);
}

export function detailOf(fault: FaultCode): FaultDetail {
  return DETAILS[fault] ?? {};
}
