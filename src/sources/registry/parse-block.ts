// One block of an import, CSV or NDJSON, record by record: decodes it, reads the cells and hands each accepted row on.

import { isAscii, isUtf8 } from 'node:buffer';
import { eachCsvRecord, eachLine, splitCsvRecord } from '../../codecs/csv.ts';
import { createPackedRow, type PackedRow } from './packed-rows.ts';
import { type Cells, COLUMN_KEEPS, COLUMNS, type Column, KEEPS_ALL } from './read-row.ts';
import type { RejectCode } from './reject-reasons.ts';

export interface BlockParserOptions {
  readonly format: 'csv' | 'ndjson';
  /** CSV: for each cell of a record its place in COLUMNS, or -1 for a column that is not ours. */
  readonly layout: readonly number[];
  readonly maxRecordBytes: number;
  readonly readRow: (cells: Cells, row: PackedRow) => RejectCode | undefined;
  onRow(row: PackedRow): void;
  onRejected(line: number, code: RejectCode): void;
  /** NDJSON: a key that is not ours, perhaps many times the same. */
  onUnknownKey(key: string): void;
  /** NDJSON: a key that is ours. */
  onKnownKey?(key: Column): void;
}

const BLANK = /^\s*$/;

/** Blank lines are no rows. The bytes end with a complete record. */
export function createBlockParser(options: BlockParserOptions): (bytes: Buffer, firstLine: number) => void {
  const { layout, maxRecordBytes, readRow, onRow, onRejected } = options;
  const cells: Cells = COLUMNS.map(() => '');
  const row = createPackedRow();
  // The header speaks for all rows of a CSV file, each object of NDJSON for itself.
  row.keeps = layout.reduce(withoutColumn, KEEPS_ALL);

  function readCsv(record: string): RejectCode | undefined {
    const parts = splitCsvRecord(record);
    if (parts === undefined) return 'quote_invalid';
    if (parts.length !== layout.length) return 'column_count';
    for (let i = 0; i < parts.length; i += 1) {
      const place = layout[i] ?? -1;
      if (place !== -1) cells[place] = trimCell(parts[i] ?? '');
    }
    return undefined;
  }

  function readJson(record: string): RejectCode | undefined {
    const value = parseObject(record);
    if (value === undefined) return 'json_invalid';
    cells.fill('');
    row.keeps = KEEPS_ALL;
    for (const [key, cell] of Object.entries(value)) {
      const place = COLUMNS.indexOf(key as Column);
      row.keeps = withoutColumn(row.keeps, place);
      if (place === -1) {
        options.onUnknownKey(key);
        continue;
      }
      options.onKnownKey?.(key as Column);
      if (typeof cell === 'string') cells[place] = trimCell(cell);
      else if (key === 'msisdn' && Number.isSafeInteger(cell)) cells[place] = String(cell);
      else if (cell !== null) cells[place] = UNFIT_CELL;
    }
    return undefined;
  }

  const readCells = options.format === 'csv' ? readCsv : readJson;

  function take(record: string, line: number): void {
    const tooLong = record.length * 3 > maxRecordBytes && Buffer.byteLength(record) > maxRecordBytes;
    row.line = line;
    const refused = tooLong ? 'line_too_long' : (readCells(record) ?? readRow(cells, row));
    if (refused === undefined) onRow(row);
    else onRejected(line, refused);
  }

  return (bytes, firstLine) => {
    // In Latin-1 one character is one byte, so records can be found before it is known which of them is valid UTF-8.
    const whole = isUtf8(bytes);
    const text = whole && !isAscii(bytes) ? bytes.toString('utf8') : bytes.toString('latin1');
    const visit = (start: number, end: number, offset: number, closed: boolean): void => {
      const line = firstLine + offset;
      const record = text.slice(start, end);
      if (!closed) onRejected(line, 'quote_unclosed');
      else if (!whole && !isUtf8(bytes.subarray(start, end))) onRejected(line, 'encoding_invalid');
      else if (!BLANK.test(record)) take(whole ? record : bytes.toString('utf8', start, end), line);
    };
    if (options.format === 'csv') eachCsvRecord(text, visit);
    else eachLine(text, visit);
  };
}

function withoutColumn(keeps: number, place: number): number {
  return keeps & ~(COLUMN_KEEPS[place] ?? 0);
}

/** No cell of ours accepts it, so the check of its column rejects the row. */
const UNFIT_CELL = '\u0000';

function trimCell(cell: string): string {
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(cell.length - 1);
  return first <= 0x20 || last <= 0x20 ? cell.trim() : cell;
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
