import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertFieldText, type Entry, GENESIS_HASH, hashEntry } from './entry.ts';

const PAGE = new URL('../../../../docs/ledger.md', import.meta.url);

/** The example of the page; existing ledgers depend on it. */
const EXAMPLE: Entry = {
  seq: 1,
  timeMs: 1795243585673,
  day: 20778,
  kind: 'call',
  account: 1,
  key: 2,
  service: 'line-status',
  action: 'line-status',
  protocol: 'tencent',
  requestId: '7c1f1c8a-1234-4a5b-8c9d-000000000001',
  outcome: 'known',
  resultCode: '0',
  charged: true,
  priceMinor: 20,
  paidBy: 'balance',
  amount: 20,
  source: 'registry',
  asOf: 20700,
  subject: Buffer.alloc(16, 0xab),
  counters: Buffer.alloc(32, 0xcd),
};

const EXAMPLE_TEXT = [
  '0'.repeat(64),
  ...['1', '1795243585673', '20778', 'call', '1', '2', 'line-status', 'line-status', 'tencent'],
  ...['7c1f1c8a-1234-4a5b-8c9d-000000000001', 'known', '0', '1', '20', 'balance', '20', 'registry', '20700'],
  'ab'.repeat(16),
  'cd'.repeat(32),
].join('\n');

test('the hash of an entry is the SHA-256 of the documented text', () => {
  const expected = createHash('sha256').update(EXAMPLE_TEXT).digest('hex');
  assert.equal(hashEntry(GENESIS_HASH, EXAMPLE).toString('hex'), expected);
  const page = readFileSync(PAGE, 'utf8');
  assert.ok(page.includes(expected), `the page lacks ${expected}`);
  for (const line of EXAMPLE_TEXT.split('\n')) assert.ok(page.includes(`\n    ${line}\n`), line);
});

test('an entry without an as-of date has an empty line for it', () => {
  const text = EXAMPLE_TEXT.replace('20700', '');
  const expected = createHash('sha256').update(text).digest('hex');
  assert.equal(hashEntry(GENESIS_HASH, { ...EXAMPLE, asOf: null }).toString('hex'), expected);
});

test('entries that differ in any field, or follow another, have different hashes', () => {
  const own = hashEntry(GENESIS_HASH, EXAMPLE);
  for (const field of Object.keys(EXAMPLE) as (keyof Entry)[]) {
    const value = EXAMPLE[field];
    const changed =
      typeof value === 'number'
        ? value + 1
        : typeof value === 'boolean'
          ? !value
          : typeof value === 'string'
            ? `${value}x`
            : Buffer.alloc(16, 1);
    assert.ok(!hashEntry(GENESIS_HASH, { ...EXAMPLE, [field]: changed }).equals(own), field);
  }
  assert.ok(!hashEntry(own, EXAMPLE).equals(own));
});

test('text that could be read as two fields is refused', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('\n', '\r'), fc.string(), (before, end, rest) => {
      assert.throws(() => assertFieldText(`${before}${end}${rest}`), RangeError);
    }),
  );
  assert.doesNotThrow(() => assertFieldText('line-status'));
});
