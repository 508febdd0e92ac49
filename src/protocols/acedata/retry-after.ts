// When a refused caller may come again, in whole seconds: what the fault says, or the next day where a day's limit is
// reached.

import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { Fault } from '../../domain/fault.ts';

export type DateOf = (unixMs: number) => CalendarDate;

const DAY_MS = 86_400_000;

export function retryAfterSeconds({ code, detail }: Fault, nowMs: number, dateOf: DateOf): number {
  const waitMs = code === 'daily_limit_reached' ? msToNextDay(nowMs, dateOf) : (detail.retryAfterMs ?? 1000);
  return Math.max(1, Math.ceil(waitMs / 1000));
}

/** By halving: days of 23 and 25 hours exist. */
function msToNextDay(nowMs: number, dateOf: DateOf): number {
  const today = dateOf(nowMs);
  let same = nowMs;
  let later = nowMs + 2 * DAY_MS;
  while (later - same > 1) {
    const middle = Math.floor((same + later) / 2);
    if (dateOf(middle) === today) same = middle;
    else later = middle;
  }
  return later - nowMs;
}
