import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../../test/support/property-runs.ts';
import { createRecordBlocks } from '../../codecs/record-blocks.ts';
import { type CalendarDate, parseCalendarDate } from '../../domain/calendar-date.ts';
import { createBlindIndex } from './blind-index.ts';
import { countFreeCarriers, createCarrierList, MAX_FREE_CARRIERS } from './carrier-list.ts';
import { createBlockParser } from './parse-block.ts';
import { createRowReader } from './read-row.ts';
import { REJECT_REASONS } from './reject-reasons.ts';

const TODAY = parseCalendarDate('2026-11-21') as CalendarDate;
const blindIndex = createBlindIndex(Buffer.alloc(32, 1));

/** Parses a whole input without its header; answers what became of each line. */
function parseAll(bytes: Buffer, format: 'csv' | 'ndjson', chunkBytes = 1 << 16) {
  const accepted: number[] = [];
  const rejected = new Map<number, string>();
  const parse = createBlockParser({
    format,
    layout: [0, 1, 2, 3, 4, 5, 6],
    maxRecordBytes: 2000,
    readRow: createRowReader({ region: 'CN', today: TODAY, blindIndex, carriers: createCarrierList() }),
    onRow: (row) => accepted.push(row.line),
    onRejected: (line, code) => rejected.set(line, code),
    onUnknownKey: () => {},
  });
  const blocks = createRecordBlocks({
    quoted: format === 'csv',
    maxRecordBytes: 2000,
    onBlock: (block) => parse(block.bytes, block.firstLine),
    onRejected: (line, reason) => rejected.set(line, reason),
  });
  for (let at = 0; at < bytes.length; at += chunkBytes) blocks.push(bytes.subarray(at, at + chunkBytes));
  blocks.finish();
  return { accepted, rejected };
}

const CODES = new Set<string>(REJECT_REASONS.map(({ code }) => code));
const GOOD = '13800138000,normal,2020-01-01,mobile,韦小宝,11010519491231002X,2026-01-01';

const piece = fc.oneof(
  fc.constantFrom(
    GOOD,
    '\n',
    '\r\n',
    '"',
    '""',
    ',',
    ',,,',
    '﻿',
    '\u0000',
    '{"msisdn":',
    '}',
    'normal',
    '=cmd()',
  ),
  fc.constantFrom('{"msisdn":"13800138000","status":"normal"}', '[1]', 'null', '{"__proto__":{}}', '\\'),
  fc.string({ unit: 'binary', maxLength: 20, size: 'max' }),
  fc.constant('x'.repeat(3000)),
);
const hostile = fc.oneof(
  fc.array(piece, { maxLength: 60, size: 'max' }).map((pieces) => Buffer.from(pieces.join(''))),
  fc.uint8Array({ maxLength: 300, size: 'max' }).map((bytes) => Buffer.from(bytes)),
);

test('whatever the bytes, nothing is thrown and every line that is not blank is accepted or rejected with a reason', () => {
  fc.assert(
    fc.property(
      hostile,
      fc.constantFrom('csv' as const, 'ndjson' as const),
      fc.integer({ min: 1, max: 400 }),
      (bytes, format, chunkBytes) => {
        const { accepted, rejected } = parseAll(bytes, format, chunkBytes);
        for (const code of rejected.values()) assert.ok(CODES.has(code), code);
        const decided = new Set([...accepted, ...rejected.keys()]);
        assert.equal(decided.size, accepted.length + rejected.size, 'a line was decided twice');
        // Quoted records span lines, so only inputs without quotes tell line by line.
        if (bytes.includes('"') && format === 'csv') return;
        const lines = bytes.toString('latin1').split('\n');
        for (const [index, line] of lines.entries()) {
          if (/[!-~]/.test(line)) assert.ok(decided.has(index + 1), `line ${index + 1} is undecided`);
        }
      },
    ),
    propertyRuns(400),
  );
});

test('good rows among broken ones are accepted, in the line where they stand', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(GOOD, 'x', '"', 'a,"b', '', '\ud800'), { maxLength: 200, size: 'max' }),
      (lines) => {
        // A broken line may open a quote; the good row after it counts only when no quote is open.
        const calm = lines.map((line) => (line.includes('"') ? 'y' : line));
        const { accepted } = parseAll(Buffer.from(calm.join('\n')), 'csv', 512);
        const expected = calm.flatMap((line, index) => (line === GOOD ? [index + 1] : []));
        assert.deepEqual(accepted, expected);
      },
    ),
  );
});

test('each NDJSON value of a wrong type rejects the row by its field', () => {
  const reject = (row: unknown) => parseAll(Buffer.from(JSON.stringify(row)), 'ndjson').rejected.get(1);
  const row = { msisdn: '13800138000', status: 'normal' };
  assert.equal(reject(row), undefined);
  assert.equal(reject({ ...row, msisdn: 1.5 }), 'msisdn_invalid');
  assert.equal(reject({ ...row, status: 1 }), 'status_invalid');
  assert.equal(reject({ ...row, activated_on: 20200101 }), 'activated_on_invalid');
  assert.equal(reject({ ...row, carrier: {} }), 'carrier_invalid');
  assert.equal(reject({ ...row, name: ['a'] }), 'name_invalid');
  assert.equal(reject({ ...row, id_card: true }), 'id_card_invalid');
  assert.equal(reject({ ...row, as_of: 1 }), 'as_of_invalid');
  assert.equal(reject([row]), 'json_invalid');
});

test('a list of carriers keeps one free text more than a file may name, so that it shows', () => {
  const carriers = createCarrierList();
  const full = carriers.names().length + MAX_FREE_CARRIERS;
  for (let i = 0; i < MAX_FREE_CARRIERS; i += 1) assert.equal(typeof carriers.numberOf(`c${i}`), 'number');
  assert.deepEqual(
    [carriers.names().length, countFreeCarriers([carriers.names()])],
    [full, MAX_FREE_CARRIERS],
  );
  for (let i = 0; i < 3000; i += 1) carriers.numberOf(`d${i}`);
  assert.equal(carriers.names().length, full + 1);
  assert.ok(countFreeCarriers([carriers.names()]) > MAX_FREE_CARRIERS);
  assert.equal(
    countFreeCarriers([
      ['', 'mobile', 'x', 'y'],
      ['', 'mobile', 'y', 'z'],
    ]),
    3,
  );
  assert.equal(carriers.numberOf('c0'), 5);
});
