// Times in the management calls: ISO 8601 with an offset.

import { ManagementError } from './route.ts';

export function timeText(timeMs: number | undefined): string | null {
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** With its offset; throws bad_request. In an address an unescaped plus arrives as a space. */
export function timeIn(text: unknown, field: string): number {
  const written = String(text).replace(' ', '+');
  const timeMs = TIME.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(timeMs))
    throw new ManagementError('bad_request', `${field} must be a time like 2026-11-21T08:00:00Z.`);
  return timeMs;
}

/** A time to come, with its offset. */
export function futureIn(text: unknown, nowMs: number, field: string): number {
  const timeMs = TIME.test(String(text)) ? Date.parse(String(text)) : Number.NaN;
  if (!(timeMs > nowMs)) throw new ManagementError('bad_request', `${field} must be a time to come.`);
  return timeMs;
}
