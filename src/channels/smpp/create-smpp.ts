// Text messages over SMPP 3.4: submits them segment by segment through a bound connection, reports receipts. Reasons are
// names of command states and codes of the system; recipients and texts go nowhere but to the message centre.

import smpp, { type PDU } from 'smpp';
import { ChannelError } from '../../ports/channel.ts';
import type { HandedOver, Message, MessageChannel, OnReceipt, Receipt } from '../../ports/message-channel.ts';
import { type EncodedSegment, encodeText, type SeptetPacking } from './encode-text.ts';
import { createLink, type LinkOptions } from './link.ts';
import { asksToSlowDown, isRetryable, nameStatus, STATUS } from './pdu-status.ts';
import { type MessageIds, readMessageId, readReceipt } from './read-receipt.ts';
import { createSegmentReceipts } from './segment-receipts.ts';
import { createTurnstile, type TurnstileOptions } from './turnstile.ts';
import { WireError } from './wire.ts';

export interface SmppOptions extends Omit<LinkOptions, 'onDelivery'>, Omit<TurnstileOptions, 'clock'> {
  readonly name: string;
  /** Sender, with its type of number and numbering plan (SMPP 3.4 sections 5.2.5 and 5.2.6). */
  readonly source: { readonly address: string; readonly ton: number; readonly npi: number };
  readonly packing: SeptetPacking;
  readonly messageIds: MessageIds;
  /** A longer text is refused. */
  readonly segmentsMax: number;
  /** Long messages whose receipts are put together. */
  readonly longMessagesMax: number;
  readonly onReceipt: OnReceipt;
}

const E164 = /^\+([1-9]\d{1,14})$/;
const INTERNATIONAL = 1;
const ISDN = 1;
const HAS_HEADER = 0x40;
/** Final delivery outcome, success or failure (section 5.2.17). */
const WANTS_RECEIPT = 1;
const LONGEST_VALIDITY_S = 30 * 86_400;

/** Connects at once, and again for as long as it is open. */
export function createSmpp(options: SmppOptions): MessageChannel {
  const { name, clock, source, packing, messageIds, segmentsMax, onReceipt } = options;
  const sending = new Set<AbortController>();
  const receipts = createSegmentReceipts(options.longMessagesMax, reportLater);
  const link = createLink({ ...options, onDelivery: take });
  const turnstile = createTurnstile(options);
  let reference = options.random.bytes(1).readUInt8();
  let isClosed = false;

  /** In a turn of its own: a receipt may arrive together with the response that its message's sender still waits for. */
  function reportLater(receipt: Receipt): void {
    setImmediate(() => void onReceipt(receipt));
  }

  async function take(delivery: PDU): Promise<boolean> {
    const receipt = readReceipt(delivery, messageIds);
    if (receipt === undefined) return true;
    await new Promise<void>((resolve) => setImmediate(resolve));
    const judged = receipts.judge(receipt);
    return judged === undefined || onReceipt(judged);
  }

  function makeSubmit(recipient: string, segment: EncodedSegment, expiresMs: number): PDU {
    return new smpp.PDU('submit_sm', {
      source_addr_ton: source.ton,
      source_addr_npi: source.npi,
      source_addr: source.address,
      dest_addr_ton: INTERNATIONAL,
      dest_addr_npi: ISDN,
      destination_addr: recipient,
      esm_class: segment.hasHeader ? HAS_HEADER : 0,
      validity_period: formatValidity(expiresMs - clock.nowMs()),
      registered_delivery: WANTS_RECEIPT,
      data_coding: segment.dataCoding,
      short_message: segment.octets,
    });
  }

  /** Resolves with the reference. Of a message that has begun, a segment is offered again when there was no room for it. */
  async function submit(makePdu: () => PDU, hasBegun: boolean, signal: AbortSignal): Promise<string> {
    for (;;) {
      await link.whenBound(signal);
      const leave = await turnstile.enter(signal);
      const { command, command_status, message_id } = await request(makePdu, signal).finally(leave);
      if (command_status === STATUS.ok) {
        // An answer to something else: it says nothing of the message.
        if (command !== 'submit_sm_resp') throw new WireError('bad_pdu', true);
        turnstile.speedUp();
        return readMessageId(message_id, messageIds);
      }
      const wantsPause = asksToSlowDown(command_status);
      if (wantsPause) turnstile.slowDown();
      if (!wantsPause || !hasBegun)
        throw new ChannelError(nameStatus(command_status), isRetryable(command_status));
    }
  }

  async function request(makePdu: () => PDU, signal: AbortSignal): Promise<PDU> {
    const wire = await link.whenBound(signal);
    const response = await wire.request(makePdu(), signal);
    if (response.command_status === STATUS.invalidBindState) wire.drop(nameStatus(STATUS.invalidBindState));
    return response;
  }

  async function sendSegments(message: Message, recipient: string, signal: AbortSignal): Promise<HandedOver> {
    reference = (reference + 1) & 0xff;
    const segments = encodeText(message.text, packing, reference);
    if (segments.length > segmentsMax) throw new ChannelError('too_long', false);
    const group = segments.length > 1 ? receipts.begin() : undefined;
    let last = '';
    let taken = 0;
    try {
      for (const segment of segments) {
        if (message.expiresMs <= clock.nowMs()) throw new ChannelError('expired', false);
        const makePdu = () => makeSubmit(recipient, segment, message.expiresMs);
        last = await submit(makePdu, taken > 0, signal);
        group?.add(last);
        taken += 1;
      }
    } catch (error) {
      throw describeFailure(error, taken > 0);
    }
    return { reference: group === undefined ? last : group.complete() };
  }

  return {
    name,
    kinds: ['phone'],
    async send(message, signal) {
      if (isClosed) throw new ChannelError('closed', true);
      const recipient = E164.exec(message.to)?.[1];
      if (message.kind !== 'phone' || recipient === undefined) throw new ChannelError('address', false);
      const own = new AbortController();
      const stop = () => own.abort();
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      sending.add(own);
      try {
        return await sendSegments(message, recipient, own.signal);
      } finally {
        sending.delete(own);
        signal.removeEventListener('abort', stop);
      }
    },
    isUp: () => link.isBound(),
    async close() {
      isClosed = true;
      for (const own of sending) own.abort();
      await link.close();
    },
  };
}

/** Once a segment was taken over, a part of the message is on its way whatever becomes of the rest. */
function describeFailure(error: unknown, hasBegun: boolean): ChannelError {
  if (!(error instanceof ChannelError || error instanceof WireError))
    return new ChannelError('defect', false, true);
  const mayHaveLeft = hasBegun || (error instanceof WireError ? error.written : error.mayHaveLeft);
  const isRetryableError = error instanceof WireError || error.retryable;
  return new ChannelError(error.reason, isRetryableError && !mayHaveLeft, mayHaveLeft);
}

/** Relative (section 7.1.1.2): the two clocks need not agree. At least a second. */
function formatValidity(leftMs: number): string {
  const total = Math.min(Math.max(Math.floor(leftMs / 1000), 1), LONGEST_VALIDITY_S);
  const parts = [total / 86_400, (total / 3600) % 24, (total / 60) % 60, total % 60];
  return `0000${parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join('')}000R`;
}
