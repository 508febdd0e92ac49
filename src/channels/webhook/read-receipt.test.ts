import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ReceiptFields, readReceipt } from './read-receipt.ts';

const FIELDS: ReceiptFields = {
  ...{ reference: 'data.id', state: 'data.status', reason: 'data.error' },
  ...{ delivered: ['DELIVRD', '0'], failed: ['UNDELIV', 'REJECTD'] },
};
const read = (data: unknown) => readReceipt(Buffer.from(JSON.stringify({ data })), FIELDS);

test('a final state is a receipt, in any case and as text or number', () => {
  assert.deepEqual(read({ id: 'a', status: 'delivrd' }), { reference: 'a', state: 'delivered', reason: '' });
  assert.deepEqual(read({ id: 7, status: 0 }), { reference: '7', state: 'delivered', reason: '' });
  const failed = read({ id: 'a', status: 'UNDELIV', error: 'MK:0004' });
  assert.deepEqual(failed, { reference: 'a', state: 'failed', reason: 'MK:0004' });
});

test('steps on the way, other states and missing fields are no receipt', () => {
  for (const data of [
    ...[{ id: 'a', status: 'ENROUTE' }, { id: 'a' }, { status: 'DELIVRD' }, { id: '', status: 'DELIVRD' }],
    ...[{ id: {}, status: 'DELIVRD' }, { id: 'a'.repeat(201), status: 'DELIVRD' }, null, [], 'a'],
  ])
    assert.equal(read(data), undefined, JSON.stringify(data));
});

test('what could be a number or an address of somebody is no reason', () => {
  for (const error of [
    '+8613800138000',
    '8613800138000',
    'ann@example.org',
    'to 1',
    'x'.repeat(33),
    '',
    { a: 1 },
  ])
    assert.equal(read({ id: 'a', status: 'UNDELIV', error })?.reason, '');
});

test('a form is read as well', () => {
  const fields = { ...FIELDS, reference: 'id', state: 'status', reason: '' };
  assert.deepEqual(readReceipt(Buffer.from('id=a%20b&status=DELIVRD'), fields), {
    ...{ reference: 'a b', state: 'delivered', reason: '' },
  });
});

test('no bytes whatever make it throw', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void readReceipt(Buffer.from(bytes), FIELDS)));
  fc.assert(fc.property(fc.json(), (text) => void readReceipt(Buffer.from(text), FIELDS)));
  const deep = `${'{"data":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  for (const text of [
    deep,
    '{"data":{"id":"a","id":"b","status":"DELIVRD"}}',
    '{"__proto__":{"data":1}}',
    '\xff',
  ])
    assert.equal(readReceipt(Buffer.from(text, 'latin1'), FIELDS), undefined);
});
