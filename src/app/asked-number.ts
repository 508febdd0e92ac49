// The number that a call of the Explorer asks about, read off its input by the names of the wire before the call is made.

import { parsePhoneContact } from '../domain/contact.ts';
import type { Msisdn } from '../domain/msisdn.ts';
import type { WireAction } from './wire-view.ts';

/** Chooses one number or mailbox of a list, which itself has no subject. */
const FILTER = 'contact';
/** AceData takes their names in any spelling. */
const SEALS = new Set(['encryption', 'encryptlist', 'ciphertextblob']);

/** 'sealed': it may be encrypted. undefined: the input names no number. */
export function readAskedNumber(
  wire: WireAction,
  input: Readonly<Record<string, unknown>>,
  region: string,
): Msisdn | 'sealed' | undefined {
  const { subject, encryptable, input: schema } = wire.action;
  const field = subject ?? (FILTER in schema.properties ? FILTER : undefined);
  if (field === undefined) return undefined;
  if (encryptable.length > 0 && Object.keys(input).some((name) => input[name] !== null && isSeal(name)))
    return 'sealed';
  const value = input[wire.fieldName(field)] ?? '';
  // Reads what every action reads as a number, and more.
  return parsePhoneContact(String(value).trim(), region)?.to as Msisdn | undefined;
}

function isSeal(name: string): boolean {
  return SEALS.has(name.replaceAll('_', '').toLowerCase());
}
