// Days begin where the calendar of their zone says.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { createCalendar, formatCalendarDate, parseCalendarDate, startOfDayMs } from './calendar-date.ts';
import { createTimeFormat } from './zoned-time.ts';

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

test('dates and offsets are those that the languages of Intl tell, in every zone', () => {
  const moments = fc.integer({ min: Date.UTC(1973, 0), max: Date.UTC(2040, 0) });
  for (const timeZone of [...Intl.supportedValuesOf('timeZone'), 'UTC', 'Etc/GMT-14', 'PRC', '+08:00']) {
    const dates = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
    const offsets = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    const dateOf = createCalendar(timeZone);
    const textOf = createTimeFormat(timeZone);
    fc.assert(
      fc.property(moments, (unixMs) => {
        assert.equal(formatCalendarDate(dateOf(unixMs)), dates.format(unixMs));
        const offset = offsets.format(unixMs).replace(/^.*GMT/, '') || '+00:00';
        const text = textOf(unixMs);
        assert.ok(text.endsWith(offset), `${timeZone}: ${text} ${offset}`);
        assert.equal(Date.parse(text), unixMs);
      }),
      propertyRuns(10),
    );
  }
  assert.throws(() => createCalendar('Asia/Nowhere'), RangeError);
});
