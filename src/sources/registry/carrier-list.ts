// Carriers of an import as small numbers. The known ones come first; free text gets the next numbers, up to a limit.

import { CARRIERS } from '../../domain/subscriber.ts';

export interface CarrierList {
  /** The number, or why the text is not accepted. */
  numberOf(text: string): number | 'carrier_invalid' | 'carrier_limit';
  /** Texts by number. */
  names(): readonly string[];
}

const MAX_LENGTH = 64;
/** Different free texts of one thread of one import. */
const MAX_CARRIERS = 1000;
// Control, format, unassigned and private characters, lone surrogates, and U+FFFD, the mark of broken encoding.
const UNFIT = /[\p{C}\p{Zl}\p{Zp}\ufffd]/u;

export function createCarrierList(): CarrierList {
  const names: string[] = ['', ...CARRIERS];
  const numbers = new Map(names.map((name, index) => [name, index]));
  return {
    numberOf(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      if (text.length > MAX_LENGTH || UNFIT.test(text)) return 'carrier_invalid';
      if (names.length >= MAX_CARRIERS) return 'carrier_limit';
      numbers.set(text, names.length);
      return names.push(text) - 1;
    },
    names: () => names,
  };
}
