// The error codes that the vendor's documentation lists, common ones and those of the actions: written from the
// documentation, so that a code of our own making is noticed.

import { DOMAIN_CODES } from './sandbox-contacts.ts';

const COMMON = [
  ...[
    'ActionOffline',
    'AuthFailure.InvalidAuthorization',
    'AuthFailure.InvalidSecretId',
    'AuthFailure.MFAFailure',
  ],
  ...['AuthFailure.SecretIdNotFound', 'AuthFailure.SignatureExpire', 'AuthFailure.SignatureFailure'],
  ...['AuthFailure.TokenFailure', 'AuthFailure.UnauthorizedOperation', 'DryRunOperation', 'FailedOperation'],
  ...['InternalError', 'InvalidAction', 'InvalidParameter', 'InvalidParameterValue', 'InvalidRequest'],
  ...[
    'IpInBlacklist',
    'IpNotInWhitelist',
    'LimitExceeded',
    'MissingParameter',
    'NoSuchProduct',
    'NoSuchVersion',
  ],
  ...['RequestLimitExceeded', 'RequestLimitExceeded.GlobalRegionUinLimitExceeded'],
  ...[
    'RequestLimitExceeded.IPLimitExceeded',
    'RequestLimitExceeded.UinLimitExceeded',
    'RequestSizeLimitExceeded',
  ],
  ...['ResourceInUse', 'ResourceInsufficient', 'ResourceNotFound', 'ResourceUnavailable'],
  ...['ResponseSizeLimitExceeded', 'ServiceUnavailable', 'UnauthorizedOperation', 'UnknownParameter'],
  ...['UnsupportedOperation', 'UnsupportedProtocol', 'UnsupportedRegion'],
];

const FACEID = [
  ...['FailedOperation.DecryptSystemError', 'FailedOperation.StsUnAuthErrError', 'FailedOperation.UnKnown'],
  ...['InvalidParameter.UnsupportEncryptField', 'InvalidParameterValue.BizTokenExpired'],
  ...[
    'InvalidParameterValue.RuleIdNotExist',
    'UnauthorizedOperation.Arrears',
    'UnauthorizedOperation.Nonactivated',
  ],
  ...['UnauthorizedOperation.ChargeStatusException', 'UnauthorizedOperation.NonAuthorize'],
];

const KMS_AND_STS = [
  'AuthFailure.AccessKeyIllegal',
  'FailedOperation.EncryptionError',
  'FailedOperation.TaggingError',
  'InternalError.GetSeedTokenError',
  'InvalidParameter.AccessKeyNotSupport',
  'InvalidParameterValue.AliasAlreadyExists',
  'InvalidParameterValue.DataKeyNameAlreadyExists',
  'InvalidParameterValue.InvalidAlias',
  'InvalidParameterValue.InvalidCiphertext',
  'InvalidParameterValue.InvalidDataKeyName',
  'InvalidParameterValue.InvalidHsmClusterId',
  'InvalidParameterValue.InvalidKeyId',
  'InvalidParameterValue.InvalidKeyUsage',
  'InvalidParameterValue.InvalidPlaintext',
  'InvalidParameterValue.InvalidType',
  'InvalidParameterValue.TagKeysDuplicated',
  'InvalidParameterValue.TagsNotExisted',
  'LimitExceeded.CmkLimitExceeded',
  'LimitExceeded.DataKeyLimitExceeded',
  'ResourceUnavailable.CmkArchived',
  'ResourceUnavailable.CmkDisabled',
  'ResourceUnavailable.CmkNotFound',
  'ResourceUnavailable.KeyPendingDelete',
  'UnsupportedOperation.NotRoleOperation',
  'UnsupportedOperation.ServiceTemporaryUnavailable',
  'UnsupportedOperation.UnsupportedKeyUsageInCurrentRegion',
];

const DOMAIN = Object.values(DOMAIN_CODES).flat();

export const DOCUMENTED_CODES: ReadonlySet<string> = new Set([
  ...COMMON,
  ...FACEID,
  ...KMS_AND_STS,
  ...DOMAIN,
]);
