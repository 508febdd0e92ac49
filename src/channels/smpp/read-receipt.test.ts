// Receipts as message centres write them, read back by the package from the octets on the wire.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import smpp, { type PduFields } from 'smpp';
import { type MessageIds, readMessageId, readReceipt } from './read-receipt.ts';

const RECEIPT = 0x04;
const TEXT_TAIL = 'submit date:2611210400 done date:2611210401';

function read(fields: PduFields, ids: MessageIds = 'same') {
  const pdu = new smpp.PDU('deliver_sm', { esm_class: RECEIPT, data_coding: 0, ...fields });
  return readReceipt(new smpp.PDU(pdu.toBuffer()), ids);
}

function inText(id: string, stat: string, err = '000'): PduFields {
  const text = `id:${id} sub:001 dlvrd:001 ${TEXT_TAIL} stat:${stat} err:${err} text:Your code is 49`;
  return { short_message: Buffer.from(text) };
}

test('final states are read from the text, others say nothing', () => {
  const rows: readonly (readonly [string, string, string | undefined, string])[] = [
    ['DELIVRD', '000', 'delivered', ''],
    ['delivrd', '000', 'delivered', ''],
    ['UNDELIV', '045', 'failed', 'UNDELIV/045'],
    ['EXPIRED', '000', 'failed', 'EXPIRED'],
    ['REJECTD', '0x1f', 'failed', 'REJECTD/0x1f'],
    ['DELETED', '0', 'failed', 'DELETED'],
    ['ACCEPTD', '000', undefined, ''],
    ['ENROUTE', '000', undefined, ''],
    ['UNKNOWN', '000', undefined, ''],
    ['ODDLY', '000', undefined, ''],
  ];
  for (const [stat, err, state, reason] of rows)
    assert.deepEqual(
      read(inText('abc-1_X', stat, err)),
      state === undefined ? undefined : { reference: 'abc-1_X', state, reason },
      stat,
    );
});

test('optional parameters come before the text, and no text is needed', () => {
  const tlv = { receipted_message_id: 'x-1', message_state: 2 };
  const expected = { reference: 'x-1', state: 'delivered', reason: '' };
  assert.deepEqual(read(tlv), expected);
  assert.deepEqual(read({ ...inText('y-2', 'UNDELIV'), ...tlv }), expected);
  assert.deepEqual(
    read({ ...inText('x-1', 'UNDELIV', '7'), receipted_message_id: 'x-1', message_state: 5 }),
    {
      reference: 'x-1',
      state: 'failed',
      reason: 'UNDELIV/7',
    },
  );
  for (const message_state of [0, 1, 6, 7, 9, 200]) assert.equal(read({ ...tlv, message_state }), undefined);
});

test('the text may be in message_payload or in UCS-2', () => {
  const { short_message } = inText('m1', 'DELIVRD');
  const expected = { reference: 'm1', state: 'delivered', reason: '' };
  assert.deepEqual(read({ message_payload: short_message }), expected);
  const wide = Buffer.from(String(short_message), 'utf16le').swap16();
  assert.deepEqual(read({ data_coding: 8, short_message: wide }), expected);
  assert.deepEqual(read({ data_coding: 3, ...inText('m_1', 'DELIVRD') }), { ...expected, reference: 'm_1' });
});

test('ids are compared in one form, whatever digits, letters and zeros they are written with', () => {
  const rows: readonly (readonly [MessageIds, string, string])[] = [
    ['same', '00ABcd12', 'abCD12'],
    ['same', '0000001234', '1234'],
    ['same', 'Ab-9', 'Ab-9'],
    ['hex_then_decimal', '1A2B3C4D', '439041101'],
    ['hex_then_decimal', '1a2b3c4d', '0439041101'],
    ['decimal_then_hex', '439041101', '1A2B3C4D'],
    // Beyond what a double holds exactly.
    ['hex_then_decimal', 'FFFFFFFFFFFFFFFF', '18446744073709551615'],
  ];
  for (const [ids, submitted, receipted] of rows) {
    const receipt = read(inText(receipted, 'DELIVRD'), ids);
    assert.equal(receipt?.reference, readMessageId(submitted, ids), `${ids} ${submitted}`);
    const optional = read({ receipted_message_id: submitted, message_state: 2 }, ids);
    assert.equal(optional?.reference, readMessageId(submitted, ids), `${ids} ${submitted}`);
  }
});

test('a text from a telephone that looks like a receipt is none', () => {
  for (const esm_class of [0, 0x40, 0x08, 0x10])
    assert.equal(read({ ...inText('m1', 'DELIVRD'), esm_class }), undefined);
});

test('what the message says is not taken for the receipt', () => {
  const text = (body: string) => read({ short_message: Buffer.from(body) });
  assert.equal(text('text:id:m1 stat:DELIVRD'), undefined);
  assert.equal(text('id:m1 text: stat:DELIVRD'), undefined);
  assert.equal(text('stat:DELIVRD'), undefined);
  assert.equal(text(''), undefined);
});

test('whatever a receipt holds, only codes come out', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 255 }), fc.nat(255), fc.string(), (octets, data_coding, id) => {
      for (const short_message of [
        Buffer.from(octets),
        Buffer.from(`id:${id} stat:UNDELIV err:${id} text:`).subarray(0, 254),
      ]) {
        const receipt = read({ short_message, data_coding });
        if (receipt === undefined) continue;
        assert.match(receipt.reference, /^[\x21-\x7e]{1,64}$/);
        assert.match(receipt.reason, /^(?:[A-Z]{1,10}(?:\/[0-9A-Za-z]{1,8})?)?$/);
      }
    }),
  );
});
