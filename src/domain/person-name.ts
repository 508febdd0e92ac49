// Names of persons in the one form in which they are compared: NFKC (folds full width), case folded, without spaces,
// middle dots and full stops (which stand in for middle dots), one kind of apostrophe and hyphen.

export type PersonName = string & { readonly personName: true };

const INPUT_MAX_LENGTH = 256;
const NAME_MAX_CODE_POINTS = 64;
// Unified ideographs are their own normal form, and most names are nothing else.
const PLAIN_HAN = /^[\u4e00-\u9fff]{1,16}$/;
const LEFT_OUT =
  /[\s.\u00b7\u0387\u1427\u16eb\u2022\u2024\u2027\u2219\u22c5\u25cf\u2e31\u2e33\u30fb\ua78f\p{Default_Ignorable_Code_Point}]/gu;
const APOSTROPHES = /[\u0060\u02b9\u02bb\u02bc\u02bd\u02c8\u2018\u2019\u201b\u2032]/g;
const HYPHENS = /[\u2010-\u2015\u2212]/g;
// U+3007 is the numeral zero by its class and a character of names by use.
const NAME = /^[\p{L}\u3007][\p{L}\p{M}\u3007'-]*$/u;

/** The normal form; undefined when it is empty, too long, or holds digits or other symbols. */
export function parsePersonName(text: string): PersonName | undefined {
  if (PLAIN_HAN.test(text)) return text as PersonName;
  if (text.length > INPUT_MAX_LENGTH) return undefined;
  // NFKC would make an accent of this one, which is typed as an apostrophe.
  const decomposed = text.replaceAll('\u00b4', "'").normalize('NFKC');
  const unified = decomposed.replace(LEFT_OUT, '').replace(APOSTROPHES, "'").replace(HYPHENS, '-');
  const name = foldCase(unified);
  return NAME.test(name) && countCodePoints(name) <= NAME_MAX_CODE_POINTS ? (name as PersonName) : undefined;
}

/** Down, up, down: letters with two small or two large forms end as one. */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}

function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
