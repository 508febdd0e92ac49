// What every recipient of the sandbox answers on the vendor's wire, written from its documentation: the error codes of its
// international and of its domestic actions about contacts, never read from our tables.

import type { DomainAction } from './domain-clients.ts';
import { SANDBOX_FAULTS } from './sandbox-faults.ts';

type Site = 'international' | 'domestic';
/** Error codes by site; undefined: it succeeds. */
type Codes = Readonly<Record<Site, string | undefined>>;

export interface SandboxRecipient {
  readonly number: string | undefined;
  readonly address: string | undefined;
  /** To be entered. */
  readonly code: string;
  readonly send: Codes;
  readonly verify: Codes;
  readonly list: Codes;
  readonly delete: Codes;
}

const codes = (international?: string, domestic = international): Codes => ({ international, domestic });
const DONE = codes();
const REFUSED = codes('InternalError.ForbiddenRequest', 'FailedOperation.ProhibitPhoneEmail');
const LIMITED = codes('InternalError.ForbiddenRequest', 'LimitExceeded.RequestLimit');
const UNAVAILABLE = codes('ServiceUnavailable');

type Planned = Partial<Pick<SandboxRecipient, 'send' | 'verify' | 'list' | 'delete' | 'code'>>;

function recipient(number?: string, local?: string, planned: Planned = {}): SandboxRecipient {
  const address = local === undefined ? undefined : `${local}@sandbox.invalid`;
  const done = { send: DONE, verify: DONE, list: DONE, delete: DONE, code: '123456' };
  return { number, address, ...done, ...planned };
}

function everywhere(number: string, local: string, planned: Codes): SandboxRecipient {
  return recipient(number, local, { send: planned, verify: planned, list: planned, delete: planned });
}

const DELIVERIES: readonly (readonly [lastDigits: string, local: string, planned?: Planned])[] = [
  ['0000', 'delivered'],
  ['0001', 'no-receipt'],
  ['0002', 'undelivered'],
  ['0003', 'channel-down'],
  ['0004', 'never-sent'],
  ['0005', 'unconfirmed'],
  ['0006', 'no-channel', { send: codes('InternalError.SendVerifyCodeErr', 'FailedOperation') }],
  ['0101', 'late-1'],
  ['0105', 'late-5'],
  ['0110', 'late-10'],
  ['0130', 'late-30'],
  ['0201', 'guard-country', { send: REFUSED }],
  ['0202', 'guard-line-type', { send: REFUSED }],
  ['0203', 'guard-dead-line', { send: REFUSED }],
  [
    '0204',
    'guard-delay',
    { send: codes('InternalError.ForbiddenRequest', 'FailedOperation.SendVerifyCodeIsLimited') },
  ],
  ['0205', 'guard-attempts', { send: REFUSED }],
  ['0206', 'guard-recipient', { send: REFUSED }],
  ['0207', 'guard-prefix', { send: REFUSED }],
  ['0208', 'guard-country-rate', { send: REFUSED }],
  ['0209', 'guard-account', { send: LIMITED }],
  ['0210', 'guard-address', { send: LIMITED }],
  ['0211', 'guard-breaker', { send: REFUSED }],
  ['0212', 'guard-user', { send: LIMITED }],
  ['0213', 'guard-recipient-total', { send: REFUSED }],
  [
    '0301',
    'code-over',
    { verify: codes('InternalError.CheckVerifyCodeErr', 'InvalidParameter.VerifyCodeIsInvalid') },
  ],
  [
    '0302',
    'never-right',
    { verify: codes('InternalError.VerifyCodeErr', 'InvalidParameter.VerifyCodeIsInvalid') },
  ],
  [
    '0303',
    'already-verified',
    { verify: codes('InternalError.VerifiedPhoneEmailErr', 'FailedOperation.DuplicatePhoneEmail') },
  ],
  ['0304', 'not-kept', { verify: codes('InternalError.AddPhoneEmailErr', 'InternalError') }],
  ['0305', 'not-listed', { delete: codes('InternalError.DeletePhoneEmailVerifyErr', 'FailedOperation') }],
];

const DELAYS: readonly SandboxRecipient[] = [
  recipient('16900020001', 'slow-1'),
  recipient('16900020002', 'slow-2'),
  recipient('16900020005', 'slow-5'),
  recipient('16900020010', 'slow-10'),
  everywhere('16900020110', 'slow-10-overloaded', UNAVAILABLE),
  everywhere('16900020210', 'slow-10-timeout', UNAVAILABLE),
];

/** Where the domestic documentation lists another code for one action than for the others. */
const OF_ONE_ACTION: Readonly<Record<string, Planned>> = {
  account_unverified: {
    send: codes('UnauthorizedOperation.NonAuthorize', 'FailedOperation.VerifyUinIsRealname'),
  },
  contact_kind_invalid: {
    delete: codes('InvalidParameterValue.InvalidParameterFormat', 'InvalidParameter'),
  },
};

export const SANDBOX_RECIPIENTS: readonly SandboxRecipient[] = [
  recipient('18766554433'),
  recipient('12365432345'),
  recipient('12365432367', undefined, { code: '234567' }),
  ...DELIVERIES.map(([lastDigits, local, planned]) => recipient(`1690003${lastDigits}`, local, planned)),
  ...DELAYS,
  ...SANDBOX_FAULTS.map(({ fault, number, code, domesticCode }) => ({
    ...everywhere(number, fault.replaceAll('_', '-'), codes(code, domesticCode)),
    ...OF_ONE_ACTION[fault],
  })),
];

/** The 11 codes that the documentation lists for CreateIntlPhoneEmail. */
export const CREATE_CODES: readonly string[] = [
  'InternalError.AddPhoneEmailErr',
  'InternalError.CheckVerifyCodeErr',
  'InternalError.ForbiddenRequest',
  'InternalError.JsonMarshal',
  'InternalError.MethodNotMatch',
  'InternalError.NeedLogin',
  'InternalError.ReadBodyError',
  'InternalError.VerifiedPhoneEmailErr',
  'InternalError.VerifyCodeErr',
  'InvalidParameterValue.InvalidParameterFormat',
  'MissingParameter.ActionNotFound',
];

const CONSOLE = [
  'InternalError.ForbiddenRequest',
  'InternalError.JsonMarshal',
  'InternalError.MethodNotMatch',
  'InternalError.NeedLogin',
  'InternalError.ReadBodyError',
  'InvalidParameterValue.InvalidParameterFormat',
  'MissingParameter.ActionNotFound',
];

/** What the documentation of each action lists. */
export const DOMAIN_CODES: Readonly<Record<DomainAction, readonly string[]>> = {
  SendIntlPhoneEmailCode: [...CONSOLE, 'InternalError.SendVerifyCodeErr'],
  CreateIntlPhoneEmail: CREATE_CODES,
  DescribeIntlPhoneEmailList: [...CONSOLE, 'InternalError.DescribePhoneEmailListErr'],
  DeleteIntlPhoneEmail: [...CONSOLE, 'InternalError.DeletePhoneEmailVerifyErr'],
  SendPhoneEmailCode: [
    ...['FailedOperation', 'FailedOperation.ProhibitPhoneEmail'],
    ...['FailedOperation.SendTcbPhoneEmailCodeFailed', 'FailedOperation.SendVerifyCodeIsLimited'],
    ...['FailedOperation.VerifyUinIsRealname', 'InternalError', 'InvalidParameter.CodeTypeIsInvalid'],
    ...['InvalidParameter.EmailIsInvalid', 'InvalidParameter.TelephoneIsInvalid'],
    ...['LimitExceeded.RequestLimit', 'RequestLimitExceeded'],
  ],
  CreatePhoneEmail: [
    ...['FailedOperation.DuplicatePhoneEmail', 'InternalError', 'InvalidParameter.CodeTypeIsInvalid'],
    ...['InvalidParameter.EmailIsInvalid', 'InvalidParameter.TelephoneIsInvalid'],
    'InvalidParameter.VerifyCodeIsInvalid',
  ],
  DescribePhoneEmailList: ['InternalError', 'InvalidParameter'],
  DeletePhoneEmail: [
    ...['FailedOperation', 'InternalError', 'InvalidParameter'],
    ...['InvalidParameter.EmailIsInvalid', 'InvalidParameter.TelephoneIsInvalid'],
  ],
};
