// What our own calls' errors mean in Chinese, and what to do about those where a bearer token or a verification makes it another
// thing than elsewhere. The calls themselves answer in English.

import type { Bilingual } from '../core/action.ts';
import type { FaultCode } from '../domain/fault.ts';
import type { CallErrorCode } from '../management/verifications/fault-errors.ts';

export const CHINESE_ERRORS: Readonly<Record<CallErrorCode, string>> = {
  bad_request: '请求格式有误。',
  invalid_recipient: '接收方既不是手机号也不是邮箱。',
  wrong_code: '验证码错误。',
  not_signed_in: '需要有效的令牌。',
  forbidden: '不允许此操作。',
  need_verify: '账户须先完成认证。',
  need_application: '须先开通服务。',
  used_up: '额度已用完且余额不足。',
  cap_reached: '已达到密钥或账户设置的上限。',
  send_refused: '不向该接收方发送验证码。',
  not_found: '不存在。',
  method_not_allowed: '此地址不支持该请求方法。',
  conflict: '当前状态不允许此操作。',
  unusable_code: '没有可输入的验证码：已过期、已使用或错误次数过多。',
  too_large: '请求正文超过上限。',
  too_many_requests: '请求过于频繁，请稍后重试。',
  send_too_early: '刚刚已发送验证码，请稍后重试。',
  send_limit_reached: '发送次数已达上限，请稍后重试。',
  internal: '服务器内部错误。',
  unavailable: '服务器暂时无法应答。',
};

/** Where a fault has a sentence of its own. */
export const CHINESE_FAULTS: Readonly<Partial<Record<FaultCode, string>>> = {
  parameter_missing: '缺少必选字段。',
  parameter_unknown: '存在未知字段。',
  parameter_type: '字段类型不正确。',
  parameter_value: '字段取值不合法。',
  idempotency_key_reused: '该 Idempotency-Key 已用于另一请求。',
  key_not_allowed: '该密钥仅可用于其他服务或接口。',
  account_suspended: '账户已停用。',
  send_failed: '暂时无法发送消息；未计费。',
};

const TOKEN: Bilingual = {
  en: 'Send the token of a key in the header Authorization, behind the word Bearer, and check that the key is not disabled, expired or rotated.',
  zh: '请在 Authorization 头部“Bearer”之后携带密钥的令牌，并检查密钥是否已禁用、过期或轮换。',
};
const RECIPIENT: Bilingual = {
  en: 'Check that the number, with its country code, or the address is complete.',
  zh: '请检查号码（含国家码）或邮箱是否完整。',
};

export const LINEPROOF_ADVICE: Readonly<Partial<Record<FaultCode, Bilingual>>> = {
  authorization_missing: TOKEN,
  contact_number_invalid: RECIPIENT,
  contact_address_invalid: RECIPIENT,
  body_malformed: {
    en: 'Send one JSON object in UTF-8, with Content-Type: application/json.',
    zh: '请发送 UTF-8 的 JSON 对象，并携带 Content-Type: application/json。',
  },
  method_unsupported: { en: 'Send it with POST.', zh: '请使用 POST 方法。' },
  resource_not_found: {
    en: 'Check with the id that sending the code answered, and with a key of the same account.',
    zh: '请使用发送验证码时返回的编号，以及同一账户的密钥。',
  },
  code_wrong: {
    en: 'Let the person enter it again: only so many may be wrong.',
    zh: '请用户重新输入；错误次数有限。',
  },
  code_unusable: { en: 'Send a new code.', zh: '请重新发送验证码。' },
};
