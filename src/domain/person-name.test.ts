import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { parsePersonName } from './person-name.ts';

const LETTERS = [
  ...'张三韦小宝買買提欧阳〇AbcßÉéİıΣσςñŁΑΩЖжやマー한가',
  'e\u0301',
  'ﬁ',
  'Ａ',
  'ｶﾞ',
  '豈',
  '\u{20000}',
];
const anyName = fc.oneof(
  fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom(...LETTERS, ' ', '·', '.', '-', "'", '’', '\u200d', '\u0301', '¨'),
    maxLength: 20,
  }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);

test('the normal form is its own normal form', () => {
  fc.assert(
    fc.property(anyName, (text) => {
      const name = parsePersonName(text);
      if (name !== undefined) assert.equal(parsePersonName(name), name);
    }),
    propertyRuns(1000),
  );
});

test('every code point, alone and after a letter, has a stable normal form or none', () => {
  for (let point = 0; point < 0x110000; point += 1) {
    for (const text of [String.fromCodePoint(point), `e${String.fromCodePoint(point)}`]) {
      const name = parsePersonName(text);
      if (name !== undefined && parsePersonName(name) !== name) assert.fail(point.toString(16));
    }
  }
});

test('case, width and Unicode form do not tell names apart', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 12 }), (text) => {
      const name = parsePersonName(text);
      assert.notEqual(name, undefined);
      for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'])
        assert.equal(parsePersonName(text.normalize(form)), name);
      assert.equal(parsePersonName(text.toUpperCase()), name);
      assert.equal(parsePersonName(text.toLowerCase()), name);
    }),
  );
  assert.equal(parsePersonName('ＯＮＥＩＬ'), parsePersonName('oneil'));
  assert.equal(parsePersonName('Weiß'), parsePersonName('WEISS'));
});

test('spaces, middle dots, full stops and invisible characters do not tell names apart', () => {
  const written = [
    '买买提·艾力',
    '买买提•艾力',
    '买买提‧艾力',
    '买买提・艾力',
    '买买提･艾力',
    '买买提．艾力',
    '买买提 艾力',
    '买买提　艾力',
  ];
  for (const text of [...written, '买买提艾力', ' 买买提艾力\n', '买买提\u200b艾力', '\ufeff买买提艾力']) {
    assert.equal(parsePersonName(text), '买买提艾力', JSON.stringify(text));
  }
});

test('kinds of apostrophe and of hyphen do not tell names apart', () => {
  for (const text of ["O'Neil", 'O’Neil', 'O‘Neil', 'O`Neil', 'O´Neil', 'OʼNeil', 'O＇Neil']) {
    assert.equal(parsePersonName(text), "o'neil", text);
  }
  for (const text of ['Anne-Marie', 'Anne‐Marie', 'Anne‑Marie', 'Anne–Marie', 'Anne－Marie']) {
    assert.equal(parsePersonName(text), 'anne-marie', text);
  }
});

test('different names stay different', () => {
  const names = ['张三', '張三', '张三丰', '李〇', '李零', 'Ann', 'Anne', 'Ańn', 'O-Neil', "O'Neil"];
  const normal = names.map(parsePersonName);
  assert.ok(!normal.includes(undefined));
  assert.equal(new Set(normal).size, names.length);
});

test('one character is a name; nothing, digits and symbols are not', () => {
  assert.equal(parsePersonName('丁'), '丁');
  for (const text of [
    '',
    ' ',
    '·',
    '.',
    "'",
    '-',
    '张3',
    '张３',
    '张①',
    '123',
    '张,三',
    '张三(女)',
    '张三😀',
    '<b>',
    '张\u0000三',
    '\ud800',
  ]) {
    assert.equal(parsePersonName(text), undefined, JSON.stringify(text));
  }
});

test('a name has at most 64 characters, however they are encoded', () => {
  assert.notEqual(parsePersonName('\u{20000}'.repeat(64)), undefined);
  assert.equal(parsePersonName('\u{20000}'.repeat(65)), undefined);
  assert.equal(parsePersonName('张'.repeat(65)), undefined);
  assert.equal(parsePersonName('ﷺ'.repeat(20)), undefined);
  assert.equal(parsePersonName('a'.repeat(1_000_000)), undefined);
});
