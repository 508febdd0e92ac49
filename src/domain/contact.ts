// A contact: the mobile number or mailbox that a one-time code goes to, in one form however it was written.

import type { CountryCode } from 'libphonenumber-js/max';
import { maskEmail, parseEmailAddress } from './email-address.ts';
import { type Msisdn, maskMsisdn, parseMsisdn } from './msisdn.ts';
import { numberingPlan } from './numbering-plan.ts';

export const CONTACT_KINDS = ['phone', 'email'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

export interface Contact {
  readonly kind: ContactKind;
  /** Where a message goes: E.164 with the plus, or the address with its local part as given and its domain in ASCII. */
  readonly to: string;
  /** Equal for two spellings of one number or address. */
  readonly key: string;
  /** Equal for all addresses of one mailbox too (ann+shop@ and ann@): attempts are counted by it. */
  readonly mailbox: string;
  /** What pumping goes through: the number less its last four digits, or the domain. */
  readonly prefix: string;
  /** ISO 3166 code of the number's country; '' where it has none, and of addresses. */
  readonly country: string;
  /** May a text message with a code reach it? false for fixed, premium-rate, shared-cost lines and the like. */
  readonly isReachable: boolean;
}

const PREFIX_HIDDEN_DIGITS = 4;
/** Two names of one provider, to whom a.n.n is ann. */
const DOTLESS = new Set(['gmail.com', 'googlemail.com']);
const SEPARATORS = /[\s()./\u2010-\u2015-]/g;
const MAINLAND_MOBILE = /^\+861[3-9]\d{9}$/;
const REACHABLE = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);

/** undefined when the text is no number. `region` is that of numbers without a country code. */
export function parsePhoneContact(text: string, region: string): Contact | undefined {
  // As people write and copy numbers: in groups, and with the digits of their keyboard.
  const msisdn = parseMsisdn(text.normalize('NFKC').replace(SEPARATORS, ''), region);
  if (msisdn === undefined) return undefined;
  const { country, isReachable } = describeLine(msisdn);
  const prefix = msisdn.slice(0, -PREFIX_HIDDEN_DIGITS);
  return { kind: 'phone', to: msisdn, key: msisdn, mailbox: msisdn, prefix, country, isReachable };
}

/** undefined when the text is no address. */
export function parseEmailContact(text: string): Contact | undefined {
  const address = parseEmailAddress(text);
  if (address === undefined) return undefined;
  const { key } = address;
  const at = key.lastIndexOf('@');
  const plus = key.indexOf('+');
  // A mailbox whose name begins with a plus has no name before it.
  const name = key.slice(0, plus > 0 && plus < at ? plus : at);
  const domain = key.slice(at + 1);
  const mailbox = DOTLESS.has(domain) ? `${name.replaceAll('.', '')}@gmail.com` : `${name}@${domain}`;
  // To the mailbox that the key means: a letter that only looks like another must not lead elsewhere.
  const to = `${text.slice(0, text.lastIndexOf('@')).normalize('NFC')}@${domain}`;
  return { kind: 'email', to, key, mailbox, prefix: domain, country: '', isReachable: true };
}

/** For lists: enough to recognise, too little to write to. */
export function maskContact(kind: ContactKind, to: string): string {
  return kind === 'phone' ? maskMsisdn(to as Msisdn) : maskEmail(to);
}

function describeLine(msisdn: Msisdn): { readonly country: string; readonly isReachable: boolean } {
  if (MAINLAND_MOBILE.test(msisdn)) return { country: 'CN', isReachable: true };
  const parsed = numberingPlan().parsePhoneNumberFromString(msisdn);
  const country: CountryCode | undefined = parsed?.country;
  return { country: country ?? '', isReachable: REACHABLE.has(parsed?.getType() ?? '') };
}
