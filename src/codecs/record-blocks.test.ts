import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { eachCsvRecord, eachLine } from './csv.ts';
import { createRecordBlocks } from './record-blocks.ts';

interface Seen {
  /** By line number. */
  readonly records: Map<number, string>;
  readonly rejected: Map<number, string>;
}

function cut(bytes: Buffer, sizes: readonly number[], quoted: boolean, maxRecordBytes: number): Seen {
  const seen: Seen = { records: new Map(), rejected: new Map() };
  const blocks = createRecordBlocks({
    quoted,
    maxRecordBytes,
    onBlock({ bytes: block, firstLine }) {
      const text = block.toString('latin1');
      assert.equal(text.at(-1), '\n');
      (quoted ? eachCsvRecord : eachLine)(text, (start, end, line) => {
        seen.records.set(firstLine + line, text.slice(start, end));
      });
    },
    onRejected: (line, reason) => seen.rejected.set(line, reason),
  });
  let at = 0;
  for (let i = 0; at < bytes.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1;
    blocks.push(bytes.subarray(at, at + size));
    at += size;
  }
  blocks.finish();
  return seen;
}

const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
const hostile = fc.string({
  unit: fc.constantFrom('"', '"', ',', '\n', '\n', 'a', 'b'),
  maxLength: 200,
  size: 'max',
});

test('how the bytes arrive does not change the records', () => {
  fc.assert(
    fc.property(hostile, sizes, fc.boolean(), (text, chunkSizes, quoted) => {
      const bytes = Buffer.from(text);
      assert.deepEqual(cut(bytes, chunkSizes, quoted, 1000), cut(bytes, [bytes.length + 1], quoted, 1000));
    }),
    propertyRuns(500),
  );
});

test('every line is in a record or rejected, also with quotes that never close and lines beyond the limit', () => {
  fc.assert(
    fc.property(hostile, sizes, (text, chunkSizes) => {
      const { records, rejected } = cut(Buffer.from(text), chunkSizes, true, 30);
      const lines = text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0);
      const covered = new Set(rejected.keys());
      for (const [line, record] of records) {
        for (const offset of record.split('\n').keys()) covered.add(line + offset);
      }
      for (let line = 1; line <= lines; line += 1) assert.ok(covered.has(line), `line ${line} is missing`);
    }),
    propertyRuns(500),
  );
});

test('a line beyond the limit is skipped without being held, the next one is read', () => {
  const { records, rejected } = cut(Buffer.from(`first\n${'x'.repeat(5000)}\nlast`), [64], false, 100);
  assert.deepEqual([...rejected], [[2, 'line_too_long']]);
  assert.deepEqual(
    [...records],
    [
      [1, 'first'],
      [3, 'last'],
    ],
  );
});

test('a quote that is open at the end rejects its line and no other', () => {
  const { records, rejected } = cut(Buffer.from('a,b\nc,"d\ne,f\n'), [4], true, 1000);
  assert.deepEqual([...rejected], [[2, 'quote_unclosed']]);
  assert.deepEqual(
    [...records],
    [
      [1, 'a,b'],
      [3, 'e,f'],
    ],
  );
});

test('lines that each open a quote take time in proportion to the file', () => {
  const lines = 20_000;
  const { records, rejected } = cut(Buffer.from('"a,b"c,"d\n'.repeat(lines)), [1 << 16], true, 1 << 20);
  assert.equal(records.size + rejected.size, lines);
});
