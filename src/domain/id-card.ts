// Resident identity card numbers of mainland China: GB 11643 (18 characters, check character by ISO 7064 MOD 11-2).

/** Seventeen digits and a digit or capital X. */
export type IdCard = string & { readonly idCard: true };

// Provinces of GB/T 2260; 81 to 83 are residence permits of Hong Kong, Macao and Taiwan, 9 permanent residents.
const SHAPE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)\d{15}[\dXx]$/;
const CHECK_CHARACTERS = '10X98765432';
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const BIRTH_YEAR_MIN = 1800;
const ZERO = 48;

/** The number in normal form (capital X); undefined when region, birth date or check character is wrong. */
export function parseIdCard(text: string): IdCard | undefined {
  if (text.length !== 18 || !SHAPE.test(text) || !hasBirthDate(text)) return undefined;
  const normal = text.endsWith('x') ? `${text.slice(0, 17)}X` : text;
  return normal.charAt(17) === idCardCheckCharacter(normal) ? (normal as IdCard) : undefined;
}

/** The check character for the first seventeen digits. */
export function idCardCheckCharacter(digits: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += (digits.charCodeAt(i) - ZERO) * (WEIGHTS[i] ?? 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

function hasBirthDate(text: string): boolean {
  const year = Number(text.slice(6, 10));
  const month = Number(text.slice(10, 12));
  const day = Number(text.slice(12, 14));
  return year >= BIRTH_YEAR_MIN && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
