import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import type { IdCard } from '../../domain/id-card.ts';
import type { PersonName } from '../../domain/person-name.ts';
import { createBlindIndex } from './blind-index.ts';

const KEY = Buffer.alloc(32, 9);
const NAME = '韦小宝' as PersonName;

test('a thousand subscribers of one name have a thousand different hashes', () => {
  const index = createBlindIndex(KEY);
  const hashes = new Set<string>();
  for (let i = 0; i < 1000; i += 1)
    hashes.add(Buffer.from(index.ofName(8_613_800_138_000 + i, NAME)).toString('hex'));
  assert.equal(hashes.size, 1000);
});

test('the hash is HMAC-SHA256 over field, number and value, cut to 16 bytes: what is stored stays readable', () => {
  const expected = createHmac('sha256', KEY).update('name\n8613800138000\n韦小宝').digest().subarray(0, 16);
  assert.deepEqual(Buffer.from(createBlindIndex(KEY).ofName(8_613_800_138_000, NAME)), expected);
});

test('field and key are part of the hash', () => {
  const index = createBlindIndex(KEY);
  const other = createBlindIndex(Buffer.alloc(32, 8));
  const value = '11010519491231002X';
  const hash = index.ofIdCard(1, value as IdCard);
  assert.notDeepEqual(hash, index.ofName(1, value as unknown as PersonName));
  assert.notDeepEqual(hash, other.ofIdCard(1, value as IdCard));
});
