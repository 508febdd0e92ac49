import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { drawCode, normaliseCode, PURPOSE_PATTERN } from './one-time-code.ts';

const alphabets = fc
  .uniqueArray(fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'), { minLength: 10 })
  .map((symbols) => symbols.join(''));

/** Gives the bytes 0 to 255 over and over. */
function everyByte(): (count: number) => Uint8Array {
  let next = 0;
  return (count) => Uint8Array.from({ length: count }, () => next++ % 256);
}

test('a code has the wanted length and only symbols of its alphabet', () => {
  fc.assert(
    fc.property(alphabets, fc.integer({ min: 4, max: 12 }), (alphabet, length) => {
      const code = drawCode(alphabet, length, (count) => randomBytes(count));
      assert.equal(code.length, length);
      for (const symbol of code) assert.ok(alphabet.includes(symbol));
    }),
  );
});

test('of all possible bytes every symbol takes exactly as many: none is likelier than another', () => {
  fc.assert(
    fc.property(alphabets, (alphabet) => {
      const each = Math.floor(256 / alphabet.length);
      const drawn = drawCode(alphabet, each * alphabet.length, everyByte());
      const counts = new Map<string, number>();
      for (const symbol of drawn) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
      assert.equal(counts.size, alphabet.length);
      assert.deepEqual(new Set(counts.values()), new Set([each]));
    }),
  );
});

test('bytes that would favour some symbols are thrown away, and drawn again', () => {
  let asked = 0;
  const code = drawCode('0123456789', 6, (count) => {
    asked += 1;
    // 250 to 255 would be one more chance for 0 to 5.
    return new Uint8Array(count).fill(asked === 1 ? 250 : 249);
  });
  assert.equal(code, '999999');
  assert.ok(asked >= 2);
});

test('of many codes each place holds every digit about equally often', () => {
  const draws = 20_000;
  const counts = Array.from({ length: 6 }, () => new Array<number>(10).fill(0));
  for (let at = 0; at < draws; at += 1) {
    const code = drawCode('0123456789', 6, (count) => randomBytes(count));
    for (const [place, digit] of [...code].entries()) {
      const row = counts[place] ?? [];
      row[Number(digit)] = (row[Number(digit)] ?? 0) + 1;
    }
  }
  // Seven standard deviations: by chance never.
  const allowed = 7 * Math.sqrt(draws * 0.1 * 0.9);
  for (const row of counts)
    for (const count of row) assert.ok(Math.abs(count - draws / 10) < allowed, JSON.stringify(counts));
});

test('a code is the same with spaces, hyphens, small letters and wide digits', () => {
  assert.equal(normaliseCode(' 123 456 '), '123456');
  assert.equal(normaliseCode('123-456\n'), '123456');
  assert.equal(normaliseCode('１２３４５６'), '123456');
  assert.equal(normaliseCode('ab12cd'), 'AB12CD');
  fc.assert(
    fc.property(
      alphabets,
      fc.infiniteStream(fc.constantFrom('', ' ', '-', '\t', '\u00a0')),
      (alphabet, gaps) => {
        const code = drawCode(alphabet, 8, (count) => randomBytes(count));
        const written = [...code].map((symbol) => `${gaps.next().value}${symbol.toLowerCase()}`).join('');
        assert.equal(normaliseCode(written), code);
      },
    ),
  );
});

test('other codes stay other codes', () => {
  const codes = fc.stringMatching(/^[0-9A-Z]{4,12}$/);
  fc.assert(
    fc.property(codes, codes, (one, other) => {
      assert.equal(normaliseCode(one) === normaliseCode(other), one === other);
    }),
  );
});

test('a purpose is a short word that could stand in an address', () => {
  const isPurpose = (text: string): boolean => new RegExp(PURPOSE_PATTERN).test(text);
  for (const text of ['contact', 'sign-in', 'a', 'reset_2', `a${'b'.repeat(31)}`])
    assert.ok(isPurpose(text), text);
  for (const text of ['', 'A', '1a', 'a b', 'a\n', 'a/b', `a${'b'.repeat(32)}`])
    assert.ok(!isPurpose(text), text);
});
