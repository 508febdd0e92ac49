// What the vendor's domestic site answers in its actions about contacts.

import type { FaultCode } from '../../domain/fault.ts';
import { row, type WireError } from './faults.ts';

/**
 * The same faults as the vendor's domestic site names them in its actions about contacts (reference A.2). It documents these
 * texts in Chinese only; the English ones that it has elsewhere are used where the code is the same.
 */
export const DOMESTIC_CONTACT_ERRORS: Readonly<Partial<Record<FaultCode, WireError>>> = {
  contact_kind_invalid: chinese('InvalidParameter.CodeTypeIsInvalid', '类型只能为手机或者邮箱。'),
  contact_number_invalid: row(
    'InvalidParameter.TelephoneIsInvalid',
    'The mobile number is empty or invalid.',
    '电话为空或者不合法。',
  ),
  contact_address_invalid: row(
    'InvalidParameter.EmailIsInvalid',
    'The email address is empty or incorrect.',
    '邮箱为空或者不正确。',
  ),
  send_refused: chinese('FailedOperation.ProhibitPhoneEmail', '禁止的手机或邮箱。'),
  send_too_early: chinese('FailedOperation.SendVerifyCodeIsLimited', '发送验证码过于频繁，请稍后重试。'),
  send_limit_reached: chinese('LimitExceeded.RequestLimit', '请求频率超过限制。'),
  send_failed: row('FailedOperation', 'Operation failed.', '操作失败。'),
  code_wrong: chinese('InvalidParameter.VerifyCodeIsInvalid', '验证码错误，请重新输入。'),
  code_unusable: chinese('InvalidParameter.VerifyCodeIsInvalid', '验证码错误，请重新输入。'),
  contact_verified: chinese(
    'FailedOperation.DuplicatePhoneEmail',
    '当前账号下已有相同的手机/邮箱，无需重复添加。',
  ),
  contact_not_added: row('InternalError', 'Internal error.', '内部错误。'),
  contact_not_found: row('FailedOperation', 'Operation failed.', '操作失败。'),
  contacts_unreadable: row('InternalError', 'Internal error.', '内部错误。'),
  account_without_sending: chinese(
    'FailedOperation.SendTcbPhoneEmailCodeFailed',
    '当前账号为云开发（TCB）账号，无法使用验证功能，请切换登录小程序公众号后重新操作。',
  ),
};

export const DOMESTIC_SEND_ERRORS: typeof DOMESTIC_CONTACT_ERRORS = {
  ...DOMESTIC_CONTACT_ERRORS,
  account_unverified: chinese('FailedOperation.VerifyUinIsRealname', '当前用户未在官网进行实名操作。'),
};

/** Of deleting, which documents no code of its own for a wrong type. */
export const DOMESTIC_DELETE_ERRORS: typeof DOMESTIC_CONTACT_ERRORS = {
  ...DOMESTIC_CONTACT_ERRORS,
  contact_kind_invalid: row('InvalidParameter', 'Invalid parameter.', '参数错误。'),
};

/** In every language: the vendor has no other text. */
function chinese(code: string, text: string): WireError {
  return row(code, text, text);
}
