// An SMPP channel for tests, with a clock that the test moves and short names for its waits.

import { createSmpp, type SmppOptions } from '../../src/channels/smpp/create-smpp.ts';
import type { Message, MessageChannel, Receipt } from '../../src/ports/message-channel.ts';
import { systemRandom } from '../../src/runtime/system-random.ts';
import { NOW_MS } from './accounts.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

/** Each wait has a length of its own, so that tests recognise it. */
export const WAITS = {
  bindTimeoutMs: 10_001,
  enquireIntervalMs: 30_002,
  enquireTimeoutMs: 5003,
  retryBaseMs: 1000,
  retryMaxMs: 60_000,
} as const;

export const MESSAGE: Message = {
  id: '00000000-0000-4000-8000-000000000001',
  kind: 'phone',
  to: '+8613800138000',
  subject: '',
  text: 'Your code is 493817.',
  language: 'en',
  expiresMs: NOW_MS + 300_000,
};

export interface OpenedChannel {
  readonly channel: MessageChannel;
  readonly clock: ManualClock & { whenRetrying(): Promise<void> };
  readonly receipts: readonly Receipt[];
  /** 'bound', or the reason why not. */
  readonly changes: readonly string[];
}

export function openChannel(
  test: { after(end: () => Promise<void>): void },
  port: number,
  more: Partial<SmppOptions> = {},
): OpenedChannel {
  const clock = createManualClock();
  const receipts: Receipt[] = [];
  const changes: string[] = [];
  const channel = createSmpp({
    ...WAITS,
    name: 'smpp',
    host: '127.0.0.1',
    port,
    tls: undefined,
    systemId: 'lineproof',
    password: 'secret',
    systemType: 'otp',
    source: { address: 'Lineproof', ton: 5, npi: 0 },
    packing: 'unpacked',
    messageIds: 'same',
    segmentsMax: 10,
    longMessagesMax: 100,
    windowMax: 10,
    perSecond: Number.POSITIVE_INFINITY,
    waitingMax: 100,
    pauseBaseMs: 1004,
    pauseMaxMs: 30_000,
    clock,
    // Chance that gives the longest wait but for a rounding.
    random: { ...systemRandom, bytes: (length) => Buffer.alloc(length, 0xff) },
    async onReceipt(receipt) {
      receipts.push(receipt);
      return true;
    },
    onChange: (isBound, reason) => changes.push(isBound ? 'bound' : reason),
    ...more,
  });
  test.after(() => channel.close());
  return {
    channel,
    clock: { ...clock, whenRetrying: () => clock.whenAsleep(WAITS.retryBaseMs) },
    receipts,
    changes,
  };
}
