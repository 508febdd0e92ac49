// Calls as CSV with AceData's header, newest first, in pieces of bounded size. A file that ends early says so in its last
// line.

import type { DatabaseSync } from 'node:sqlite';
import { formatCsvRecord } from '../../../codecs/csv.ts';
import { createTimeFormat } from '../../../domain/zoned-time.ts';
import type { UsageCall, UsageCallFilter } from '../../../ports/usage.ts';
import { demandKept } from './kept-from.ts';
import { scanCalls } from './scan-calls.ts';

export interface CsvShape {
  /** What calls are named in the column API, by protocol and action. */
  readonly apiNames: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly timeZone: string;
  readonly rowsMax: number;
}

const HEADER = [
  ...['Usage ID', 'API', 'Status Code', 'Deducted Amount', 'Original Amount', 'Trace ID', 'Created At'],
];
const PIECE_CALLS = 500;

/** Yields a piece, or '' where a step found nothing. */
export function* writeCsv(
  database: DatabaseSync,
  filter: UsageCallFilter,
  { apiNames, timeZone, rowsMax }: CsvShape,
): Generator<string, void, undefined> {
  demandKept(database, filter.fromMs);
  const formatTime = createTimeFormat(timeZone);
  const recordOf = (call: UsageCall): string => {
    const { id, protocol, action, statusCode, chargedMinor, priceMinor, requestId, timeMs } = call;
    const api = apiNames[protocol]?.[action] ?? action;
    const amounts = [String(statusCode), String(chargedMinor), String(priceMinor)];
    return formatCsvRecord([String(id), api, ...amounts, requestId, formatTime(timeMs)]);
  };
  yield formatCsvRecord(HEADER);
  let written = 0;
  for (const window of scanCalls(database, filter, undefined)) {
    // A step of its own, however many windows have none.
    yield '';
    for (const calls of window.pieces(PIECE_CALLS)) {
      const shown = calls.slice(0, rowsMax - written);
      written += shown.length;
      yield shown.map(recordOf).join('');
      if (shown.length < calls.length) {
        yield `# truncated: the first ${rowsMax} calls of more; ask for shorter periods\n`;
        return;
      }
    }
  }
}
