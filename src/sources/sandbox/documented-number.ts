// Documented numbers are national ones of mainland China; they also work with their country code in front.

const COUNTRY_CODE = /^(?:\+86|0086)(?=1\d{10}$)/;

export function withoutCountryCode(text: string): string {
  return text.replace(COUNTRY_CODE, '');
}
