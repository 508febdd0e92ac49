// Fault -> error code and message, exhaustive by the compiler. Messages are those seen in production (reference 3.3)
// where one is known, else the documented descriptions (3.2 and Appendix A). Backticks belong to the messages.

import type { FaultCode, FaultDetail } from '../../domain/fault.ts';

type Message = string | ((detail: FaultDetail) => string);

export interface WireError {
  readonly code: string;
  readonly en: Message;
  readonly zh: Message;
}

/** One row of such a table. */
export const row = (code: string, en: Message, zh: Message): WireError => ({ code, en, zh });

const fieldOf = ({ field }: FaultDetail) => field ?? '';
const missing = (field: (detail: FaultDetail) => string) =>
  row(
    'MissingParameter',
    (detail) => `The request is missing a required parameter \`${field(detail)}\`.`,
    (detail) => `缺少参数 \`${field(detail)}\`。`,
  );

const DAILY = {
  en: 'Authentication attempts exceeded the daily limit. Retry the next day.',
  zh: '认证次数超过当日限制，请次日重试。',
};
const SECRET_ID_NOT_FOUND = row(
  'AuthFailure.SecretIdNotFound',
  'The SecretId is not found, please ensure that your SecretId is correct.',
  'SecretId不存在，请输入正确的密钥。',
);
const INCORRECT = row('InvalidParameter', 'Incorrect parameter.', '参数错误（包括参数格式、类型等错误）。');
const NOT_AUTHORIZED = row(
  'AuthFailure.UnauthorizedOperation',
  'You are not authorized to perform this operation. Check your CAM policies, and ensure that you are using the correct access keys.',
  '操作未授权，请检查CAM策略。',
);
const FORMAT_INVALID = row(
  'InvalidParameterValue.InvalidParameterFormat',
  'Invalid parameter value.',
  '表单参数取值错误。',
);
const FORBIDDEN = row('InternalError.ForbiddenRequest', 'Forbidden request.', '禁止请求。');
const FAILED = row('FailedOperation', 'Operation failed.', '操作失败。');
const INTERNAL = row('InternalError', 'Internal error.', '内部错误。');
const UNAVAILABLE = row('ServiceUnavailable', 'Service is unavailable now.', '当前服务暂时不可用。');

export const WIRE_ERRORS = {
  method_unsupported: row(
    'UnsupportedProtocol',
    'HTTP(S) request protocol error; only GET and POST requests are supported.',
    'http(s) 请求协议错误，只支持 GET 和 POST 请求。',
  ),
  content_type_unsupported: row(
    'UnsupportedProtocol',
    ({ value = '' }) => `this action does not support Content-Type=\`${value}\``,
    ({ value = '' }) => `该接口不支持 Content-Type=\`${value}\``,
  ),
  body_too_large: row(
    'RequestSizeLimitExceeded',
    'The request size exceeds the upper limit.',
    '请求包超过限制大小。',
  ),
  body_malformed: row(
    'InvalidParameter',
    ({ value }) =>
      value === undefined ? 'Incorrect parameter.' : 'Url key and value should be splited by `=`.',
    '参数错误（包括参数格式、类型等错误）。',
  ),
  multipart_malformed: row(
    'InvalidRequest',
    'The multipart format of the request body is incorrect.',
    '请求 body 的 multipart 格式错误。',
  ),
  parameter_missing: missing(fieldOf),
  parameter_unknown: row(
    'UnknownParameter',
    (detail) => `The parameter \`${fieldOf(detail)}\` is not recognized.`,
    (detail) => `未知参数 \`${fieldOf(detail)}\`。`,
  ),
  parameter_type: row(
    'InvalidParameter',
    (detail) => `The value type of parameter \`${fieldOf(detail)}\` is not valid${inputType(detail)}`,
    (detail) => `参数 \`${fieldOf(detail)}\` 的类型错误。`,
  ),
  parameter_value: row(
    'InvalidParameterValue',
    (detail) =>
      `The value ${quote(detail.value)}specified in the parameter \`${fieldOf(detail)}\` is not valid.`,
    (detail) => `参数 \`${fieldOf(detail)}\` 取值错误。`,
  ),
  parameter_invalid: INCORRECT,
  idempotency_key_reused: INCORRECT,
  product_unknown: row('NoSuchProduct', 'The product does not exist.', '产品不存在'),
  version_unknown: row(
    'NoSuchVersion',
    ({ service = '', version = '' }) =>
      `The specified api version=\`${version}\` does not exist in service=\`${service}\`. `,
    '接口版本不存在。',
  ),
  action_unknown: row(
    'InvalidAction',
    ({ value = '', service = '', version = '' }) =>
      `The request action=\`${value}\` is invalid or not found in service=\`${service}\` and version=\`${version}\`.`,
    '接口不存在。',
  ),
  action_offline: row('ActionOffline', 'This API has been deprecated.', '接口已下线。'),
  region_unsupported: row(
    'UnsupportedRegion',
    'API does not support the requested region.',
    '接口不支持所传地域。',
  ),
  dry_run: row(
    'DryRunOperation',
    'DryRun Operation. It means that the request would have succeeded, but the DryRun parameter was used.',
    'DryRun 操作，代表请求将会是成功的，只是多传了 DryRun 参数。',
  ),

  authorization_missing: missing(() => 'Authorization'),
  authorization_malformed: row(
    'AuthFailure.InvalidAuthorization',
    ({ value = 'Credential' }) =>
      `The request \`Authorization\` header does not conform to tencentcloud standards: \`${value}\` not valid.`,
    '请求头部的 `Authorization` 不符合腾讯云标准。',
  ),
  key_unknown: SECRET_ID_NOT_FOUND,
  key_disabled: SECRET_ID_NOT_FOUND,
  key_expired: SECRET_ID_NOT_FOUND,
  key_unsupported: row(
    'AuthFailure.InvalidSecretId',
    'Invalid key (not a TencentCloud API key type).',
    '密钥非法（不是云 API 密钥类型）。',
  ),
  clock_skew: row(
    'AuthFailure.SignatureExpire',
    ({ serverTimeSeconds }) =>
      serverTimeSeconds === undefined
        ? 'The signature is expired, please request again.'
        : `Signature expired. Please use local time and enable NTP service for time synchronization to avoid a deviation between \`Timestamp\` and the server time ${serverTimeSeconds}.`,
    '签名过期。Timestamp 和服务器时间相差不得超过五分钟，请检查本地时间是否和标准时间同步。',
  ),
  signature_mismatch: row(
    'AuthFailure.SignatureFailure',
    ({ limit }) =>
      limit === undefined
        ? 'The provided credentials could not be validated. Please check your signature is correct.'
        : 'The provided credentials could not be validated because of exceeding request size limit, please use new signature method `TC3-HMAC-SHA256`.',
    '请求签名验证失败，请检查您的签名计算是否正确。',
  ),
  token_invalid: row(
    'AuthFailure.TokenFailure',
    'Token verification failed, please check if your Token is correct',
    'token 错误。',
  ),
  mfa_failed: row('AuthFailure.MFAFailure', 'MFA failed.', 'MFA 错误。'),
  key_not_allowed: NOT_AUTHORIZED,
  access_denied: NOT_AUTHORIZED,
  address_blocked: row('IpInBlacklist', 'Your IP is in uin IP blacklist.', 'IP地址在黑名单中。'),
  address_not_allowed: row('IpNotInWhitelist', 'Your IP is not in uin IP whitelist.', 'IP地址不在白名单中。'),

  rate_limited: row(
    'RequestLimitExceeded',
    ({ seen, limit }) =>
      limit === undefined
        ? 'The number of requests exceeds the frequency limit.'
        : `Your current request times equals to \`${seen}\` in a second, which exceeds the frequency limit \`${limit}\` for a second. Please reduce the frequency of calls.`,
    ({ seen, limit }) =>
      limit === undefined
        ? '请求的次数超过了频率限制。'
        : `您当前每秒请求 \`${seen}\` 次，超过了每秒频率上限 \`${limit}\`，请稍后重试。`,
  ),
  rate_limited_address: row(
    'RequestLimitExceeded.IPLimitExceeded',
    'The number of ip requests exceeds the frequency limit.',
    'IP限频。',
  ),
  rate_limited_account: row(
    'RequestLimitExceeded.UinLimitExceeded',
    'The number of uin requests exceeds the frequency limit.',
    '主账号限频。',
  ),
  rate_limited_global: row(
    'RequestLimitExceeded.GlobalRegionUinLimitExceeded',
    'Uin exceeds the frequency limit.',
    '主账号超过频率限制。',
  ),
  daily_limit_reached: row('RequestLimitExceeded', DAILY.en, DAILY.zh),

  service_not_activated: row(
    'UnauthorizedOperation.Nonactivated',
    'The service has not been activated.',
    '未开通服务。',
  ),
  account_unverified: row(
    'UnauthorizedOperation.NonAuthorize',
    'Identity verification has not been completed for the account.',
    '账号未实名。',
  ),
  account_suspended: row(
    'UnauthorizedOperation.ChargeStatusException',
    'The billing status is abnormal.',
    '计费状态异常。',
  ),
  funds_exhausted: row('UnauthorizedOperation.Arrears', 'The account is in arrears.', '账号已欠费。'),
  cap_reached: row('LimitExceeded', 'Quota limit exceeded.', '超过配额限制。'),
  unauthorized: row('UnauthorizedOperation', 'Unauthorized operation.', '未授权操作。'),
  key_grant_missing: row('FailedOperation.StsUnAuthErrError', 'STS unauthorized.', 'STS未授权。'),

  decrypt_failed: row('FailedOperation.DecryptSystemError', 'Decryption failed.', '解密失败。'),
  encrypt_field_unsupported: row(
    'InvalidParameter.UnsupportEncryptField',
    'Unencrypted fields exist. Refer to the documentation to modify.',
    '存在不加密的字段，请参考文档修改。',
  ),
  biz_token_expired: row('InvalidParameterValue.BizTokenExpired', 'BizToken expired.', 'BizToken过期。'),
  rule_unknown: row(
    'InvalidParameterValue.RuleIdNotExist',
    'RuleId does not exist. Go to the eKYC console to apply.',
    'RuleId不存在，请到人脸核身控制台申请。',
  ),

  kms_key_not_found: row('ResourceUnavailable.CmkNotFound', 'The CMK does not exist.', 'CMK不存在。'),
  kms_key_disabled: row('ResourceUnavailable.CmkDisabled', 'The CMK has been disabled.', 'CMK已被禁用。'),
  kms_key_archived: row('ResourceUnavailable.CmkArchived', 'The CMK has been archived.', 'CMK已存档。'),
  kms_key_pending_delete: row(
    'ResourceUnavailable.KeyPendingDelete',
    'The key is not available as it’s pending deleted.',
    '不可用密钥：密钥待删除。',
  ),
  kms_key_id_invalid: row('InvalidParameterValue.InvalidKeyId', 'Invalid `KeyId`.', 'KeyId不合法。'),
  kms_alias_exists: row(
    'InvalidParameterValue.AliasAlreadyExists',
    'The alias already exists.',
    '别名已经存在。',
  ),
  kms_alias_invalid: row('InvalidParameterValue.InvalidAlias', 'Incorrect alias format', '别名格式错误。'),
  kms_key_usage_invalid: row(
    'InvalidParameterValue.InvalidKeyUsage',
    'Incorrect `KeyUsage` parameter.',
    'KeyUsage参数错误。',
  ),
  kms_key_usage_unsupported: row(
    'UnsupportedOperation.UnsupportedKeyUsageInCurrentRegion',
    'The encryption method is not supported in the current region.',
    '加密方式在当前region不支持。',
  ),
  kms_key_type_invalid: row(
    'InvalidParameterValue.InvalidType',
    'Incorrect `Type` parameter.',
    'Type参数错误。',
  ),
  kms_ciphertext_invalid: row(
    'InvalidParameterValue.InvalidCiphertext',
    'Incorrect ciphertext format',
    '密文格式错误。',
  ),
  kms_plaintext_invalid: row(
    'InvalidParameterValue.InvalidPlaintext',
    'Invalid `Plaintext`.',
    'Plaintext不合法。',
  ),
  kms_key_limit: row(
    'LimitExceeded.CmkLimitExceeded',
    'The number of CMKs has reached the upper limit.',
    'CMK数量已达上限。',
  ),
  kms_encryption_failed: row('FailedOperation.EncryptionError', 'Encryption failed.', '加密操作失败。'),

  contact_kind_invalid: FORMAT_INVALID,
  contact_number_invalid: FORMAT_INVALID,
  contact_address_invalid: FORMAT_INVALID,
  send_refused: FORBIDDEN,
  send_too_early: FORBIDDEN,
  send_limit_reached: FORBIDDEN,
  send_failed: row(
    'InternalError.SendVerifyCodeErr',
    'Failed to send a verification code.',
    '发送验证码失败。',
  ),
  code_wrong: row('InternalError.VerifyCodeErr', 'Incorrect verification code.', '验证码错误。'),
  code_unusable: row(
    'InternalError.CheckVerifyCodeErr',
    'Failed to verify the verification code.',
    '校验验证码失败。',
  ),
  contact_verified: row(
    'InternalError.VerifiedPhoneEmailErr',
    'The mobile number or email address has already been verified.',
    '手机号码或邮箱已验证。',
  ),
  contact_not_added: row(
    'InternalError.AddPhoneEmailErr',
    'Failed to add the mobile number or email address.',
    '添加手机号码或邮箱失败。',
  ),
  contact_not_found: row(
    'InternalError.DeletePhoneEmailVerifyErr',
    'Failed to delete the mobile number or email address.',
    '删除手机号码或邮箱失败。',
  ),
  contacts_unreadable: row(
    'InternalError.DescribePhoneEmailListErr',
    'Failed to get the list of verified mobile numbers and email addresses.',
    '获取已验证手机号码和邮箱列表失败。',
  ),
  console_login_needed: row('InternalError.NeedLogin', 'Login is required.', '需要登录。'),
  console_method_mismatch: row('InternalError.MethodNotMatch', 'Method mismatch.', 'method不匹配。'),
  console_route_undefined: row(
    'MissingParameter.ActionNotFound',
    'The route is not defined.',
    '未定义路由。',
  ),
  console_body_unreadable: row('InternalError.ReadBodyError', 'Failed to read the body.', '读取body失败。'),
  console_encoding_failed: row('InternalError.JsonMarshal', 'Error in converting to JSON.', '转json错误。'),
  account_without_sending: FORBIDDEN,

  resource_not_found: row('ResourceNotFound', 'The resource does not exist.', '资源不存在。'),
  resource_in_use: row('ResourceInUse', 'Resource is in use.', '资源被占用。'),
  resource_insufficient: row('ResourceInsufficient', 'Insufficient resource.', '资源不足。'),
  resource_unavailable: row('ResourceUnavailable', 'Resource is unavailable.', '资源不可用。'),
  operation_unsupported: row('UnsupportedOperation', 'Unsupported operation.', '操作不支持。'),
  operation_failed: FAILED,
  response_too_large: row(
    'ResponseSizeLimitExceeded',
    'The response size exceeds the upper limit.',
    '返回包超过限制大小。',
  ),

  source_timeout: UNAVAILABLE,
  source_unavailable: UNAVAILABLE,
  storage_unavailable: UNAVAILABLE,
  overloaded: UNAVAILABLE,
  unknown_failure: row('FailedOperation.UnKnown', 'Unknown internal error.', '内部未知错误。'),
  internal: INTERNAL,
} as const satisfies Record<FaultCode, WireError>;

export function writeMessage(message: Message, detail: FaultDetail): string {
  return typeof message === 'string' ? message : message(detail);
}

/** The newer wording names the type and has no full stop. */
function inputType({ expectedType }: FaultDetail): string {
  return expectedType === undefined ? '.' : `, input type should be \`${expectedType}\``;
}

function quote(value: string | undefined): string {
  return value === undefined ? '' : `\`${value}\` `;
}
