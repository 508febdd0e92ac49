import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findSeptets } from './gsm-alphabet.ts';
import { measureText, splitText } from './message-length.ts';

const EXTENSION = '\f^{}\\[~]|€';

/** Texts in which each kind of character is frequent, long enough for several segments. */
const TEXT = fc
  .array(fc.constantFrom(...'aZ0 @\n§à', ...EXTENSION, '验', 'ç', '😀', '👩🏽', '\ud83d'), { maxLength: 700 })
  .map((parts) => parts.join(''));
const GSM_TEXT = fc
  .array(fc.constantFrom(...'aZ0 @\n§à', ...EXTENSION), { maxLength: 700 })
  .map((parts) => parts.join(''));

test('the alphabet has 127 characters of one septet and 10 of two, each septet once', () => {
  const found = Array.from({ length: 0x10000 }, (_, unit) => findSeptets(String.fromCharCode(unit))).filter(
    (septets) => septets !== undefined,
  );
  const singles = found.filter(({ length }) => length === 1).flat();
  assert.deepEqual(
    singles.sort((a, b) => a - b),
    Array.from({ length: 128 }, (_, septet) => septet).filter((septet) => septet !== 0x1b),
  );
  assert.equal(found.filter(({ length }) => length === 2).length, EXTENSION.length);
  assert.ok([...EXTENSION].every((character) => findSeptets(character)?.[0] === 0x1b));
});

test('characters have the septets of the standard', () => {
  const expected: readonly (readonly [string, readonly number[]])[] = [
    ['@', [0]],
    ['Δ', [0x10]],
    ['É', [0x1f]],
    [' ', [0x20]],
    ['¤', [0x24]],
    ['0', [0x30]],
    ['A', [0x41]],
    ['Ä', [0x5b]],
    ['§', [0x5f]],
    ['a', [0x61]],
    ['à', [0x7f]],
    ['€', [0x1b, 0x65]],
    ['[', [0x1b, 0x3c]],
  ];
  for (const [character, septets] of expected) assert.deepEqual(findSeptets(character), septets, character);
});

test('160 septets or 70 16-bit units are one segment; more are segments of 153 or 67', () => {
  const rows: readonly (readonly [string, 'gsm7' | 'ucs2', number, number])[] = [
    ['', 'gsm7', 0, 1],
    ['a'.repeat(160), 'gsm7', 160, 1],
    ['a'.repeat(161), 'gsm7', 161, 2],
    ['a'.repeat(306), 'gsm7', 306, 2],
    ['a'.repeat(307), 'gsm7', 307, 3],
    ['€'.repeat(80), 'gsm7', 160, 1],
    ['€'.repeat(81), 'gsm7', 162, 2],
    // 76 characters of two septets leave one septet of a segment unused.
    ['€'.repeat(153), 'gsm7', 306, 3],
    ['验'.repeat(70), 'ucs2', 70, 1],
    ['验'.repeat(71), 'ucs2', 71, 2],
    ['验'.repeat(134), 'ucs2', 134, 2],
    ['😀'.repeat(35), 'ucs2', 70, 1],
    ['😀'.repeat(36), 'ucs2', 72, 2],
    ['😀'.repeat(67), 'ucs2', 134, 3],
    [`${'a'.repeat(70)}ç`, 'ucs2', 71, 2],
    ['\u001b', 'ucs2', 1, 1],
  ];
  for (const [text, encoding, units, segments] of rows)
    assert.deepEqual(measureText(text), { encoding, units, segments }, text.slice(0, 3));
});

test('segments are the text, each fits, and none is shorter than it had to be', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const { encoding, segments } = splitText(text);
      const { units } = measureText(text);
      assert.equal(segments.join(''), text);
      const isGsm = encoding === 'gsm7';
      const room = segments.length === 1 ? (isGsm ? 160 : 70) : isGsm ? 153 : 67;
      const lengths = segments.map((segment) => unitsOf(segment, isGsm));
      assert.ok(lengths.every((length) => length <= room));
      // The next character had no room: it takes two units at most.
      assert.ok(lengths.slice(0, -1).every((length) => length >= room - 1));
      assert.equal(
        lengths.reduce((sum, length) => sum + length, 0),
        units,
      );
    }),
  );
});

test('no surrogate pair is torn apart', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const { segments } = splitText(text);
      segments.slice(1).forEach((segment, index) => {
        const border = (segments[index] ?? '').slice(-1) + segment.slice(0, 1);
        assert.equal([...border].length, 2);
      });
    }),
  );
});

test('a text of the alphabet alone is gsm7, and one other character makes it ucs2', () => {
  fc.assert(
    fc.property(GSM_TEXT, fc.nat(), (text, place) => {
      assert.equal(measureText(text).encoding, 'gsm7');
      const at = place % (text.length + 1);
      assert.equal(measureText(`${text.slice(0, at)}验${text.slice(at)}`).encoding, 'ucs2');
    }),
  );
});

function unitsOf(text: string, isGsm: boolean): number {
  if (!isGsm) return text.length;
  return [...text].reduce((sum, character) => sum + (EXTENSION.includes(character) ? 2 : 1), 0);
}
