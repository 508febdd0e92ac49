// How fast submits may follow one another: a window of those that are unanswered, a rate, and pauses that the message centre
// asks for, which double for as long as it goes on asking.

import { ChannelError } from '../../ports/channel.ts';
import type { Clock } from '../../ports/clock.ts';

export interface TurnstileOptions {
  /** Submits without a response at once. */
  readonly windowMax: number;
  readonly perSecond: number;
  /** Messages that may wait for their turn. */
  readonly waitingMax: number;
  readonly pauseBaseMs: number;
  readonly pauseMaxMs: number;
  readonly clock: Clock;
}

export interface Turnstile {
  /** Resolves when it is this message's turn, with what to call when it is answered. Throws ChannelError: nothing was sent. */
  enter(signal: AbortSignal): Promise<() => void>;
  slowDown(): void;
  speedUp(): void;
}

export function createTurnstile(options: TurnstileOptions): Turnstile {
  const { clock, windowMax, waitingMax, pauseBaseMs, pauseMaxMs } = options;
  const gapMs = 1000 / options.perSecond;
  const queue = new Set<() => void>();
  let inside = 0;
  let nextMs = 0;
  let pausedUntilMs = 0;
  let pauseMs = pauseBaseMs;

  function leave(): void {
    inside -= 1;
    const [next] = queue;
    if (next === undefined) return;
    queue.delete(next);
    inside += 1;
    next();
  }

  function waitForRoom(signal: AbortSignal): Promise<void> {
    if (inside < windowMax) {
      inside += 1;
      return Promise.resolve();
    }
    if (queue.size >= waitingMax) return Promise.reject(new ChannelError('busy', true));
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        queue.delete(enter);
        reject(new ChannelError('window', true));
      };
      queue.add(enter);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Nobody overtakes: each takes the next free moment and sleeps until then, and longer if a pause begins meanwhile. */
  async function waitForMoment(signal: AbortSignal): Promise<void> {
    const ownMs = Math.max(nextMs, clock.nowMs());
    nextMs = ownMs + gapMs;
    for (;;) {
      const waitMs = Math.max(ownMs, pausedUntilMs) - clock.nowMs();
      if (waitMs <= 0) return;
      await clock.sleep(waitMs, signal);
    }
  }

  return {
    async enter(signal) {
      if (signal.aborted) throw new ChannelError('timeout', true);
      await waitForRoom(signal);
      try {
        await waitForMoment(signal);
      } catch {
        leave();
        throw new ChannelError(clock.nowMs() < pausedUntilMs ? 'throttled' : 'rate', true);
      }
      let hasLeft = false;
      return () => {
        if (!hasLeft) leave();
        hasLeft = true;
      };
    },
    slowDown() {
      // Answers to what was sent before the pause began ask for nothing more.
      if (clock.nowMs() < pausedUntilMs) return;
      pausedUntilMs = clock.nowMs() + pauseMs;
      nextMs = Math.max(nextMs, pausedUntilMs);
      pauseMs = Math.min(pauseMs * 2, pauseMaxMs);
    },
    speedUp() {
      if (clock.nowMs() >= pausedUntilMs) pauseMs = pauseBaseMs;
    },
  };
}
