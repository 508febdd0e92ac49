// The sandbox's number for each fault (1690001 and these digits) and the error code that the vendor documents for it:
// written from the vendor's lists of error codes and the documented account states, never read from our tables.

const REQUEST: readonly Row[] = [
  ['method_unsupported', '0001', 'UnsupportedProtocol'],
  ['content_type_unsupported', '0002', 'UnsupportedProtocol'],
  ['body_too_large', '0003', 'RequestSizeLimitExceeded'],
  ['body_malformed', '0004', 'InvalidParameter'],
  ['multipart_malformed', '0005', 'InvalidRequest'],
  ['parameter_missing', '0006', 'MissingParameter'],
  ['parameter_unknown', '0007', 'UnknownParameter'],
  ['parameter_type', '0008', 'InvalidParameter'],
  ['parameter_value', '0009', 'InvalidParameterValue'],
  ['parameter_invalid', '0010', 'InvalidParameter'],
  ['product_unknown', '0011', 'NoSuchProduct'],
  ['version_unknown', '0012', 'NoSuchVersion'],
  ['action_unknown', '0013', 'InvalidAction'],
  ['action_offline', '0014', 'ActionOffline'],
  ['region_unsupported', '0015', 'UnsupportedRegion'],
  ['dry_run', '0016', 'DryRunOperation'],
  ['idempotency_key_reused', '0017', 'InvalidParameter'],
];

const CALLER: readonly Row[] = [
  ['authorization_missing', '0101', 'MissingParameter'],
  ['authorization_malformed', '0102', 'AuthFailure.InvalidAuthorization'],
  ['key_unknown', '0103', 'AuthFailure.SecretIdNotFound'],
  ['key_unsupported', '0104', 'AuthFailure.InvalidSecretId'],
  ['clock_skew', '0105', 'AuthFailure.SignatureExpire'],
  ['signature_mismatch', '0106', 'AuthFailure.SignatureFailure'],
  ['token_invalid', '0107', 'AuthFailure.TokenFailure'],
  ['mfa_failed', '0108', 'AuthFailure.MFAFailure'],
  ['access_denied', '0109', 'AuthFailure.UnauthorizedOperation'],
  ['address_blocked', '0110', 'IpInBlacklist'],
  ['address_not_allowed', '0111', 'IpNotInWhitelist'],
  ['key_disabled', '0113', 'AuthFailure.SecretIdNotFound'],
  ['key_expired', '0114', 'AuthFailure.SecretIdNotFound'],
  ['key_not_allowed', '0115', 'AuthFailure.UnauthorizedOperation'],
];

const RATE_AND_ACCOUNT: readonly Row[] = [
  ['rate_limited', '0201', 'RequestLimitExceeded'],
  ['rate_limited_address', '0202', 'RequestLimitExceeded.IPLimitExceeded'],
  ['rate_limited_account', '0203', 'RequestLimitExceeded.UinLimitExceeded'],
  ['rate_limited_global', '0204', 'RequestLimitExceeded.GlobalRegionUinLimitExceeded'],
  ['daily_limit_reached', '0205', 'RequestLimitExceeded'],
  ['service_not_activated', '0301', 'UnauthorizedOperation.Nonactivated'],
  ['account_unverified', '0302', 'UnauthorizedOperation.NonAuthorize'],
  ['account_suspended', '0303', 'UnauthorizedOperation.ChargeStatusException'],
  ['funds_exhausted', '0304', 'UnauthorizedOperation.Arrears'],
  ['cap_reached', '0305', 'LimitExceeded'],
  ['unauthorized', '0306', 'UnauthorizedOperation'],
  ['key_grant_missing', '0307', 'FailedOperation.StsUnAuthErrError'],
];

const ENCRYPTION_AND_KEYS: readonly Row[] = [
  ['decrypt_failed', '0401', 'FailedOperation.DecryptSystemError'],
  ['encrypt_field_unsupported', '0402', 'InvalidParameter.UnsupportEncryptField'],
  ['biz_token_expired', '0403', 'InvalidParameterValue.BizTokenExpired'],
  ['rule_unknown', '0404', 'InvalidParameterValue.RuleIdNotExist'],
  ['kms_key_not_found', '0501', 'ResourceUnavailable.CmkNotFound'],
  ['kms_key_disabled', '0502', 'ResourceUnavailable.CmkDisabled'],
  ['kms_key_archived', '0503', 'ResourceUnavailable.CmkArchived'],
  ['kms_key_pending_delete', '0504', 'ResourceUnavailable.KeyPendingDelete'],
  ['kms_key_id_invalid', '0505', 'InvalidParameterValue.InvalidKeyId'],
  ['kms_alias_exists', '0506', 'InvalidParameterValue.AliasAlreadyExists'],
  ['kms_alias_invalid', '0507', 'InvalidParameterValue.InvalidAlias'],
  ['kms_key_usage_invalid', '0508', 'InvalidParameterValue.InvalidKeyUsage'],
  ['kms_key_usage_unsupported', '0509', 'UnsupportedOperation.UnsupportedKeyUsageInCurrentRegion'],
  ['kms_key_type_invalid', '0510', 'InvalidParameterValue.InvalidType'],
  ['kms_ciphertext_invalid', '0511', 'InvalidParameterValue.InvalidCiphertext'],
  ['kms_plaintext_invalid', '0512', 'InvalidParameterValue.InvalidPlaintext'],
  ['kms_key_limit', '0513', 'LimitExceeded.CmkLimitExceeded'],
  ['kms_encryption_failed', '0514', 'FailedOperation.EncryptionError'],
];

const OPERATIONS_AND_SOURCES: readonly Row[] = [
  ['resource_not_found', '0601', 'ResourceNotFound'],
  ['resource_in_use', '0602', 'ResourceInUse'],
  ['resource_insufficient', '0603', 'ResourceInsufficient'],
  ['resource_unavailable', '0604', 'ResourceUnavailable'],
  ['operation_unsupported', '0605', 'UnsupportedOperation'],
  ['operation_failed', '0606', 'FailedOperation'],
  ['response_too_large', '0607', 'ResponseSizeLimitExceeded'],
  ['source_timeout', '0701', 'ServiceUnavailable'],
  ['source_unavailable', '0702', 'ServiceUnavailable'],
  ['overloaded', '0703', 'ServiceUnavailable'],
  ['unknown_failure', '0704', 'FailedOperation.UnKnown'],
  ['internal', '0705', 'InternalError'],
  ['storage_unavailable', '0706', 'ServiceUnavailable'],
];

const FORMAT = 'InvalidParameterValue.InvalidParameterFormat';
const FORBIDDEN = 'InternalError.ForbiddenRequest';

/** The domestic actions about contacts have codes of their own for most of them. */
const ONE_TIME_CODES: readonly Row[] = [
  ['contact_kind_invalid', '0801', FORMAT, 'InvalidParameter.CodeTypeIsInvalid'],
  ['contact_number_invalid', '0802', FORMAT, 'InvalidParameter.TelephoneIsInvalid'],
  ['contact_address_invalid', '0803', FORMAT, 'InvalidParameter.EmailIsInvalid'],
  ['send_refused', '0804', FORBIDDEN, 'FailedOperation.ProhibitPhoneEmail'],
  ['send_too_early', '0805', FORBIDDEN, 'FailedOperation.SendVerifyCodeIsLimited'],
  ['send_limit_reached', '0806', FORBIDDEN, 'LimitExceeded.RequestLimit'],
  ['send_failed', '0807', 'InternalError.SendVerifyCodeErr', 'FailedOperation'],
  ['code_wrong', '0808', 'InternalError.VerifyCodeErr', 'InvalidParameter.VerifyCodeIsInvalid'],
  ['code_unusable', '0809', 'InternalError.CheckVerifyCodeErr', 'InvalidParameter.VerifyCodeIsInvalid'],
  ['contact_verified', '0810', 'InternalError.VerifiedPhoneEmailErr', 'FailedOperation.DuplicatePhoneEmail'],
  ['contact_not_added', '0811', 'InternalError.AddPhoneEmailErr', 'InternalError'],
  ['contact_not_found', '0812', 'InternalError.DeletePhoneEmailVerifyErr', 'FailedOperation'],
  ['contacts_unreadable', '0813', 'InternalError.DescribePhoneEmailListErr', 'InternalError'],
  ['console_login_needed', '0814', 'InternalError.NeedLogin'],
  ['console_method_mismatch', '0815', 'InternalError.MethodNotMatch'],
  ['console_route_undefined', '0816', 'MissingParameter.ActionNotFound'],
  ['console_body_unreadable', '0817', 'InternalError.ReadBodyError'],
  ['console_encoding_failed', '0818', 'InternalError.JsonMarshal'],
  ['account_without_sending', '0819', FORBIDDEN, 'FailedOperation.SendTcbPhoneEmailCodeFailed'],
];

type Row = readonly [fault: string, lastDigits: string, code: string, domesticCode?: string];

const ROWS = [
  ...[REQUEST, CALLER, RATE_AND_ACCOUNT, ENCRYPTION_AND_KEYS, OPERATIONS_AND_SOURCES],
  ONE_TIME_CODES,
].flat();

export const SANDBOX_FAULTS = ROWS.map(([fault, lastDigits, code, domesticCode = code]) => ({
  /** The name behind `sandbox-` in key ids and aliases. */
  fault,
  number: `1690001${lastDigits}`,
  code,
  /** From the vendor's domestic actions about contacts. */
  domesticCode,
}));
