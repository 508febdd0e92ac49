// Receipts of the gateway behind the channel webhook: taken where they are signed under the secret that its calls are signed with,
// and kept before they are answered: what is answered is not sent again.

import { readReceipt } from '../channels/webhook/read-receipt.ts';
import {
  createWebhookVerifier,
  WEBHOOK_SIGNATURE_HEADER,
  WEBHOOK_TIMESTAMP_HEADER,
} from '../codecs/webhook-signature.ts';
import type { Configuration } from '../config/options.ts';
import type { RawBody } from '../management/route.ts';
import type { Clock } from '../ports/clock.ts';
import type { Receipt } from '../ports/message-channel.ts';

/** 'not_kept': it is to be sent again. */
export type TakeReceipt = (
  channel: string,
  receipt: RawBody,
  nowMs: number,
) => Promise<'taken' | 'unsigned' | 'unknown' | 'not_kept'>;

const CHANNEL = 'webhook';
const TOLERANCE_MS = 300_000;

/** Without the channel or its secret every receipt is unknown. */
export function createReceiptTaker(
  configuration: Pick<Configuration, 'gatewaySecret' | 'gatewayReceipts' | 'messageTimeoutMs'>,
  channels: ReadonlySet<string>,
  clock: Pick<Clock, 'sleep'>,
  receive: (channel: string, receipt: Receipt) => Promise<boolean>,
): TakeReceipt {
  const { gatewaySecret, gatewayReceipts, messageTimeoutMs } = configuration;
  if (gatewaySecret === undefined || !channels.has(CHANNEL)) return async () => 'unknown';
  const isSigned = createWebhookVerifier(gatewaySecret, TOLERANCE_MS);
  const { reference = '', state = '', reason = '', delivered = '', failed = '' } = gatewayReceipts;
  const listed = (text: string) => text.split(',').map((value) => value.trim());
  const fields = { reference, state, reason, delivered: listed(delivered), failed: listed(failed) };

  async function isKept(receipt: Receipt): Promise<boolean> {
    const kept = new AbortController();
    const overdue = clock.sleep(messageTimeoutMs, kept.signal).then(() => false);
    return Promise.race([receive(CHANNEL, receipt), overdue]).finally(() => kept.abort());
  }

  return async (channel, { body, header }, nowMs) => {
    if (channel !== CHANNEL) return 'unknown';
    const signed = {
      timestamp: header(WEBHOOK_TIMESTAMP_HEADER),
      signature: header(WEBHOOK_SIGNATURE_HEADER),
    };
    if (!isSigned(signed, body, nowMs)) return 'unsigned';
    const receipt = readReceipt(body, fields);
    return receipt === undefined || (await isKept(receipt)) ? 'taken' : 'not_kept';
  };
}
