// Calendar dates without a time: whole days since 1970-01-01 in the proleptic Gregorian calendar.

/** Days since 1970-01-01. */
export type CalendarDate = number & { readonly calendarDate: true };

const DAY_MS = 86_400_000;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Parses YYYY-MM-DD; undefined when it is not an existing date. */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  const match = ISO_DATE.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  if (year < 1000 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return (ms / DAY_MS) as CalendarDate;
}

export function formatCalendarDate(date: CalendarDate): string {
  return new Date(date * DAY_MS).toISOString().slice(0, 10);
}

const QUARTER_MS = 900_000;
/** No time zone is further from UTC. */
const ZONE_MS = 15 * 3_600_000;

/** When a date begins, by the calendar of its zone; zones change on quarters of an hour only. */
export function startOfDayMs(date: CalendarDate, dateOf: (unixMs: number) => CalendarDate): number {
  let before = date * DAY_MS - ZONE_MS;
  let after = date * DAY_MS + ZONE_MS;
  while (after - before > QUARTER_MS) {
    const middle = Math.floor((before + after) / 2 / QUARTER_MS) * QUARTER_MS;
    if (dateOf(middle) < date) before = middle;
    else after = middle;
  }
  return after;
}

export function firstOfMonth(date: CalendarDate): CalendarDate {
  return (date - new Date(date * DAY_MS).getUTCDate() + 1) as CalendarDate;
}

/** Full calendar months from one date to a later one: 31 January to 28 February is none, to 1 March is one. */
export function fullMonthsBetween(from: CalendarDate, to: CalendarDate): number {
  const a = new Date(from * DAY_MS);
  const b = new Date(to * DAY_MS);
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  return Math.max(0, b.getUTCDate() < a.getUTCDate() ? months - 1 : months);
}

/** A function from Unix milliseconds to the calendar date in an IANA time zone; answers are cached per minute. Throws RangeError. */
export function createCalendar(timeZone: string): (unixMs: number) => CalendarDate {
  checkTimeZone(timeZone);
  let cachedMinute = -1;
  let cached = 0 as CalendarDate;
  return (unixMs) => {
    const minute = Math.floor(unixMs / 60_000);
    if (minute !== cachedMinute) {
      const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(
        Math.floor(unixMs),
      ).toZonedDateTimeISO(timeZone);
      cached = (Date.UTC(year, month - 1, day) / DAY_MS) as CalendarDate;
      cachedMinute = minute;
    }
    return cached;
  };
}

/** Throws RangeError where it is none. Not by Intl, of which the first use loads 40 ms of languages. */
export function checkTimeZone(timeZone: string): void {
  new Temporal.ZonedDateTime(0n, timeZone);
}
