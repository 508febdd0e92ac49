import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCalendar } from '../../domain/calendar-date.ts';
import { Fault } from '../../domain/fault.ts';
import { retryAfterSeconds } from './retry-after.ts';

const DAILY = new Fault('daily_limit_reached');

test('a daily limit ends at midnight in the configured zone, on days of 23 and 25 hours too', () => {
  const cases: readonly (readonly [zone: string, at: string, seconds: number])[] = [
    ['Asia/Shanghai', '2026-11-21T04:00:00Z', 12 * 3600],
    ['Asia/Shanghai', '2026-11-21T15:59:59.500Z', 1],
    ['Asia/Shanghai', '2026-11-21T16:00:00Z', 86_400],
    ['Europe/Berlin', '2026-03-28T23:00:00Z', 23 * 3600],
    ['Europe/Berlin', '2026-10-24T22:00:00Z', 25 * 3600],
  ];
  for (const [zone, at, seconds] of cases)
    assert.equal(retryAfterSeconds(DAILY, Date.parse(at), createCalendar(zone)), seconds, `${zone} ${at}`);
});

test('a rate limit ends when its fault says so, in whole seconds and never at once', () => {
  const dateOf = createCalendar('UTC');
  const after = (retryAfterMs: number): number =>
    retryAfterSeconds(new Fault('rate_limited', { retryAfterMs }), 0, dateOf);
  assert.deepEqual([0, 1, 999, 1000, 1001].map(after), [1, 1, 1, 1, 2]);
  assert.equal(retryAfterSeconds(new Fault('rate_limited_global'), 0, dateOf), 1);
});
