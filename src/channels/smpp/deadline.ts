// Deadlines by the injected clock.

import type { Clock } from '../../ports/clock.ts';

/** Calls once that much time has passed, unless the returned function was called before. */
export function startDeadline(clock: Clock, delayMs: number, onLate: () => void): () => void {
  const over = new AbortController();
  clock.sleep(delayMs, over.signal).then(
    () => {
      if (!over.signal.aborted) onLate();
    },
    () => {},
  );
  return () => over.abort();
}
