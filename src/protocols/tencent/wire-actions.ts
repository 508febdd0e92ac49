// The protocol's action table: which product, version and name on the wire is which action of the catalogue, and what its
// fields are called there. Fields that are not named are our own names with a capital.

import { DOMESTIC_CONTACT_ERRORS, DOMESTIC_DELETE_ERRORS, DOMESTIC_SEND_ERRORS } from './domestic-errors.ts';

export interface WireAction {
  readonly name: string;
  readonly product: Product;
  readonly version: string;
  /** Our own action's name. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  /** How encrypted fields travel: in the struct Encryption, in parameters beside the others, or not at all. */
  readonly encryption: 'struct' | 'flat' | 'none';
  /** Where the vendor names faults otherwise than everywhere else. */
  readonly errors?: typeof DOMESTIC_CONTACT_ERRORS;
}

export const PRODUCTS = {
  domain: '2018-08-08',
  faceid: '2018-03-01',
  kms: '2019-01-18',
  sts: '2018-08-13',
} as const;
export type Product = keyof typeof PRODUCTS;

const MOBILE = { msisdn: 'Mobile' };
const PHONE = { msisdn: 'Phone' };
const CONTACT = { contact: 'Code' };
const NONE = {};

export const WIRE_ACTIONS: readonly WireAction[] = [
  row('domain', 'CreateIntlPhoneEmail', 'contact-verify', CONTACT),
  domestic('CreatePhoneEmail', 'contact-verify-domestic'),
  row('domain', 'DeleteIntlPhoneEmail', 'contact-delete', CONTACT),
  domestic('DeletePhoneEmail', 'contact-delete-domestic', DOMESTIC_DELETE_ERRORS),
  row('domain', 'DescribeIntlPhoneEmailList', 'contact-list'),
  domestic('DescribePhoneEmailList', 'contact-list-domestic'),
  row('domain', 'SendIntlPhoneEmailCode', 'contact-code-send', CONTACT),
  domestic('SendPhoneEmailCode', 'contact-code-send-domestic', DOMESTIC_SEND_ERRORS),
  row('faceid', 'CheckPhoneAndName', 'name-match', MOBILE, 'struct'),
  row('faceid', 'MobileNetworkTimeVerification', 'line-tenure', MOBILE, 'struct'),
  row('faceid', 'MobileStatus', 'line-status', MOBILE, 'struct'),
  row('faceid', 'PhoneVerification', 'identity-match', PHONE, 'flat'),
  row('faceid', 'PhoneVerificationCMCC', 'identity-match-mobile', PHONE, 'struct'),
  row('faceid', 'PhoneVerificationCTCC', 'identity-match-telecom', PHONE, 'struct'),
  row('faceid', 'PhoneVerificationCUCC', 'identity-match-unicom', PHONE, 'struct'),
  row('kms', 'CreateKey', 'kms-create-key'),
  row('kms', 'Decrypt', 'kms-decrypt'),
  row('kms', 'DescribeKey', 'kms-describe-key'),
  row('kms', 'Encrypt', 'kms-encrypt'),
  row('kms', 'GenerateDataKey', 'kms-generate-data-key'),
  row('kms', 'GenerateRandom', 'kms-generate-random'),
  row('kms', 'GetServiceStatus', 'kms-service-status'),
  row('kms', 'ListKeys', 'kms-list-keys'),
  row('sts', 'GetCallerIdentity', 'caller-identity'),
];

function row(
  product: Product,
  name: string,
  action: string,
  fields: WireAction['fields'] = NONE,
  encryption: WireAction['encryption'] = 'none',
): WireAction {
  return { name, product, version: PRODUCTS[product], action, fields, encryption };
}

function domestic(name: string, action: string, errors = DOMESTIC_CONTACT_ERRORS): WireAction {
  return { ...row('domain', name, action, CONTACT), errors };
}

/** Actions of the same products that answer about phone numbers at the vendor and are not served here. */
export const MISSING_ACTIONS = [
  {
    product: 'faceid',
    name: 'EncryptedPhoneVerification',
    reason: 'Its hashed inputs need an index of their own in the registry.',
  },
] as const;

/** The wire name of a field, or of a field in a struct ('encryption.iv' -> 'Encryption.Iv'). */
export function wireFieldName(wire: WireAction | undefined, field: string): string {
  return field
    .split('.')
    .map((part, depth) => (depth === 0 ? wire?.fields[part] : undefined) ?? capitalise(part))
    .join('.');
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
