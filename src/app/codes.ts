// One-time codes put together: their file, what is written to contacts, the channels that carry it.

import { readFileSync } from 'node:fs';
import { createMessageOutbox } from '../channels/outbox/create-message-outbox.ts';
import { deriveKey } from '../codecs/key-derivation.ts';
import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import { createMessageBoxes } from '../core/message-boxes.ts';
import { createDispatcher } from '../core/message-dispatcher.ts';
import { createMessageFollower } from '../core/message-follower.ts';
import { createMessageTexts } from '../core/message-texts.ts';
import { startNoticeSender } from '../core/status-notices.ts';
import { createVerificationDesk } from '../core/verification-desk.ts';
import { createVerificationOffice } from '../core/verification-office.ts';
import { createWebhookDesk, type WebhookDesk } from '../core/webhook-desk.ts';
import type { Contact } from '../domain/contact.ts';
import type { MessageHealth } from '../management/operator-messages.ts';
import { createTransport } from '../outbound/create-transport.ts';
import type { Clock } from '../ports/clock.ts';
import type { CodeStore, SendRules } from '../ports/code-store.ts';
import type { Message } from '../ports/message-channel.ts';
import type { Random } from '../ports/random.ts';
import type { Source } from '../ports/source.ts';
import type { Verifications } from '../ports/verifications.ts';
import { openCodes } from '../storage/sqlite/codes/open-codes.ts';
import { findRequests } from '../storage/sqlite/ledger/find-requests.ts';
import { openChannels } from './code-channels.ts';
import { createReceiptTaker, type TakeReceipt } from './gateway-receipts.ts';

export interface CodeOfficeOptions {
  readonly paths: DataPaths;
  readonly configuration: Configuration;
  readonly master: Buffer;
  readonly clock: Clock;
  readonly random: Random;
  readonly source: Source;
  /** Writes to the terminal, never to a log. */
  readonly print: (text: string) => void;
  readonly onRefusal: (guard: string, country: string) => void;
  /** `reason` is a code, empty when the channel came up. */
  readonly onChannel: (channel: string, isUp: boolean, reason: string) => void;
  readonly onStep: (channel: string, state: string) => void;
  readonly onNoticesDropped: (count: number) => void;
  /** Told with a reason that names nobody. */
  readonly onError: (reason: string) => void;
}

export interface CodeOffice {
  readonly verifications: Verifications;
  readonly webhooks: WebhookDesk;
  /** What the outbox of development still holds of a verification; undefined where no channel is the outbox. */
  readonly findShown: ((id: string) => Message | undefined) | undefined;
  health(): Promise<MessageHealth>;
  readonly takeReceipt: TakeReceipt;
  close(): Promise<void>;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const NOTICE_POLL_MS = 1000;
/** With a thousand rows of a kind each, more than this server can send. */
const SWEEP_EVERY_MS = 400;
/** Shorter than gateways keep a connection. */
const GATEWAY_IDLE_MS = 4000;
const ACCOUNTS_REMEMBERED = 10_000;

/** Throws Error when the settings do not fit together. The ledger's file must be there. */
export async function openCodeOffice(options: CodeOfficeOptions): Promise<CodeOffice> {
  const { paths, configuration, master, onError } = options;
  const order = createOrder(configuration);
  let wakeNotices = (): void => {};
  let dropped = 0;
  const store = await openCodes({
    path: paths.codes,
    rules: rulesOf(configuration),
    codeKey: deriveKey(master, 'code-hash'),
    queueMax: configuration.verifyQueueMax,
    readsMax: configuration.verifyReadsMax,
    onError,
    onNoted: () => wakeNotices(),
    onNoticesDropped(count) {
      dropped += count;
      options.onNoticesDropped(count);
    },
  });
  try {
    const noted: Noted = {
      tell(wake) {
        wakeNotices = wake;
      },
      dropped: () => dropped,
    };
    return await assemble(options, store, order, noted);
  } catch (error) {
    // Its thread would keep the process from ending.
    await store.close();
    throw error;
  }
}

/** What the store says of notices. */
interface Noted {
  /** Told when there are new ones. */
  tell(wake: () => void): void;
  /** Since the start. */
  dropped(): number;
}

async function assemble(
  options: CodeOfficeOptions,
  store: CodeStore,
  order: Order,
  noted: Noted,
): Promise<CodeOffice> {
  const { paths, configuration, master, clock, random, onError } = options;
  const outbox = createMessageOutbox({ keepMax: configuration.outboxKept, print: options.print });
  const boxes = createMessageBoxes(deriveKey(master, 'messages'), random);
  const texts = createMessageTexts(store, ACCOUNTS_REMEMBERED);
  const follower = createMessageFollower({
    store,
    boxes,
    clock,
    sweepEveryMs: SWEEP_EVERY_MS,
    findRecorded: async (ids, sinceMs) => findRequests(paths.ledger, ids, sinceMs),
    onStep: ({ channel, deliveryState }) => options.onStep(channel, deliveryState),
    onError,
  });
  const transport = createTransport({
    clock,
    permittedNetworks: configuration.webhookNetworks,
    ca: configuration.webhookCa === undefined ? undefined : readFileSync(configuration.webhookCa, 'utf8'),
    connectionsMax: configuration.gatewayConnections,
    idleMs: GATEWAY_IDLE_MS,
  });
  const channels = await openChannels(order.names, {
    configuration,
    clock,
    random,
    transport,
    outbox,
    onReceipt: follower.receive,
    onChange: options.onChannel,
  });
  const dispatcher = createDispatcher({
    channels,
    clock,
    random,
    queueMax: configuration.messageQueueMax,
    atOnce: configuration.messagesAtOnce,
    timeoutMs: configuration.messageTimeoutMs,
    attemptsMax: configuration.messageAttempts,
    retryBaseMs: configuration.messageRetryBaseMs,
    retriesPerMinute: configuration.messageRetriesPerMinute,
    onDone: (id, state) => follower.done(id, state),
  });
  const desk = createVerificationDesk({
    store,
    dispatcher,
    boxes,
    texts,
    source: configuration.verifyDeadLines === 'refuse' ? options.source : undefined,
    random,
    lookupKey: deriveKey(master, 'contact-lookup'),
    codeLength: configuration.verifyCodeLength,
    codeAlphabet: configuration.verifyCodeAlphabet,
    codeLifetimeMs: configuration.verifyCodeSeconds * SECOND_MS,
    countries: new Set(
      configuration.verifyCountries.length === 0 ? [configuration.region] : configuration.verifyCountries,
    ),
    channelsFor: order.channelsFor,
    costOf: createCosts(configuration.messageCosts),
    onRefusal: options.onRefusal,
  });
  const webhooks = createWebhookDesk(store, deriveKey(master, 'webhook-secret'), random);
  const notices = startNoticeSender({
    queue: {
      due: store.dueNotices,
      done: store.noticeDone,
      retryLater: store.retryNoticeLater,
      dropExpired: store.dropExpiredNotices,
    },
    receivers: webhooks,
    transport,
    clock,
    random,
    atOnce: configuration.noticesAtOnce,
    atOncePerAccount: configuration.noticesAtOncePerAccount,
    timeoutMs: configuration.noticeTimeoutMs,
    attemptsMax: configuration.noticeAttempts,
    retryBaseMs: configuration.noticeRetryBaseMs,
    retryMaxMs: configuration.noticeRetryMaxMs,
    retriesPerHour: configuration.noticeRetriesPerHour,
    pollMs: NOTICE_POLL_MS,
    onDefect: (error) => onError(error instanceof Error ? error.message : String(error)),
  });
  noted.tell(notices.wake);
  await follower.recover(dispatcher);
  follower.start();

  return {
    verifications: { ...desk, ...createVerificationOffice({ store, boxes, texts }) },
    webhooks,
    findShown: order.names.has(outbox.name) ? outbox.find : undefined,
    health: async () => ({
      channels: channels.map((channel) => ({
        ...{ name: channel.name, kinds: channel.kinds, isUp: channel.isUp() },
      })),
      queue: dispatcher.statistics(),
      notices: { ...notices.statistics(), dropped: noted.dropped() },
      codes: await store.statistics(),
    }),
    takeReceipt: createReceiptTaker(configuration, order.names, clock, follower.receive),
    async close() {
      follower.close();
      await dispatcher.close();
      await notices.close();
      transport.close();
      await store.close();
    },
  };
}

function rulesOf(configuration: Configuration): SendRules {
  const {
    recipient = 0,
    prefix = 0,
    country = 0,
    account = 0,
    address = 0,
    user = 0,
  } = configuration.verifyLimits;
  return {
    windowMs: configuration.verifyWindowMinutes * MINUTE_MS,
    limits: {
      recipientTotal: configuration.verifyRecipientMax,
      recipient,
      prefix,
      country,
      account,
      address,
      user,
    },
    breakerSends: configuration.verifyBreakerSends,
    breakerMinPercent: configuration.verifyBreakerPercent,
    // Nobody enters a code that is over.
    breakerGraceMs: Math.min(configuration.verifyBreakerSeconds, configuration.verifyCodeSeconds) * SECOND_MS,
    breakerBlockMs: configuration.verifyBreakerMinutes * MINUTE_MS,
    resendBaseMs: configuration.verifyResendSeconds * SECOND_MS,
    resendMaxMs: configuration.verifyResendMaxSeconds * SECOND_MS,
    attemptsMax: configuration.verifyAttempts,
    // A code never outlives the attempts at it.
    attemptWindowMs: Math.max(
      configuration.verifyAttemptMinutes * MINUTE_MS,
      configuration.verifyCodeSeconds * SECOND_MS,
    ),
    checksKeptMs: configuration.keptAnswersMs,
    keepMs: configuration.verifyKeepDays * DAY_MS,
    refusalsMax: configuration.verifyRefusalsMax,
    noticesMax: configuration.noticesMax,
    noticeLifetimeMs: configuration.noticeHours * HOUR_MS,
  };
}

type Order = ReturnType<typeof createOrder>;

function createOrder({ codeChannels }: Configuration) {
  const rows = new Map(
    Object.entries(codeChannels).map(([row, names]) => [row, names.split(',').map((name) => name.trim())]),
  );
  const channelsFor = ({ kind, country }: Contact): readonly string[] =>
    rows.get(`${kind}.${country}`) ?? rows.get(kind) ?? [];
  return { channelsFor, names: new Set([...rows.values()].flat()) };
}

function createCosts(costs: Readonly<Record<string, number>>): (contact: Contact) => number {
  return ({ kind, country }) => (kind === 'email' ? costs.email : costs[country]) ?? costs.default ?? 0;
}
