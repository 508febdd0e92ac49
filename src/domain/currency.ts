// Currencies by their ISO 4217 codes: which there are, and how many digits of one are its minor units.

const CODE = /^[A-Z]{3}$/;

export function isCurrency(code: string): boolean {
  return CODE.test(code) && Intl.supportedValuesOf('currency').includes(code);
}

/** 2 for CNY (fen), 0 for JPY, 3 for KWD. The code must be one. */
export function minorDigitsOf(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return maximumFractionDigits ?? 0;
}
