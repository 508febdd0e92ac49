// The part of the option table that says of this installation what every visitor of the console is told.

import { isCurrency } from '../domain/currency.ts';
import { parseEmailAddress } from '../domain/email-address.ts';
import { type OptionRow, text } from './option-row.ts';

const CONTACT_MAX_LENGTH = 254;

export const PUBLIC_OPTIONS = {
  currency: text(
    'CNY',
    'Currency of prices and balances, as an ISO 4217 code: integers of its minor units are kept, and none is converted when this changes.',
    {
      refuse: (code: string) =>
        isCurrency(code) ? undefined : 'is not an ISO 4217 code of a currency, such as CNY',
    },
  ),
  supportContact: text(
    '',
    'Whom visitors of the console ask for help: an e-mail address, or an address that starts with https://; empty is nobody.',
    {
      refuse: (contact: string) =>
        contact === '' || isContact(contact)
          ? undefined
          : 'must be an e-mail address, or an address that starts with https://',
    },
  ),
} as const satisfies Record<string, OptionRow>;

/** Everybody sees it: it holds neither user nor password. */
function isContact(contact: string): boolean {
  if (contact.length > CONTACT_MAX_LENGTH) return false;
  if (parseEmailAddress(contact) !== undefined) return true;
  const url = /^https:\/\/\S+$/.test(contact) ? URL.parse(contact) : null;
  return url !== null && url.username === '' && url.password === '';
}
