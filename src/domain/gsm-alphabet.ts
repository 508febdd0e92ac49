// The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, formerly GSM 03.38, sections 6.2.1 and 6.2.1.1):
// which texts a text message carries in seven bits a character.

const DEFAULT_ALPHABET = [
  '@£$¥èéùìòÇ\nØø\rÅå',
  // 0x1b, empty here, announces a character of the extension table.
  'Δ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ',
  ' !"#¤%&\'()*+,-./',
  '0123456789:;<=>?',
  '¡ABCDEFGHIJKLMNO',
  'PQRSTUVWXYZÄÖÑÜ§',
  '¿abcdefghijklmno',
  'pqrstuvwxyzäöñüà',
].join('');

const EXTENSION_TABLE: readonly (readonly [string, number])[] = [
  ['\f', 0x0a],
  ['^', 0x14],
  ['{', 0x28],
  ['}', 0x29],
  ['\\', 0x2f],
  ['[', 0x3c],
  ['~', 0x3d],
  [']', 0x3e],
  ['|', 0x40],
  ['€', 0x65],
];

const ESCAPE = 0x1b;

const SEPTETS: ReadonlyMap<string, readonly number[]> = new Map([
  ...[...DEFAULT_ALPHABET].flatMap((character, septet): [string, number[]][] =>
    septet === ESCAPE ? [] : [[character, [septet]]],
  ),
  ...EXTENSION_TABLE.map(([character, septet]): [string, number[]] => [character, [ESCAPE, septet]]),
]);

/** One septet, two for a character of the extension table; undefined for what the alphabet lacks. */
export function findSeptets(character: string): readonly number[] | undefined {
  return SEPTETS.get(character);
}
