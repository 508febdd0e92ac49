// Days as the ledger counts them, in its own time zone: what a chart says of a day, a filter by that day finds too, wherever
// the browser is.

import dayjs, { type Dayjs } from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

const DATE = 'YYYY-MM-DD';

/** The date in the zone, as YYYY-MM-DD. `time`: milliseconds, or an ISO 8601 text. */
export function dateIn(zone: string, time: number | string): string {
  return dayjs(time).tz(zone).format(DATE);
}

/** When a date that was picked begins in the zone, in ISO 8601. */
export function startIn(zone: string, picked: Dayjs): string {
  return dayjs.tz(picked.format(DATE), zone).toISOString();
}

/** A time as a date to be picked. */
export function pickedIn(zone: string, time: string): Dayjs {
  return dayjs(dateIn(zone, time));
}
