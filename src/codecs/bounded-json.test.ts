import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseBoundedJson } from './bounded-json.ts';

const parse = (text: string, depthMax = 4) => parseBoundedJson(Buffer.from(text), depthMax);

test('an object is read, whatever its names and texts hold', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 })), (given) => {
      const text = JSON.stringify(given);
      assert.deepEqual(parse(text, 20), JSON.parse(text));
    }),
  );
});

test('a name that stands twice in one object is refused, however it is written; in two objects it is not', () => {
  for (const text of [
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":1}',
    '{"x":{"b\\"":1,"b\\u0022" : 2}}',
    '[{"a":1,"a":2}]',
  ])
    assert.equal(parse(text.startsWith('[') ? `{"l":${text}}` : text), undefined, text);
  for (const text of ['{"a":{"a":1}}', '{"a":[{"b":1},{"b":2}]}', '{"a":"b","c":"b"}', '{"a":"\\"a\\":1"}'])
    assert.deepEqual(parse(text), JSON.parse(text));
});

test('more objects and lists in each other than the limit are refused', () => {
  const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  assert.ok(parse(nested(4)) !== undefined);
  assert.equal(parse(nested(5)), undefined);
  assert.equal(parse(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), undefined);
  assert.deepEqual(parse('{"a":"[[[[[[{{{{"}'), { a: '[[[[[[{{{{' });
});

test('what is no object, no JSON or no UTF-8 is refused', () => {
  for (const text of ['', 'null', '1', '"a"', '[]', '{', '{}{}', '{"a":1,}', '\ufeff{}'])
    assert.equal(parse(text), undefined, text);
  assert.equal(parseBoundedJson(Buffer.from([0x7b, 0x22, 0xc3, 0x22, 0x3a, 0x31, 0x7d]), 4), undefined);
});
