// Times in the management calls: ISO 8601 with an offset.

import { ManagementError } from './route.ts';

export function timeText(timeMs: number | undefined): string | null {
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}

/** A time to come, with its offset. */
export function futureIn(text: unknown, nowMs: number, field: string): number {
  const pattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)$/;
  const timeMs = pattern.test(String(text)) ? Date.parse(String(text)) : Number.NaN;
  if (!(timeMs > nowMs)) throw new ManagementError('bad_request', `${field} must be a time to come.`);
  return timeMs;
}
