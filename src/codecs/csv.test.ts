import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../test/support/property-runs.ts';
import {
  eachCsvRecord,
  endOfCsvRecord,
  endOfLastCsvRecord,
  formatCsvCell,
  formatCsvRecord,
  MAX_RECORD_LINES,
  RUNAWAY_QUOTE,
  splitCsvRecord,
} from './csv.ts';

interface Visited {
  record: string;
  line: number;
  closed: boolean;
}

function recordsOf(text: string): Visited[] {
  const records: Visited[] = [];
  eachCsvRecord(text, (start, end, line, closed) =>
    records.push({ record: text.slice(start, end), line, closed }),
  );
  return records;
}

const hostileText = fc.string({
  unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '中', "'", '='),
  maxLength: 80,
  size: 'max',
});

test('cells that were written are read back, apart from the apostrophe before a formula', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 1, maxLength: 6 }), (cells) => {
      const text = formatCsvRecord(cells);
      const expected = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
      assert.equal(endOfCsvRecord(text, 0), text.length);
      assert.deepEqual(splitCsvRecord(text.slice(0, -1)), expected);
    }),
  );
});

test('a spreadsheet never sees a formula', () => {
  for (const cell of ['=1+1', '+1', '-1', '@x', '\t=1', '\r=1']) assert.match(formatCsvCell(cell), /^"?'/);
  assert.equal(formatCsvCell('a=1'), 'a=1');
});

test('records cover the text without gap or overlap, and line numbers count line feeds', () => {
  fc.assert(
    fc.property(hostileText, (body) => {
      const text = `${body}\n`;
      const whole = text.slice(0, endOfLastCsvRecord(text));
      let at = 0;
      eachCsvRecord(whole, (start, end, line) => {
        assert.equal(start, at);
        assert.equal(line, whole.slice(0, start).split('\n').length - 1);
        at = end + (whole[end] === '\r' ? 2 : 1);
      });
      assert.equal(at, whole.length);
    }),
    propertyRuns(500),
  );
});

test('quotes, line breaks in quotes and Windows line ends', () => {
  assert.deepEqual(recordsOf('a,"b\nc"\r\nd\n'), [
    { record: 'a,"b\nc"', line: 0, closed: true },
    { record: 'd', line: 2, closed: true },
  ]);
  assert.deepEqual(splitCsvRecord('a,"say ""hi"", now",'), ['a', 'say "hi", now', '']);
  assert.deepEqual(splitCsvRecord('O"Brien,x'), ['O"Brien', 'x']);
  assert.equal(splitCsvRecord('"a"b,c'), undefined);
  assert.equal(splitCsvRecord('"a'), undefined);
});

test('a stray quote costs one line, not the file', () => {
  const text = `a,"b\n${'c,d\n'.repeat(MAX_RECORD_LINES + 5)}`;
  assert.equal(endOfCsvRecord(text, 0), RUNAWAY_QUOTE);
  const records = recordsOf(text);
  assert.deepEqual(records[0], { record: 'a,"b', line: 0, closed: false });
  assert.equal(records.length, MAX_RECORD_LINES + 6);
});
