import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeBase64 } from './base64.ts';

test('what was encoded is decoded, padded or not, in lines or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      const broken = (text.match(/.{1,76}/g) ?? []).join('\r\n');
      for (const written of [text, text.replace(/=+$/, ''), broken]) {
        assert.deepEqual(decodeBase64(written, 1000), Buffer.from(bytes));
      }
    }),
  );
});

test('other characters, misplaced padding and impossible lengths are refused', () => {
  for (const text of [
    'A',
    'AAAAA',
    'AA=',
    'AAA==',
    'A===',
    '=',
    'AA==AA==',
    'AA-_',
    'AA AA',
    'AAAA\u0000',
    '张三',
  ]) {
    assert.equal(decodeBase64(text, 100), undefined, JSON.stringify(text));
  }
});

test('text over the limit is refused', () => {
  assert.equal(decodeBase64('AAAA', 3), undefined);
  assert.equal(decodeBase64('AAAA', 4)?.length, 3);
});
