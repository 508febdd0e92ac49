// Days of the ledger's time zone in a browser that is somewhere else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateIn, pickedIn, startIn } from '../../console/src/parts/ledger-days.ts';

test("a picked day begins at the zone's midnight, also where clocks change, and is read back as that day", () => {
  for (const [zone, date, start] of [
    ['Asia/Shanghai', '2026-11-05', '2026-11-04T16:00:00.000Z'],
    ['UTC', '2026-11-05', '2026-11-05T00:00:00.000Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z'],
    ['America/New_York', '2026-03-09', '2026-03-09T04:00:00.000Z'],
    ['Europe/Berlin', '2026-10-26', '2026-10-25T23:00:00.000Z'],
    ['Etc/GMT-12', '2026-11-05', '2026-11-04T12:00:00.000Z'],
  ] as const) {
    const picked = pickedIn('UTC', `${date}T12:00:00Z`);
    assert.equal(startIn(zone, picked), start, `${zone} ${date}`);
    assert.equal(pickedIn(zone, start).format('YYYY-MM-DD'), date);
    assert.notEqual(dateIn(zone, Date.parse(start) - 1), date);
  }
});
