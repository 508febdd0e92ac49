// The sender in front of a mail channel: a bounded queue, some deliveries at once, a deadline for each mail, retries with
// jitter out of a common budget. Callers never wait for it.

import { backOffMs, createRetryBudget } from '../domain/retry-budget.ts';
import { ChannelError, type Mail, type MailChannel, type Mailer } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';

export interface MailQueueOptions {
  readonly channel: MailChannel;
  readonly clock: Clock;
  readonly random: Random;
  readonly queueMax: number;
  readonly atOnce: number;
  /** Of one attempt. */
  readonly timeoutMs: number;
  /** A mail that has not left by then is worth nothing any more. */
  readonly lifetimeMs: number;
  readonly attemptsMax: number;
  readonly retryBaseMs: number;
  /** Retries of all mails together in a minute: a station that is down is not stormed. */
  readonly retriesPerMinute: number;
  /** Told once for each mail that is given up, with a code that names nobody. */
  readonly onFailure: (reason: string) => void;
}

export interface MailStatistics {
  readonly waiting: number;
  readonly delivered: number;
  readonly failed: number;
  readonly dropped: number;
}

export interface MailQueue extends Mailer {
  statistics(): MailStatistics;
  /** Resolves when nothing waits or runs. */
  idle(): Promise<void>;
  /** Gives up what waits for a retry, lets what is being handed over end, and closes the channel. */
  close(): Promise<void>;
}

interface Item {
  readonly mail: Mail;
  readonly isDecoy: boolean;
  readonly untilMs: number;
}

export function createMailQueue(options: MailQueueOptions): MailQueue {
  const { channel, clock, random, queueMax, atOnce, onFailure } = options;
  const queue: Item[] = [];
  const closing = new AbortController();
  const watchers: (() => void)[] = [];
  const counts = { delivered: 0, failed: 0, dropped: 0 };
  let running = 0;
  const mayRetry = createRetryBudget(options.retriesPerMinute);

  async function attempt(mail: Mail): Promise<void> {
    const ended = new AbortController();
    const late = clock.sleep(options.timeoutMs, ended.signal).then(() => {
      throw new ChannelError('timeout', true);
    });
    try {
      await Promise.race([channel.deliver(mail, ended.signal), late]);
    } finally {
      late.catch(() => {});
      ended.abort();
    }
  }

  function waitBefore(retry: number): number {
    return backOffMs(options.retryBaseMs, retry, random.bytes(4).readUInt32BE() / 2 ** 32);
  }

  async function deliver({ mail, isDecoy, untilMs }: Item): Promise<string | undefined> {
    if (isDecoy) return undefined;
    for (let tries = 1; ; tries += 1) {
      if (clock.nowMs() >= untilMs) return 'too_late';
      try {
        await attempt(mail);
        counts.delivered += 1;
        return undefined;
      } catch (error) {
        // Anything else is a defect of the channel, whose text may name the person.
        const { reason, retryable } =
          error instanceof ChannelError ? error : { reason: 'defect', retryable: false };
        if (!retryable || tries >= options.attemptsMax || !mayRetry(clock.nowMs())) return reason;
        const waited = clock.sleep(waitBefore(tries), closing.signal).then(
          () => true,
          () => false,
        );
        if (!(await waited)) return reason;
      }
    }
  }

  async function work(): Promise<void> {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      const reason = closing.signal.aborted ? 'stopped' : await deliver(item);
      if (reason !== undefined) {
        counts.failed += 1;
        onFailure(reason);
      }
    }
    running -= 1;
    if (running === 0) for (const watcher of watchers.splice(0)) watcher();
  }

  function idle(): Promise<void> {
    return running === 0 ? Promise.resolve() : new Promise((resolve) => watchers.push(resolve));
  }

  return {
    hasRoom: () => queue.length < queueMax && !closing.signal.aborted,
    post(mail, kind) {
      if (queue.length >= queueMax || closing.signal.aborted) {
        counts.dropped += 1;
        return;
      }
      queue.push({ mail, isDecoy: kind === 'decoy', untilMs: clock.nowMs() + options.lifetimeMs });
      if (running >= atOnce) return;
      running += 1;
      // In a turn of its own: the caller's answer does not wait for the first step of a delivery.
      setImmediate(() => void work());
    },
    statistics: () => ({ waiting: queue.length, ...counts }),
    idle,
    async close() {
      closing.abort();
      await idle();
      channel.close();
    },
  };
}
