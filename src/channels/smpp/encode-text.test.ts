import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findSeptets } from '../../domain/gsm-alphabet.ts';
import { measureText } from '../../domain/message-length.ts';
import { encodeText } from './encode-text.ts';

const GSM_TEXT = fc
  .array(fc.constantFrom(...'aZ0 @\r§à€{'), { maxLength: 400 })
  .map((characters) => characters.join(''));

test('a short text is its septets, one an octet, or its UCS-2 units, without a header', () => {
  assert.deepEqual(
    [encodeText('@a€', 'unpacked', 7), encodeText('码😀', 'unpacked', 7), encodeText('码', 'packed', 7)],
    [
      [{ octets: Buffer.from([0, 0x61, 0x1b, 0x65]), dataCoding: 0, hasHeader: false }],
      [{ octets: Buffer.from('7801d83dde00', 'hex'), dataCoding: 8, hasHeader: false }],
      [{ octets: Buffer.from('7801', 'hex'), dataCoding: 8, hasHeader: false }],
    ],
  );
});

test('packed septets are the octets of the standard', () => {
  const [segment] = encodeText('hellohello', 'packed', 0);
  assert.equal(segment?.octets.toString('hex'), 'e8329bfd4697d9ec37');
});

test('segments carry reference, total and number, and fit into 140 octets packed or 160 unpacked', () => {
  for (const [text, packing, octets] of [
    ['a'.repeat(400), 'unpacked', [159, 159, 100]],
    ['a'.repeat(400), 'packed', [140, 140, 89]],
    ['码'.repeat(150), 'unpacked', [140, 140, 38]],
  ] as const) {
    const segments = encodeText(text, packing, 0x1fe);
    assert.deepEqual(
      segments.map((segment) => segment.octets.length),
      octets,
    );
    segments.forEach((segment, index) => {
      assert.ok(segment.hasHeader);
      assert.deepEqual([...segment.octets.subarray(0, 6)], [5, 0, 3, 0xfe, segments.length, index + 1]);
    });
  }
});

test('unpacking gives the septets back, from the first multiple of seven bits after the header', () => {
  fc.assert(
    fc.property(GSM_TEXT, (text) => {
      const septets = [...text].flatMap((character) => findSeptets(character) ?? []);
      const read = encodeText(text, 'packed', 1).flatMap(({ octets, hasHeader }) => {
        const all = unpack(octets);
        // Six octets of header are 48 bits: seven septets with the filling.
        return hasHeader ? all.slice(7) : all;
      });
      const isAlone = measureText(text).segments === 1;
      if (isAlone) {
        assert.deepEqual(read.slice(0, septets.length), septets);
        // What follows is nothing, or the carriage return in place of seven spare bits.
        assert.ok(read.length === septets.length || read.at(-1) === 0x0d);
      } else {
        const unpacked = encodeText(text, 'unpacked', 1).map(({ octets }) => octets.subarray(6));
        assert.deepEqual(
          Buffer.concat(unpacked).filter((septet) => septet !== 0x0d),
          Buffer.from(read).filter((septet) => septet !== 0x0d),
        );
      }
    }),
  );
});

function unpack(octets: Buffer): number[] {
  const bits = [...octets].map((octet) => octet.toString(2).padStart(8, '0'));
  const count = Math.floor((octets.length * 8) / 7);
  const stream = bits.map((octet) => [...octet].reverse().join('')).join('');
  return Array.from({ length: count }, (_, index) =>
    Number.parseInt([...stream.slice(index * 7, index * 7 + 7)].reverse().join(''), 2),
  );
}
