// Moments written for people: ISO 8601 with milliseconds and the offset of a time zone.

const MINUTE_MS = 60_000;
/** Offsets change on quarters of an hour only. */
const QUARTER_MS = 15 * MINUTE_MS;

/** A function from Unix milliseconds to text like 2026-11-21T14:03:05.120+08:00. */
export function createTimeFormat(timeZone: string): (unixMs: number) => string {
  const names = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  let cachedQuarter = Number.NaN;
  let offset = '';
  let offsetMs = 0;
  return (unixMs) => {
    const quarter = Math.floor(unixMs / QUARTER_MS);
    if (quarter !== cachedQuarter) {
      const name = names.formatToParts(unixMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
      offset = name.replace('GMT', '') || '+00:00';
      offsetMs = millisecondsOf(offset);
      cachedQuarter = quarter;
    }
    return new Date(unixMs + offsetMs).toISOString().replace('Z', offset);
  };
}

function millisecondsOf(offset: string): number {
  const [hours = '0', minutes = '0'] = offset.slice(1).split(':');
  const ms = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return offset.startsWith('-') ? -ms : ms;
}
