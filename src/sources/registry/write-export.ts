// The registry as CSV: status, dates, carrier, and whether a name and an ID card are held; never their hashes.

import type { Writable } from 'node:stream';
import { formatCsvRecord } from '../../codecs/csv.ts';
import { type CalendarDate, formatCalendarDate } from '../../domain/calendar-date.ts';
import type { LineStatus } from '../../domain/subscriber.ts';
import { writeText } from './write-text.ts';

export interface ExportedRow {
  readonly msisdn: number;
  readonly status: LineStatus;
  readonly activatedOn: CalendarDate | undefined;
  readonly carrier: string;
  readonly asOf: CalendarDate;
  readonly hasName: boolean;
  readonly hasIdCard: boolean;
}

const HEADER = ['msisdn', 'status', 'activated_on', 'carrier', 'as_of', 'has_name', 'has_id'];
const CHUNK_CHARACTERS = 1 << 18;

/** Does not end the writable. Answers how many rows were written. */
export async function writeExport(
  out: Writable,
  rows: Iterable<ExportedRow>,
  onProgress: (rows: number) => void = () => {},
): Promise<number> {
  let text = formatCsvRecord(HEADER);
  let count = 0;
  for (const row of rows) {
    text += formatCsvRecord([
      `+${row.msisdn}`,
      row.status,
      row.activatedOn === undefined ? '' : formatCalendarDate(row.activatedOn),
      row.carrier,
      formatCalendarDate(row.asOf),
      yesOrNo(row.hasName),
      yesOrNo(row.hasIdCard),
    ]);
    count += 1;
    if (text.length < CHUNK_CHARACTERS) continue;
    await writeText(out, text);
    text = '';
    onProgress(count);
  }
  await writeText(out, text);
  onProgress(count);
  return count;
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
