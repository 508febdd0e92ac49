// Follows messages: keeps what channels say of them, takes up after a start what an earlier run left behind, and ends what is
// over.

import type { Clock } from '../ports/clock.ts';
import type { CodeStore, VerificationStep, WaitingMessage } from '../ports/code-store.ts';
import type { Message, Receipt } from '../ports/message-channel.ts';
import { createPlaces } from '../ports/places.ts';
import type { MessageBoxes } from './message-boxes.ts';
import type { Dispatcher, HandedOverState } from './message-dispatcher.ts';

export interface FollowerOptions {
  readonly store: CodeStore;
  readonly boxes: MessageBoxes;
  readonly clock: Clock;
  readonly sweepEveryMs: number;
  /** Which of these requests are recorded in the ledger; asked once, after a start. */
  readonly findRecorded: (requestIds: ReadonlySet<string>, sinceMs: number) => Promise<ReadonlySet<string>>;
  /** Told of each step that was kept. */
  readonly onStep: (verification: VerificationStep) => void;
  /** Why something could not be kept, without personal data. */
  readonly onError: (reason: string) => void;
}

export interface MessageFollower {
  done(id: string, state: HandedOverState): void;
  /** Resolves when it is kept, or nobody waits for it; with false where it could not be kept. Never rejects. */
  receive(channel: string, receipt: Receipt): Promise<boolean>;
  /** Takes up what an earlier run left behind. */
  recover(dispatcher: Dispatcher): Promise<void>;
  /** Ends what is over, now and then. */
  start(): void;
  close(): void;
}

/** Receipts that came before their message was known to be sent. */
const EARLY_MAX = 1000;
const EARLY_MS = 10_000;

export function createMessageFollower(options: FollowerOptions): MessageFollower {
  const { store, boxes, clock, onStep } = options;
  const early = new Map<string, { readonly receipt: Receipt; readonly untilMs: number }>();
  /** Messages that were handed over, until that is kept. */
  const handedOver = createPlaces<Promise<void>>();
  const closing = new AbortController();

  /** 'failed': it could not be kept, which has been told. */
  function keep(
    work: Promise<VerificationStep | undefined>,
  ): Promise<VerificationStep | undefined | 'failed'> {
    return work.then(
      (step) => {
        if (step !== undefined) onStep(step);
        return step;
      },
      (error: unknown) => {
        options.onError(error instanceof Error ? error.message : String(error));
        return 'failed';
      },
    );
  }

  async function sent(id: string, state: Exclude<HandedOverState, { state: 'kept' }>): Promise<void> {
    const { channel, reason } = state;
    const reference = state.state === 'sent' && state.reference !== '' ? state.reference : undefined;
    const name = `${channel}\n${reference}`;
    // Begun together they are kept together: with the reference alone a crash would lose a receipt that was answered.
    const delivered = keep(
      store.deliver({ id, state: state.state, channel, reference, reason, nowMs: clock.nowMs() }),
    );
    await receiveEarly(channel, name);
    await delivered;
    // It may have come meanwhile.
    await receiveEarly(channel, name);
  }

  async function receiveEarly(channel: string, name: string): Promise<void> {
    const { receipt, untilMs = 0 } = early.get(name) ?? {};
    early.delete(name);
    if (receipt !== undefined && untilMs > clock.nowMs())
      await keep(store.receive(channel, receipt, clock.nowMs()));
  }

  async function take(waiting: WaitingMessage, isRecorded: boolean, dispatcher: Dispatcher): Promise<void> {
    const { id } = waiting;
    if (waiting.state === 'held' && !isRecorded) return store.drop(id, clock.nowMs());
    // The next sweep ends it.
    if (waiting.expiresMs <= clock.nowMs()) return undefined;
    if (waiting.resent) return giveUp(id, 'unconfirmed');
    const message = unseal(waiting);
    if (message === undefined) return giveUp(id, 'unreadable');
    // Only then: what still waits when the server dies again has not left a second time.
    const before = (): Promise<void> => store.markResent(id, true);
    dispatcher.dispatch({ message, channels: waiting.channels, before });
    return undefined;
  }

  async function giveUp(id: string, reason: string): Promise<void> {
    const nowMs = clock.nowMs();
    await keep(store.deliver({ id, state: 'failed', channel: '', reference: undefined, reason, nowMs }));
  }

  /** One box that is damaged must not keep the others from going out. */
  function unseal(waiting: WaitingMessage): Message | undefined {
    try {
      return boxes.open(waiting);
    } catch (error) {
      options.onError(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  async function sweep(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        for (const step of await store.sweep(clock.nowMs())) onStep(step);
      } catch (error) {
        options.onError(error instanceof Error ? error.message : String(error));
      }
      await clock.sleep(options.sweepEveryMs, closing.signal);
    }
  }

  return {
    done(id, state) {
      if (state.state === 'kept') store.markResent(id, false).catch(() => {});
      else {
        const place: number = handedOver.put(
          sent(id, state)
            .catch((error: unknown) => options.onError(String(error)))
            .then(() => void handedOver.take(place)),
        );
      }
    },
    async receive(channel, receipt) {
      const step = await keep(store.receive(channel, receipt, clock.nowMs()));
      if (step !== undefined) return step !== 'failed';
      const [oldest] = early.size >= EARLY_MAX ? early.keys() : [];
      if (oldest !== undefined) early.delete(oldest);
      // Stations use their references again: a receipt that was only late, or came twice, must not wait for the next one.
      early.set(`${channel}\n${receipt.reference}`, { receipt, untilMs: clock.nowMs() + EARLY_MS });
      // Its message may be among those whose hand-over is just being kept.
      await Promise.all(handedOver.all());
      return true;
    },
    async recover(dispatcher) {
      const waiting = await store.waiting();
      const held = waiting.filter(({ state }) => state === 'held');
      const sinceMs = Math.min(...held.map(({ createdMs }) => createdMs));
      const ids = new Set(held.map(({ requestId }) => requestId));
      const recorded = ids.size === 0 ? ids : await options.findRecorded(ids, sinceMs);
      for (const message of waiting) await take(message, recorded.has(message.requestId), dispatcher);
    },
    start: () => void sweep().catch(() => {}),
    close: () => closing.abort(),
  };
}
