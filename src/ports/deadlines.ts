// The deadlines of what runs, watched by one sleep for all: a timer for each request would cost as much as half the request.

import type { Clock } from './clock.ts';
import { createPlaces } from './places.ts';

export interface Deadline {
  readonly dueMs: number;
  readonly onDue: () => void;
  readonly place: number;
}

export interface Deadlines {
  add(afterMs: number, onDue: () => void): Deadline;
  /** Of one that is no longer waited for. */
  remove(deadline: Deadline): void;
  close(): void;
}

interface Waiting extends Omit<Deadline, 'place'> {
  place: number;
}

export function createDeadlines(clock: Clock): Deadlines {
  const waiting = createPlaces<Waiting>();
  let sleeping: { readonly untilMs: number; readonly end: AbortController } | undefined;

  /** Sleeps on though what it sleeps for may be over: it looks again when it wakes. */
  function sleepUntil(untilMs: number): void {
    sleeping?.end.abort();
    const current = { untilMs, end: new AbortController() };
    sleeping = current;
    clock.sleep(Math.max(untilMs - clock.nowMs(), 0), current.end.signal).then(
      () => {
        if (sleeping === current) wake();
      },
      () => {},
    );
  }

  function wake(): void {
    sleeping = undefined;
    const nowMs = clock.nowMs();
    for (const deadline of waiting.all()) {
      // One that was due may have ended it.
      if (deadline.dueMs > nowMs || waiting.at(deadline.place) !== deadline) continue;
      waiting.take(deadline.place);
      deadline.onDue();
    }
    // Those too that were added by one that was due.
    const nextMs = waiting.all().reduce((next, { dueMs }) => Math.min(next, dueMs), Number.POSITIVE_INFINITY);
    if (nextMs < Number.POSITIVE_INFINITY) sleepUntil(nextMs);
  }

  return {
    add(afterMs, onDue) {
      const deadline: Waiting = { dueMs: clock.nowMs() + afterMs, onDue, place: -1 };
      deadline.place = waiting.put(deadline);
      if (sleeping === undefined || deadline.dueMs < sleeping.untilMs) sleepUntil(deadline.dueMs);
      return deadline;
    },
    remove(deadline) {
      if (waiting.at(deadline.place) === deadline) waiting.take(deadline.place);
    },
    close() {
      for (const { place } of waiting.all()) waiting.take(place);
      sleeping?.end.abort();
      sleeping = undefined;
    },
  };
}
