// What can end a request before its answer: its deadline, its caller, or the transport that is closed.

import type { Deadlines } from '../ports/deadlines.ts';
import { TransportError } from '../ports/transport.ts';

export type StopReason = 'timeout' | 'aborted' | 'closed';

export interface Stop {
  /** Calls the listener, of which there is one at a time, when the request has to end; at once when it had to already. */
  watch(listener: (reason: StopReason) => void): void;
  stop(reason: StopReason): void;
  /** The request is over: nothing is waited for any more. */
  release(): void;
}

export function createStop(deadlines: Deadlines, timeoutMs: number, signal: AbortSignal): Stop {
  let isOver = false;
  let reason: StopReason | undefined;
  let listener: ((reason: StopReason) => void) | undefined;

  function stop(why: StopReason): void {
    if (reason !== undefined || isOver) return;
    reason = why;
    listener?.(why);
  }

  const onAbort = (): void => stop('aborted');
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  const deadline = deadlines.add(timeoutMs, () => stop('timeout'));
  return {
    watch(next) {
      listener = next;
      if (reason !== undefined) next(reason);
    },
    stop,
    release() {
      isOver = true;
      signal.removeEventListener('abort', onAbort);
      deadlines.remove(deadline);
    },
  };
}

/** The promise's value; throws TransportError 'unreachable' when the request has to end before. For what sends nothing. */
export function orStop<Value>(promise: Promise<Value>, stop: Stop): Promise<Value> {
  return new Promise((resolve, reject) => {
    stop.watch((reason) => reject(new TransportError('unreachable', reason)));
    promise.then(resolve, reject);
  });
}
