// What a caller can do about each fault, in both languages; for the reference pages of the console. Faults that only the
// sandbox plays have none.

import type { FaultCode } from './fault.ts';

export interface FaultAdvice {
  readonly en: string;
  readonly zh: string;
}

const say = (en: string, zh: string): FaultAdvice => ({ en, zh });

const CORRECT = say('Correct the parameter that the message names.', '请按错误信息修改对应的参数。');
const SYNTAX = say(
  'Send the body as the Content-Type says: JSON in UTF-8, or a form.',
  '请按 Content-Type 发送正文：UTF-8 的 JSON 或表单。',
);
const SIGN = say(
  'Let the signature doctor look at the request: it says which step differs.',
  '请用签名诊断检查该请求，查看哪一步不一致。',
);
const KEY = say(
  'Check the key: it may be mistyped, disabled, expired, rotated or revoked.',
  '请检查密钥是否有误，或已禁用、过期、轮换、吊销。',
);
const SLOWER = say('Send fewer calls a second and try again after a moment.', '请降低调用频率，稍后重试。');
const LATER = say('Try again after a moment; nothing was charged.', '请稍后重试；本次未计费。');
const SUPPORT = say('Tell the operator the request id.', '请将 RequestId 提供给运营方。');
const FUNDS = say('Top the account up, or ask for more quota.', '请充值，或申请更多额度。');
const NAMES = say(
  'Compare action, version and address with the reference page.',
  '请对照接口文档检查接口名、版本和地址。',
);
const SEALED = say(
  'Check key, initial vector, algorithm and the list of encrypted fields.',
  '请检查密钥、初始向量、算法以及加密字段列表。',
);
const MASTER_KEY = say(
  'Choose a master key of this account that is enabled, and a usage that the page lists.',
  '请选择本账户已启用的主密钥及文档列出的用途。',
);
const CONTACT = say(
  'Check the type, and that number or address is complete.',
  '请检查类型，以及号码或邮箱是否完整。',
);
const CODE = say(
  'Enter the latest code that was sent, or have a new one sent.',
  '请输入最近一次收到的验证码，或重新发送。',
);
const SANDBOX_ALONE = undefined;

export const FAULT_ADVICE = {
  method_unsupported: NAMES,
  content_type_unsupported: SYNTAX,
  body_too_large: say('Send less in one request.', '请减小单个请求的大小。'),
  body_malformed: SYNTAX,
  multipart_malformed: SANDBOX_ALONE,
  parameter_missing: CORRECT,
  parameter_unknown: CORRECT,
  parameter_type: CORRECT,
  parameter_value: CORRECT,
  parameter_invalid: CORRECT,
  idempotency_key_reused: say(
    'Use a new idempotency key for another question.',
    '不同的请求请使用新的幂等键。',
  ),
  product_unknown: SANDBOX_ALONE,
  version_unknown: NAMES,
  action_unknown: NAMES,
  action_offline: SANDBOX_ALONE,
  region_unsupported: SANDBOX_ALONE,
  dry_run: SANDBOX_ALONE,

  authorization_missing: SIGN,
  authorization_malformed: SIGN,
  key_unknown: KEY,
  key_disabled: KEY,
  key_expired: KEY,
  key_unsupported: SANDBOX_ALONE,
  clock_skew: say("Set the client's clock by a time server (NTP).", '请通过 NTP 校准客户端时间。'),
  signature_mismatch: SIGN,
  token_invalid: say(
    'Sign without a temporary token: none is issued here.',
    '请勿使用临时 Token，本服务不签发。',
  ),
  mfa_failed: SANDBOX_ALONE,
  key_not_allowed: say(
    'Use a key that may call this action, or widen what this one may call.',
    '请使用有权调用该接口的密钥，或放宽该密钥的限制。',
  ),
  access_denied: SANDBOX_ALONE,
  address_blocked: SANDBOX_ALONE,
  address_not_allowed: SANDBOX_ALONE,

  rate_limited: SLOWER,
  rate_limited_address: SANDBOX_ALONE,
  rate_limited_account: SANDBOX_ALONE,
  rate_limited_global: SANDBOX_ALONE,
  daily_limit_reached: say('Ask about this value again tomorrow.', '请明日再查询该值。'),

  service_not_activated: say('Acquire the service.', '请先开通服务。'),
  account_unverified: say('Have the operator verify the account.', '请联系运营方完成账户认证。'),
  account_suspended: say('Ask the operator why the account is suspended.', '请向运营方咨询账户停用原因。'),
  funds_exhausted: FUNDS,
  cap_reached: say(
    'Raise the cap of the account or of the key, or wait for the next day or month.',
    '请提高账户或密钥的上限，或等待下一日或下一月。',
  ),
  unauthorized: SANDBOX_ALONE,
  key_grant_missing: say(
    "Give the grant for the account's KMS keys again.",
    '请重新授权使用账户的 KMS 密钥。',
  ),

  decrypt_failed: SEALED,
  encrypt_field_unsupported: SEALED,
  biz_token_expired: SANDBOX_ALONE,
  rule_unknown: SANDBOX_ALONE,

  kms_key_not_found: MASTER_KEY,
  kms_key_disabled: SANDBOX_ALONE,
  kms_key_archived: SANDBOX_ALONE,
  kms_key_pending_delete: SANDBOX_ALONE,
  kms_key_id_invalid: MASTER_KEY,
  kms_alias_exists: say('Choose another alias.', '请更换别名。'),
  kms_alias_invalid: say('Choose another alias.', '请更换别名。'),
  kms_key_usage_invalid: MASTER_KEY,
  kms_key_usage_unsupported: MASTER_KEY,
  kms_key_type_invalid: MASTER_KEY,
  kms_ciphertext_invalid: say('Send the ciphertext exactly as it was returned.', '请原样发送返回的密文。'),
  kms_plaintext_invalid: say(
    'Send the plaintext in Base64, within the limit.',
    '明文须为 Base64 且不超过长度限制。',
  ),
  kms_key_limit: say('Use one of the master keys that there are.', '请使用已有的主密钥。'),
  kms_encryption_failed: say('Check the public key that was sent along.', '请检查随请求发送的公钥。'),

  contact_kind_invalid: CONTACT,
  contact_number_invalid: CONTACT,
  contact_address_invalid: CONTACT,
  send_refused: say(
    'See the reasons among the one-time codes in the console.',
    '请在控制台的验证码页面查看拒绝原因。',
  ),
  send_too_early: say('Wait until the resend interval is over.', '请等待重发间隔结束。'),
  send_limit_reached: say('Wait until the hour or the day is over.', '请等待本小时或本日结束。'),
  send_failed: LATER,
  code_wrong: CODE,
  code_unusable: CODE,
  contact_verified: say('Nothing: the contact is verified.', '无需处理：该联系方式已验证。'),
  contact_not_added: LATER,
  contact_not_found: say(
    'List the verified contacts and choose one of them.',
    '请先查询已验证列表，再选择其中一项。',
  ),
  contacts_unreadable: LATER,
  console_login_needed: SANDBOX_ALONE,
  console_method_mismatch: SANDBOX_ALONE,
  console_route_undefined: SANDBOX_ALONE,
  console_body_unreadable: SANDBOX_ALONE,
  console_encoding_failed: SANDBOX_ALONE,
  account_without_sending: SANDBOX_ALONE,

  resource_not_found: SANDBOX_ALONE,
  resource_in_use: SANDBOX_ALONE,
  resource_insufficient: SANDBOX_ALONE,
  resource_unavailable: SANDBOX_ALONE,
  operation_unsupported: NAMES,
  operation_failed: SANDBOX_ALONE,
  response_too_large: SANDBOX_ALONE,

  source_timeout: SANDBOX_ALONE,
  source_unavailable: SANDBOX_ALONE,
  storage_unavailable: LATER,
  overloaded: LATER,
  unknown_failure: SANDBOX_ALONE,
  internal: SUPPORT,
} as const satisfies Record<FaultCode, FaultAdvice | undefined>;
