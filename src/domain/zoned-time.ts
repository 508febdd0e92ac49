// Moments written for people: ISO 8601 with milliseconds and the offset of a time zone.

/** Offsets change on quarters of an hour only. */
const QUARTER_MS = 900_000;

/** A function from Unix milliseconds to text like 2026-11-21T14:03:05.120+08:00. */
export function createTimeFormat(timeZone: string): (unixMs: number) => string {
  let cachedQuarter = Number.NaN;
  let offset = '';
  let offsetMs = 0;
  return (unixMs) => {
    const quarter = Math.floor(unixMs / QUARTER_MS);
    if (quarter !== cachedQuarter) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(Math.floor(unixMs)).toZonedDateTimeISO(timeZone);
      offset = zoned.offset;
      offsetMs = zoned.offsetNanoseconds / 1e6;
      cachedQuarter = quarter;
    }
    return new Date(unixMs + offsetMs).toISOString().replace('Z', offset);
  };
}
