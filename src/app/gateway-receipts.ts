// Receipts of the gateway behind the channel webhook: taken where they are signed under the secret that its calls are signed with.

import { readReceipt } from '../channels/webhook/read-receipt.ts';
import {
  createWebhookVerifier,
  WEBHOOK_SIGNATURE_HEADER,
  WEBHOOK_TIMESTAMP_HEADER,
} from '../codecs/webhook-signature.ts';
import type { Configuration } from '../config/options.ts';
import type { RawBody } from '../management/route.ts';
import type { Receipt } from '../ports/message-channel.ts';

export type TakeReceipt = (
  channel: string,
  receipt: RawBody,
  nowMs: number,
) => 'taken' | 'unsigned' | 'unknown';

const CHANNEL = 'webhook';
const TOLERANCE_MS = 300_000;

/** Without the channel or its secret every receipt is unknown. */
export function createReceiptTaker(
  { gatewaySecret, gatewayReceipts }: Pick<Configuration, 'gatewaySecret' | 'gatewayReceipts'>,
  channels: ReadonlySet<string>,
  receive: (channel: string, receipt: Receipt) => void,
): TakeReceipt {
  if (gatewaySecret === undefined || !channels.has(CHANNEL)) return () => 'unknown';
  const isSigned = createWebhookVerifier(gatewaySecret, TOLERANCE_MS);
  const { reference = '', state = '', reason = '', delivered = '', failed = '' } = gatewayReceipts;
  const listed = (text: string) => text.split(',').map((value) => value.trim());
  const fields = { reference, state, reason, delivered: listed(delivered), failed: listed(failed) };
  return (channel, { body, header }, nowMs) => {
    if (channel !== CHANNEL) return 'unknown';
    const signed = {
      timestamp: header(WEBHOOK_TIMESTAMP_HEADER),
      signature: header(WEBHOOK_SIGNATURE_HEADER),
    };
    if (!isSigned(signed, body, nowMs)) return 'unsigned';
    const receipt = readReceipt(body, fields);
    if (receipt !== undefined) receive(CHANNEL, receipt);
    return 'taken';
  };
}
