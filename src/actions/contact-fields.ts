// What the actions about contacts share: the two kinds as numbers (1 mobile number, 2 e-mail address), the contact itself, and the
// rows' common members. A contact that is not well formed is an error there, not a result.

import type { ActionContext } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { type Contact, type ContactKind, parseEmailContact, parsePhoneContact } from '../domain/contact.ts';
import { Fault, type FaultCode } from '../domain/fault.ts';
import { FREE, personalField } from './fields.ts';

const NUMBER = 1;
const ADDRESS = 2;
const CODE_MAX_LENGTH = 64;

/** 'international' and 'domestic' are the vendor's two sites: their errors and lists differ. */
export type Site = 'international' | 'domestic';

/** What people look for that is called so nowhere here. */
const WORDS = [
  ...['SMS', 'text message', 'e-mail', 'email', 'code', 'one-time code', 'OTP', 'passcode', '2FA'],
  ...['短信', '验证码', '动态码', '校验码', '邮箱', '邮件', '手机', '电子邮件'],
];

export const CONTACT_ACTION = {
  service: 'contact-verification',
  words: WORDS,
  encryptable: [],
  limited: [],
} as const;

export const LISTED = { completed: FREE } as const;

export const CONTACT_FAULTS = [
  'contact_kind_invalid',
  'contact_number_invalid',
  'contact_address_invalid',
] as const;

/** Of the vendor's console behind its international actions; nothing here can cause them. */
const CONSOLE_FAULTS: readonly FaultCode[] = [
  'console_login_needed',
  'console_method_mismatch',
  'console_route_undefined',
  'console_body_unreadable',
  'console_encoding_failed',
  'account_without_sending',
];

export function documentedFaults(site: Site, own: readonly FaultCode[]): readonly FaultCode[] {
  return site === 'international' ? [...new Set([...own, ...CONSOLE_FAULTS])] : own;
}

export const TYPE_FIELD = Type.Integer({
  title: '1: mobile number. 2: e-mail address.',
  titleZh: '1：手机，2：邮箱。',
  example: 1,
});

export const CONTACT_FIELD = personalField(
  { en: 'Mobile number or e-mail address.', zh: '手机号码或邮箱。' },
  '18766554433',
);

export const CODE_FIELD = Type.String({
  sensitive: true,
  maxLength: CODE_MAX_LENGTH,
  title: 'The code that was sent.',
  titleZh: '收到的验证码。',
  example: '123456',
});

/** Throws Fault contact_kind_invalid. */
export function readKind(type: unknown): ContactKind {
  if (type === NUMBER) return 'phone';
  if (type === ADDRESS) return 'email';
  throw new Fault('contact_kind_invalid');
}

export function typeOf(kind: ContactKind): number {
  return kind === 'phone' ? NUMBER : ADDRESS;
}

/** Throws Fault contact_number_invalid or contact_address_invalid. */
export function readContact(kind: ContactKind, text: unknown, { rules }: ActionContext): Contact {
  const trimmed = String(text).trim();
  const contact = kind === 'phone' ? parsePhoneContact(trimmed, rules.region) : parseEmailContact(trimmed);
  if (contact !== undefined) return contact;
  throw new Fault(kind === 'phone' ? 'contact_number_invalid' : 'contact_address_invalid');
}

/** A failure of our own under the code that the action documents for it. */
export async function failingAs<T>(
  code: 'contact_not_added' | 'contacts_unreadable' | 'send_failed',
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Fault && error.code === 'storage_unavailable') throw new Fault(code, {}, error);
    throw error;
  }
}
