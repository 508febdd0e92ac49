// Days begin where the calendar of their zone says.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCalendar, parseCalendarDate, startOfDayMs } from './calendar-date.ts';

test('a day begins at the first moment that the calendar counts to it, in every zone and when clocks are turned', () => {
  const zones = [
    'UTC',
    'Asia/Shanghai',
    'Asia/Kathmandu',
    'America/St_Johns',
    'Pacific/Kiritimati',
    'Europe/Berlin',
  ];
  for (const zone of zones) {
    const dateOf = createCalendar(zone);
    for (const text of ['2026-03-29', '2026-10-25', '2026-11-21', '2024-02-29']) {
      const date = parseCalendarDate(text);
      assert.ok(date !== undefined);
      const start = startOfDayMs(date, dateOf);
      assert.equal(dateOf(start), date, `${zone} ${text}`);
      assert.equal(dateOf(start - 1), date - 1, `${zone} ${text}`);
    }
  }
});
