// Comma-separated values (RFC 4180), read leniently and written defensively. A quoted field may hold line breaks, but
// a record never spans more than MAX_RECORD_LINES, so that one stray quote cannot swallow a file.

export const MAX_RECORD_LINES = 64;
/** The text ends inside the record: more is needed. */
export const INCOMPLETE = -1;
/** A quote stays open for too many lines: its first line is to be rejected alone. */
export const RUNAWAY_QUOTE = -2;

const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Index after the line feed that ends the record starting at `from`, or INCOMPLETE or RUNAWAY_QUOTE. */
export function endOfCsvRecord(text: string, from: number): number {
  let lines = 1;
  let at = from;
  for (;;) {
    if (text.charCodeAt(at) === QUOTE) {
      let breakAt = text.indexOf('\n', at);
      for (;;) {
        at = text.indexOf('"', at + 1);
        while (breakAt !== -1 && (at === -1 || breakAt < at)) {
          lines += 1;
          if (lines > MAX_RECORD_LINES) return RUNAWAY_QUOTE;
          breakAt = text.indexOf('\n', breakAt + 1);
        }
        if (at === -1) return INCOMPLETE;
        if (text.charCodeAt(at + 1) !== QUOTE) break;
        at += 1;
      }
      at += 1;
    }
    for (;;) {
      if (at >= text.length) return INCOMPLETE;
      const code = text.charCodeAt(at);
      at += 1;
      if (code === LINE_FEED) return at;
      if (code === COMMA) break;
    }
  }
}

/** Index after the last complete record of a text that starts with a record. */
export function endOfLastCsvRecord(text: string): number {
  const lastBreak = text.lastIndexOf('\n') + 1;
  let start = 0;
  while (start < lastBreak) {
    const quote = text.indexOf('"', start);
    if (quote === -1 || quote >= lastBreak) return lastBreak;
    // Lines before the one with the quote are records of their own.
    if (quote > start) start = Math.max(start, text.lastIndexOf('\n', quote - 1) + 1);
    const end = endOfCsvRecord(text, start);
    if (end === INCOMPLETE) return start;
    start = end === RUNAWAY_QUOTE ? text.indexOf('\n', start) + 1 : end;
  }
  return start;
}

/** Start and end without the line break; `closed` is false for the single line of a runaway quote. */
export type VisitRecord = (start: number, end: number, line: number, closed: boolean) => void;

/** Visits every record of a text that ends with a complete record; lines count from 0. */
export function eachCsvRecord(text: string, visit: VisitRecord): void {
  if (!text.includes('"')) {
    eachLine(text, visit);
    return;
  }
  let line = 0;
  for (let start = 0; start < text.length; ) {
    const found = endOfCsvRecord(text, start);
    const closed = found !== RUNAWAY_QUOTE;
    const end = found > 0 ? found : endOfLine(text, start);
    visit(start, withoutReturn(text, start, end - 1), line, closed);
    line += closed ? countLines(text, start, end) : 1;
    start = end;
  }
}

/** Visits every line of a text. */
export function eachLine(text: string, visit: VisitRecord): void {
  let line = 0;
  for (let start = 0; start < text.length; line += 1) {
    const end = endOfLine(text, start);
    visit(start, withoutReturn(text, start, end - 1), line, true);
    start = end;
  }
}

/** The cells of one record without its line break, or undefined when text follows a closing quote. */
export function splitCsvRecord(record: string): string[] | undefined {
  if (!record.includes('"')) return record.split(',');
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let cell: string;
    if (record.charCodeAt(at) === QUOTE) {
      let end = at;
      do {
        end = record.indexOf('"', end + 1);
        if (end === -1) return undefined;
        if (record.charCodeAt(end + 1) !== QUOTE) break;
        end += 1;
      } while (end < record.length);
      cell = record.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
      if (at < record.length && record.charCodeAt(at) !== COMMA) return undefined;
    } else {
      let end = record.indexOf(',', at);
      if (end === -1) end = record.length;
      cell = record.slice(at, end);
      at = end;
    }
    cells.push(cell);
    if (at >= record.length) return cells;
    at += 1;
  }
}

/** One cell: spreadsheets must not run it as a formula, and separators must not split it. */
export function formatCsvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function formatCsvRecord(cells: readonly string[]): string {
  return `${cells.map(formatCsvCell).join(',')}\n`;
}

/** Index after the line feed; a last line without one ends as if it had one. */
function endOfLine(text: string, start: number): number {
  const lineFeed = text.indexOf('\n', start);
  return (lineFeed === -1 ? text.length : lineFeed) + 1;
}

function withoutReturn(text: string, start: number, end: number): number {
  return end > start && text.charCodeAt(end - 1) === CARRIAGE_RETURN ? end - 1 : end;
}

function countLines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
