// What is asked for with one verification: to whom a code goes, for what, in which words and by which way.

import { type Contact, parseEmailContact, parsePhoneContact } from './contact.ts';
import { Fault } from './fault.ts';
import { parseIpAddress } from './ip-address.ts';
import type { Language } from './language.ts';
import { CONTACT_PURPOSE, PURPOSE_PATTERN } from './one-time-code.ts';

export const PURPOSE_USUAL = 'verify';

export interface VerificationRequest {
  readonly contact: Contact;
  readonly purpose: string;
  /** undefined: the account's, or the built-in one. */
  readonly template: string | undefined;
  readonly language: Language;
  /** In the order to try, each once; undefined: the operator's. */
  readonly channels: readonly string[] | undefined;
  /** Of the person who asked the application. */
  readonly clientAddress: string | undefined;
}

const PURPOSE = new RegExp(PURPOSE_PATTERN);

/** Of fields that have the right types. Throws Fault contact_number_invalid, contact_address_invalid or parameter_value. */
export function readVerificationRequest(
  input: Readonly<Record<string, unknown>>,
  region: string,
): VerificationRequest {
  const contact = readRecipient(String(input.to), region);
  const { purpose, template, language, channels, clientAddress } = input;
  return {
    contact,
    purpose: readPurpose(purpose),
    template: isGiven(template) ? String(template) : undefined,
    language: readLanguage(language, contact),
    channels: isGiven(channels) ? [...new Set(channels as readonly string[])] : undefined,
    clientAddress: isGiven(clientAddress) ? readAddress(String(clientAddress)) : undefined,
  };
}

/** An address has an @, a number has none. */
function readRecipient(text: string, region: string): Contact {
  const trimmed = text.trim();
  const isAddress = trimmed.includes('@');
  const contact = isAddress ? parseEmailContact(trimmed) : parsePhoneContact(trimmed, region);
  if (contact === undefined)
    throw new Fault(isAddress ? 'contact_address_invalid' : 'contact_number_invalid');
  return contact;
}

/** The purpose of the vendor's lists is theirs: what is verified here never joins them. */
function readPurpose(purpose: unknown): string {
  if (!isGiven(purpose)) return PURPOSE_USUAL;
  const text = String(purpose);
  if (text === CONTACT_PURPOSE || !PURPOSE.test(text))
    throw new Fault('parameter_value', { field: 'purpose' });
  return text;
}

function readLanguage(language: unknown, { country }: Contact): Language {
  if (!isGiven(language)) return country === 'CN' ? 'zh' : 'en';
  if (language === 'en' || language === 'zh') return language;
  throw new Fault('parameter_value', { field: 'language' });
}

function readAddress(text: string): string {
  const address = parseIpAddress(text);
  if (address === undefined) throw new Fault('parameter_value', { field: 'clientAddress' });
  return address;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
