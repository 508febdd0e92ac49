// MSISDN: a phone number in E.164 form. Accepted are a national number of the default region, or the full number with
// + or 00 (design section 3); digits only. Whether a range exists is the operator's table, here only lengths count.

import type { CountryCode } from 'libphonenumber-js/max';
import { numberingPlan } from './numbering-plan.ts';

/** '+' and 5 to 15 digits, e.g. '+8613800138000'. */
export type Msisdn = string & { readonly msisdn: true };

const INPUT_MAX_LENGTH = 32;
const DIGITS = /^\+?\d+$/;
const MAINLAND_MOBILE = /^1[3-9]\d{9}$/;
const MAINLAND_MOBILE_FULL = /^(?:\+|00)861[3-9]\d{9}$/;
// In mainland China these digits begin mobile numbers only: any other length is a number cut or mistyped.
const LIKE_MAINLAND_MOBILE = /^\+861[1-9]/;
const E164 = /^\+[1-9]\d{4,14}$/;

/** The number in normal form; undefined when it is malformed. Region is an ISO 3166 code such as 'CN'. */
export function parseMsisdn(text: string, region: string): Msisdn | undefined {
  if (text.length > INPUT_MAX_LENGTH) return undefined;
  // Nearly every number asked for is a mainland mobile: two expressions spare them the general parser.
  if (region === 'CN' && MAINLAND_MOBILE.test(text)) return `+86${text}` as Msisdn;
  if (MAINLAND_MOBILE_FULL.test(text)) return `+86${text.slice(-11)}` as Msisdn;
  if (!DIGITS.test(text)) return undefined;
  if (text.startsWith('+')) return parseFull(text);
  if (text.startsWith('00')) return parseFull(`+${text.slice(2)}`);
  return isNumberRegion(region) ? parseNational(text, region) : undefined;
}

/** May this ISO 3166 code be a default region? */
export function isNumberRegion(code: string): code is CountryCode {
  return code === 'CN' || numberingPlan().isSupportedCountry(code);
}

/** The E.164 digits as an integer, at most 15 digits. */
export function msisdnToInteger(msisdn: Msisdn): number {
  return Number(msisdn.slice(1));
}

/** For logs and screens: '+86138****8000'. At least four digits stay hidden, of a shorter number all. */
export function maskMsisdn(msisdn: Msisdn): string {
  const code = callingCodeOf(msisdn);
  const national = msisdn.slice(1 + code.length);
  const shown = Math.min(7, Math.max(0, national.length - 4));
  const head = Math.min(3, Math.floor(shown / 2));
  const tail = shown - head;
  const hidden = '*'.repeat(national.length - shown);
  return `+${code}${national.slice(0, head)}${hidden}${national.slice(national.length - tail)}`;
}

function parseFull(text: string): Msisdn | undefined {
  if (!E164.test(text)) return undefined;
  if (LIKE_MAINLAND_MOBILE.test(text)) return MAINLAND_MOBILE_FULL.test(text) ? (text as Msisdn) : undefined;
  const parsed = numberingPlan().parsePhoneNumberFromString(text);
  // The parser also drops a trunk prefix written after the country code; E.164 has none.
  return parsed?.isPossible() === true && parsed.number === text ? (text as Msisdn) : undefined;
}

function parseNational(text: string, region: CountryCode): Msisdn | undefined {
  // With the country code put in front, the parser cannot take leading digits for a country code without plus.
  const { parsePhoneNumberFromString, getCountryCallingCode } = numberingPlan();
  const parsed = parsePhoneNumberFromString(`+${getCountryCallingCode(region)}${text}`);
  return parsed?.isPossible() === true ? parseFull(parsed.number) : undefined;
}

function callingCodeOf(msisdn: Msisdn): string {
  if (msisdn.startsWith('+86')) return '86';
  return numberingPlan().parsePhoneNumberFromString(msisdn)?.countryCallingCode ?? '';
}
