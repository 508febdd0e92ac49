// Amounts are integers of minor units wherever they are counted, and decimals of the major unit where people read and write
// them. From one to the other by moving the point in the text: no floating point comes near money.

const DECIMAL = /^(\d+)(?:\.(\d*))?$/;

/** 1234 with two digits is '12.34'. `minor`: a safe integer, which may be below zero. */
export function decimalOf(minor: number, digits: number): `${number}` {
  const figures = String(Math.abs(minor)).padStart(digits + 1, '0');
  const point = figures.length - digits;
  const fraction = digits === 0 ? '' : `.${figures.slice(point)}`;
  return `${minor < 0 ? '-' : ''}${figures.slice(0, point)}${fraction}` as `${number}`;
}

/**
 * '12.3' with two digits is 1230. What is written beyond the last digit is left out; undefined for what is no amount from 0
 * up, or too large to be exact.
 */
export function minorOf(text: string, digits: number): number | undefined {
  const [, whole, fraction = ''] = DECIMAL.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** As many digits as the server counts, whatever this browser knows of the currency. */
export function createMoneyFormat(locale: string, currency: string, digits: number) {
  const format = new Intl.NumberFormat(locale, {
    ...{ style: 'currency', currency },
    ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
  });
  return (minor: number): string => format.format(decimalOf(minor, digits));
}
