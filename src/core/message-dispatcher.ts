// Hands messages to channels, some at once: each channel of the order in turn until one has certainly taken it over. What may have
// left is never handed over again, so that nobody gets two messages for one request.

import { backOffMs, createRetryBudget } from '../domain/retry-budget.ts';
import { ChannelError } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import { createDeadlines } from '../ports/deadlines.ts';
import type { Message, MessageChannel } from '../ports/message-channel.ts';
import type { Random } from '../ports/random.ts';

export interface Handover {
  readonly message: Message;
  /** Names in the order to try. */
  readonly channels: readonly string[];
  /** To be kept before any channel sees the message; when it rejects none does. */
  readonly before?: () => Promise<void>;
}

export type HandedOverState =
  /** `reference` is '' where no receipt will come. reason 'unconfirmed': nobody knows whether it was taken. */
  | { readonly state: 'sent'; readonly channel: string; readonly reference: string; readonly reason: string }
  | { readonly state: 'failed' | 'expired'; readonly channel: string; readonly reason: string }
  /** The server stops or cannot write, and the message surely has not left. */
  | { readonly state: 'kept' };

export interface DispatcherOptions {
  readonly channels: readonly MessageChannel[];
  readonly clock: Clock;
  readonly random: Random;
  readonly queueMax: number;
  readonly atOnce: number;
  /** Of one attempt at one channel. */
  readonly timeoutMs: number;
  readonly attemptsMax: number;
  readonly retryBaseMs: number;
  readonly retriesPerMinute: number;
  /** Told once for each message. */
  readonly onDone: (id: string, state: HandedOverState) => void;
}

export interface Dispatcher {
  hasRoom(): boolean;
  dispatch(handover: Handover): void;
  statistics(): { readonly waiting: number; readonly running: number };
  /** Resolves when nothing waits or runs. */
  idle(): Promise<void>;
  /** Keeps what waits, lets what is being handed over end, and closes the channels. */
  close(): Promise<void>;
}

interface Waiting {
  readonly handover: Handover;
  /** Rounds over the order, with the next one. */
  readonly tries: number;
}

interface Attempt {
  readonly taken: HandedOverState | undefined;
  readonly retryable: boolean;
  readonly channel: string;
  readonly reason: string;
}

/** What a channel may still take after its time is up to say how it stands. */
const ABORT_GRACE_MS = 1000;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { clock, random, queueMax, atOnce, onDone } = options;
  const channels = new Map(options.channels.map((channel) => [channel.name, channel]));
  const deadlines = createDeadlines(clock);
  const mayRetry = createRetryBudget(options.retriesPerMinute);
  const queue: Waiting[] = [];
  const closing = new AbortController();
  const watchers: (() => void)[] = [];
  const probing = new Set<MessageChannel>();
  let running = 0;
  /** Waiting for their next attempt: they hold no place among those at once. */
  let pausing = 0;

  async function hand(channel: MessageChannel, message: Message): Promise<Attempt> {
    const late = new AbortController();
    const overdue = Promise.withResolvers<never>();
    let deadline = deadlines.add(options.timeoutMs, () => {
      late.abort();
      const tooLate = (): void => overdue.reject(new ChannelError('timeout', false, true));
      deadline = deadlines.add(ABORT_GRACE_MS, tooLate);
    });
    const { name } = channel;
    try {
      const { reference } = await Promise.race([channel.send(message, late.signal), overdue.promise]);
      return {
        taken: { state: 'sent', channel: name, reference: textOf(reference), reason: '' },
        retryable: false,
        channel: name,
        reason: '',
      };
    } catch (error) {
      // Anything else is a defect of the channel, whose text may name the person, and who knows how far it came.
      const failure = error instanceof ChannelError ? error : new ChannelError('defect', false, true);
      const { reason, retryable, mayHaveLeft } = failure;
      const taken: HandedOverState | undefined = mayHaveLeft
        ? { state: 'sent', channel: name, reference: '', reason: 'unconfirmed' }
        : undefined;
      return { taken, retryable, channel: name, reason };
    } finally {
      deadlines.remove(deadline);
    }
  }

  /** Of a channel that is down one message at a time finds out whether it still is; the others go on without it. */
  async function offer(channel: MessageChannel, message: Message): Promise<Attempt | undefined> {
    if (channel.isUp()) return hand(channel, message);
    if (probing.has(channel)) return undefined;
    probing.add(channel);
    try {
      return await hand(channel, message);
    } finally {
      probing.delete(channel);
    }
  }

  /** One round over the order; the last failure where nobody took it, undefined where nobody was asked. */
  async function tryAll({ message, channels: order }: Handover): Promise<Attempt | undefined> {
    let failed: Attempt = { taken: undefined, retryable: false, channel: '', reason: 'no_channel' };
    let retryable = false;
    let passedOver = false;
    for (const name of order) {
      const channel = channels.get(name);
      if (channel === undefined || !channel.kinds.includes(message.kind)) continue;
      if (clock.nowMs() >= message.expiresMs) break;
      const attempt = await offer(channel, message);
      passedOver ||= attempt === undefined;
      if (attempt === undefined) continue;
      if (attempt.taken !== undefined) return attempt;
      failed = attempt;
      retryable ||= attempt.retryable;
    }
    return passedOver && failed.channel === ''
      ? undefined
      : { ...failed, retryable: retryable || passedOver };
  }

  async function deliver({ handover, tries }: Waiting): Promise<void> {
    const { id, expiresMs } = handover.message;
    if (closing.signal.aborted) return onDone(id, { state: 'kept' });
    if (clock.nowMs() >= expiresMs) return onDone(id, { state: 'expired', channel: '', reason: '' });
    if (!(await isNoted(handover, tries))) return onDone(id, { state: 'kept' });
    const attempt = await tryAll(handover);
    // Its time runs; its attempts do not.
    if (attempt === undefined) return pause(handover, tries, backOff(1));
    const { taken, retryable, channel, reason } = attempt;
    if (taken !== undefined) return onDone(id, taken);
    if (!retryable || tries >= options.attemptsMax || !mayRetry(clock.nowMs()))
      return onDone(id, { state: 'failed', channel, reason });
    pause(handover, tries + 1, backOff(tries));
  }

  function backOff(tries: number): number {
    return backOffMs(options.retryBaseMs, tries, random.bytes(4).readUInt32BE() / 2 ** 32);
  }

  function pause(handover: Handover, tries: number, waitMs: number): void {
    const { id, expiresMs } = handover.message;
    pausing += 1;
    clock.sleep(Math.min(waitMs, expiresMs - clock.nowMs()), closing.signal).then(
      () => {
        pausing -= 1;
        enqueue({ handover, tries });
      },
      () => {
        pausing -= 1;
        onDone(id, { state: 'kept' });
        tellWhenIdle();
      },
    );
  }

  function enqueue(waiting: Waiting): void {
    queue.push(waiting);
    if (running >= atOnce) return;
    running += 1;
    void work();
  }

  function tellWhenIdle(): void {
    if (running === 0 && pausing === 0) for (const watcher of watchers.splice(0)) watcher();
  }

  async function work(): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await deliver(next);
    running -= 1;
    tellWhenIdle();
  }

  function idle(): Promise<void> {
    return running === 0 && pausing === 0
      ? Promise.resolve()
      : new Promise((resolve) => watchers.push(resolve));
  }

  return {
    hasRoom: () => queue.length + pausing < queueMax && !closing.signal.aborted,
    dispatch: (handover) => enqueue({ handover, tries: 1 }),
    statistics: () => ({ waiting: queue.length + pausing, running }),
    idle,
    async close() {
      closing.abort();
      await idle();
      deadlines.close();
      // One that cannot end keeps no other one open.
      await Promise.allSettled([...channels.values()].map(async (channel) => channel.close()));
    },
  };
}

/** Once for each message, not for each of its rounds. */
async function isNoted({ before }: Handover, tries: number): Promise<boolean> {
  if (before === undefined || tries > 1) return true;
  return before().then(
    () => true,
    () => false,
  );
}

function textOf(reference: unknown): string {
  return typeof reference === 'string' ? reference : '';
}
