// Carriers of an import as small numbers. The known ones come first; free text gets the next numbers, up to a limit.

import { CARRIERS } from '../../domain/subscriber.ts';

export interface CarrierList {
  /** The number, or why the text is not accepted. */
  numberOf(text: string): number | 'carrier_invalid';
  /** Texts by number. */
  names(): readonly string[];
}

const MAX_LENGTH = 64;
/**
 * Different free texts that one file may name. A file of more is refused as a whole: which of its rows came too late would
 * depend on the thread that read them.
 */
export const MAX_FREE_CARRIERS = 1000;
const KNOWN: readonly string[] = ['', ...CARRIERS];
// Control, format, unassigned and private characters, lone surrogates, and U+FFFD, the mark of broken encoding.
const UNFIT = /[\p{C}\p{Zl}\p{Zp}\ufffd]/u;

export function createCarrierList(): CarrierList {
  const names = [...KNOWN];
  const numbers = new Map(names.map((name, index) => [name, index]));
  /** The first text beyond the limit stands for all of them: the file is refused in the end. */
  const last = KNOWN.length + MAX_FREE_CARRIERS;
  return {
    numberOf(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      if (text.length > MAX_LENGTH || UNFIT.test(text)) return 'carrier_invalid';
      if (names.length > last) return last;
      numbers.set(text, names.length);
      return names.push(text) - 1;
    },
    names: () => names,
  };
}

/** Different free texts in the lists of all threads. */
export function countFreeCarriers(lists: Iterable<readonly string[]>): number {
  const names = new Set<string>();
  for (const list of new Set(lists)) for (const name of list) names.add(name);
  for (const name of KNOWN) names.delete(name);
  return names.size;
}
