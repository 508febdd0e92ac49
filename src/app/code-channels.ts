// The channels that the configuration names, each made of its options; what belongs to others is not even loaded.

import { readFileSync } from 'node:fs';
import type { MessageOutbox } from '../channels/outbox/create-message-outbox.ts';
import { createWebhook } from '../channels/webhook/create-webhook.ts';
import type { Configuration } from '../config/options.ts';
import type { Clock } from '../ports/clock.ts';
import type { MessageChannel, Receipt } from '../ports/message-channel.ts';
import type { Random } from '../ports/random.ts';
import type { Transport } from '../ports/transport.ts';
import { smtpServerOf } from './smtp-server.ts';

export interface ChannelsOptions {
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  readonly transport: Transport;
  readonly outbox: MessageOutbox;
  readonly onReceipt: (channel: string, receipt: Receipt) => Promise<boolean>;
  /** `reason` is a code, empty when the channel came up. */
  readonly onChange: (channel: string, isUp: boolean, reason: string) => void;
}

const ENQUIRE_TIMEOUT_MS = 10_000;
const PAUSE_BASE_MS = 500;
const PAUSE_MAX_MS = 30_000;
const LONG_MESSAGES_MAX = 10_000;
const DOWN_MS = 5000;

const MAKERS = {
  outbox: async ({ outbox }) => outbox,
  smpp: openSmpp,
  smtp: openSmtp,
  webhook: openGateway,
} satisfies Record<string, (options: ChannelsOptions) => Promise<MessageChannel>>;

/** Rejects with Error when the settings of a named channel do not fit together. */
export function openChannels(
  names: ReadonlySet<string>,
  options: ChannelsOptions,
): Promise<MessageChannel[]> {
  const named = Object.entries(MAKERS).filter(([name]) => names.has(name));
  return Promise.all(named.map(([, open]) => open(options)));
}

async function openSmpp(options: ChannelsOptions): Promise<MessageChannel> {
  const { configuration, clock, random, onReceipt, onChange } = options;
  const { smppSource, smppPassword, smppCa, smppPacking, smppMessageIds } = configuration;
  if (smppSource === '')
    throw new Error('code-channels names smpp: set smpp-source, who text messages come from');
  if (smppPassword === undefined) throw new Error('code-channels names smpp: set smpp-password');
  const ca = smppCa === undefined ? undefined : readFileSync(smppCa, 'utf8');
  const { createSmpp } = await import('../channels/smpp/create-smpp.ts');
  return createSmpp({
    name: 'smpp',
    host: configuration.smppHost,
    port: configuration.smppPort,
    tls: configuration.smppSecurity === 'none' ? undefined : { ca },
    systemId: configuration.smppSystemId,
    password: smppPassword,
    systemType: configuration.smppSystemType,
    source: { address: smppSource, ton: configuration.smppSourceTon, npi: configuration.smppSourceNpi },
    packing: smppPacking === 'packed' ? 'packed' : 'unpacked',
    messageIds:
      smppMessageIds === 'hex_then_decimal' || smppMessageIds === 'decimal_then_hex'
        ? smppMessageIds
        : 'same',
    segmentsMax: configuration.smppSegmentsMax,
    longMessagesMax: LONG_MESSAGES_MAX,
    windowMax: configuration.smppWindow,
    perSecond: configuration.smppPerSecond,
    waitingMax: configuration.messageQueueMax,
    pauseBaseMs: PAUSE_BASE_MS,
    pauseMaxMs: PAUSE_MAX_MS,
    bindTimeoutMs: configuration.smppBindTimeoutMs,
    enquireIntervalMs: configuration.smppEnquireMs,
    enquireTimeoutMs: ENQUIRE_TIMEOUT_MS,
    retryBaseMs: configuration.smppRetryBaseMs,
    retryMaxMs: configuration.smppRetryMaxMs,
    clock,
    random,
    onReceipt: (receipt) => onReceipt('smpp', receipt),
    onChange: (isUp, reason) => onChange('smpp', isUp, reason),
  });
}

async function openSmtp({ configuration, clock }: ChannelsOptions): Promise<MessageChannel> {
  const { createSmtpMessages } = await import('../channels/smtp/create-smtp-messages.ts');
  return createSmtpMessages({
    ...smtpServerOf(configuration),
    name: 'smtp',
    timeoutMs: configuration.messageTimeoutMs,
    sendingMax: configuration.messageQueueMax,
    clock,
  });
}

async function openGateway({ configuration, clock, transport }: ChannelsOptions): Promise<MessageChannel> {
  const { gatewayUrl, gatewayMethod, gatewayVerdict } = configuration;
  const { path = '', accepted = '', retryable = '' } = gatewayVerdict;
  if (gatewayUrl === undefined) throw new Error('code-channels names webhook: set gateway-url');
  return createWebhook({
    name: 'webhook',
    kinds: ['phone', 'email'],
    transport,
    clock,
    method: gatewayMethod === 'GET' || gatewayMethod === 'PUT' ? gatewayMethod : 'POST',
    url: gatewayUrl,
    headers: configuration.gatewayHeaders,
    body: configuration.gatewayBody,
    bodyKind: configuration.gatewayBodyKind === 'form' ? 'form' : 'json',
    secret: configuration.gatewaySecret,
    answer: {
      successStatuses: configuration.gatewayStatuses,
      retryableStatuses: configuration.gatewayRetryable,
      uncertainStatuses: configuration.gatewayUncertain,
      referencePath: configuration.gatewayReference,
      verdict:
        path === '' ? undefined : { path, accepted: valuesOf(accepted), retryable: valuesOf(retryable) },
    },
    timeoutMs: configuration.messageTimeoutMs,
    downMs: DOWN_MS,
  });
}

function valuesOf(list: string): string[] {
  return list
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}
