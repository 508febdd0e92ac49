// Money in integer minor units (cents, fen; ISO 4217 tells how many digits a currency has). Never a fraction, never
// below zero.

export type PriceMinor = number;

const EXPONENT_MAX = 4;

/** Reads '12', '12.3' or '12.30' with at most `exponent` decimals; undefined when it is anything else or too much. */
export function parseMoney(text: string, exponent: number): PriceMinor | undefined {
  checkExponent(exponent);
  const match = /^(\d{1,15})(?:\.(\d{1,4}))?$/.exec(text);
  const decimals = match?.[2] ?? '';
  if (match === null || decimals.length > exponent) return undefined;
  const minor = Number(`${match[1]}${decimals.padEnd(exponent, '0')}`);
  return isMoney(minor) ? minor : undefined;
}

export function formatMoney(amountMinor: PriceMinor, exponent: number): string {
  checkExponent(exponent);
  if (!isMoney(amountMinor)) throw new RangeError('money is a whole number of minor units from 0');
  const digits = String(amountMinor).padStart(exponent + 1, '0');
  const point = digits.length - exponent;
  return exponent === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

export function isMoney(amountMinor: number): boolean {
  return Number.isSafeInteger(amountMinor) && amountMinor >= 0 && !Object.is(amountMinor, -0);
}

/** undefined when the sum cannot be counted exactly. */
export function addMoney(aMinor: PriceMinor, bMinor: PriceMinor): PriceMinor | undefined {
  const sumMinor = aMinor + bMinor;
  return isMoney(aMinor) && isMoney(bMinor) && isMoney(sumMinor) ? sumMinor : undefined;
}

/** undefined when it would go below zero. */
export function subtractMoney(aMinor: PriceMinor, bMinor: PriceMinor): PriceMinor | undefined {
  return isMoney(aMinor) && isMoney(bMinor) && bMinor <= aMinor ? aMinor - bMinor : undefined;
}

function checkExponent(exponent: number): void {
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > EXPONENT_MAX) {
    throw new RangeError(`a currency has 0 to ${EXPONENT_MAX} decimals`);
  }
}
