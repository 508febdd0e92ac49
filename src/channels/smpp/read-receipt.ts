// Delivery receipts of a message centre (SMPP 3.4 sections 5.2.12, 5.3.2.12, 5.3.2.35 and appendix B): by the optional
// parameters where there are any, else out of the text. Only codes are taken over; a receipt repeats the message's beginning.

import type { DecodedText, PDU } from 'smpp';
import { findSeptets } from '../../domain/gsm-alphabet.ts';
import type { Receipt } from '../../ports/message-channel.ts';

/**
 * How the centre writes its message ids. same: as in its responses. Some write one number in hexadecimal digits there and in
 * decimal digits in the receipts' text, or the other way round.
 */
export type MessageIds = 'same' | 'hex_then_decimal' | 'decimal_then_hex';

const MESSAGE_TYPE_MASK = 0x3c;
const RECEIPT_TYPE = 0x04;
const STATES: Readonly<Record<number, string>> = {
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  8: 'REJECTD',
};
const FAILED = new Set(['EXPIRED', 'DELETED', 'UNDELIV', 'REJECTD']);
const MESSAGE_ID = /^[\x21-\x7e]{1,64}$/;
const DIGITS = { hex: /^[0-9a-f]{1,64}$/i, decimal: /^[0-9]{1,64}$/ } as const;

/** The id of a submit_sm_resp in the form in which receipts are compared with it; '' where it is none. */
export function readMessageId(id: string | undefined, ids: MessageIds): string {
  return ids === 'same'
    ? foldId(id ?? '')
    : convert(id ?? '', ids === 'hex_then_decimal' ? 'hex' : 'decimal');
}

/** undefined for what is no receipt, or none that says how a message ended. */
export function readReceipt(delivery: PDU, ids: MessageIds): Receipt | undefined {
  const isMarked = ((delivery.esm_class ?? 0) & MESSAGE_TYPE_MASK) === RECEIPT_TYPE;
  // Whoever owns a telephone can send a text that looks like a receipt.
  if (!isMarked && delivery.receipted_message_id === undefined) return undefined;
  const text = readText(delivery);
  const reference =
    delivery.receipted_message_id === undefined
      ? readTextId(findField(text, 'id', /[\x21-\x7e]{1,64}/), ids)
      : readMessageId(delivery.receipted_message_id, ids);
  const { message_state } = delivery;
  const stat = message_state === undefined ? findField(text, 'stat', /[a-z]{1,10}/) : STATES[message_state];
  const state = stat?.toUpperCase() ?? '';
  if (reference === '') return undefined;
  if (state === 'DELIVRD') return { reference, state: 'delivered', reason: '' };
  if (!FAILED.has(state)) return undefined;
  const code = findField(text, 'err', /[0-9a-z]{1,8}/) ?? '';
  return { reference, state: 'failed', reason: /^0*$/.test(code) ? state : `${state}/${code}` };
}

function readText({ short_message, message_payload, data_coding = 0 }: PDU): string {
  const short = textOf(short_message);
  const text = short === '' ? textOf(message_payload) : short;
  // Read as GSM 7-bit by the package; the centres' own ids are ASCII, which differs in '_' and some others.
  const isDefault = data_coding <= 1;
  const ascii = isDefault ? [...text].map(asAscii).join('') : text;
  return ascii.split(/\btext:/i)[0] ?? '';
}

function textOf(field: DecodedText | Buffer | string | undefined): string {
  const message = typeof field === 'object' && 'message' in field ? field.message : field;
  return typeof message === 'string' ? message : (message?.toString('latin1') ?? '');
}

function asAscii(character: string): string {
  const septets = findSeptets(character);
  return septets?.length === 1 ? String.fromCharCode(septets[0] ?? 0) : character;
}

function findField(text: string, name: string, value: RegExp): string | undefined {
  return new RegExp(`(?:^|\\s)${name}:\\s*(${value.source})(?=\\s|$)`, 'i').exec(text)?.[1];
}

function readTextId(id: string | undefined, ids: MessageIds): string {
  return ids === 'same'
    ? foldId(id ?? '')
    : convert(id ?? '', ids === 'hex_then_decimal' ? 'decimal' : 'hex');
}

/** Numbers are padded with zeros here and not there, and their letters are large here and small there. */
function foldId(id: string): string {
  if (!MESSAGE_ID.test(id)) return '';
  return DIGITS.hex.test(id) ? id.toLowerCase().replace(/^0+(?=.)/, '') : id;
}

function convert(id: string, base: 'hex' | 'decimal'): string {
  if (!DIGITS[base].test(id)) return foldId(id);
  return BigInt(base === 'hex' ? `0x${id}` : id).toString();
}
