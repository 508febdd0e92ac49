// What an input file is: its format from the first character, and for CSV which column stands where.

import { endOfCsvRecord, splitCsvRecord } from '../../codecs/csv.ts';
import { remark } from '../../domain/remark.ts';
import { ImportError } from './import-error.ts';
import { COLUMNS, type Column, REQUIRED_COLUMNS } from './read-row.ts';

const BLANK = /^\s*$/;
const MAX_COLUMNS = 1000;

/** Bytes without a UTF-8 byte order mark; refuses UTF-16. */
export function stripByteOrderMark(start: Buffer): Buffer {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return start.subarray(3);
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) {
    throw new ImportError('the file is UTF-16; save it as UTF-8', remark('import_utf16'));
  }
  return start;
}

export function detectFormat(start: Buffer): 'csv' | 'ndjson' {
  return start.toString('latin1', 0, 4096).trimStart().startsWith('{') ? 'ndjson' : 'csv';
}

export interface Header {
  /** Place in COLUMNS of each cell, -1 for columns that are not ours. */
  readonly layout: readonly number[];
  readonly unknownColumns: readonly string[];
  /** Bytes and lines up to the first row. */
  readonly bytes: number;
  readonly lines: number;
}

/** Reads the header of a block that starts the file; undefined when the block is blank. */
export function readHeader(block: Buffer): Header | undefined {
  const text = block.toString('latin1');
  let start = 0;
  let lines = 0;
  while (start < text.length) {
    const end = endOfCsvRecord(text, start);
    if (end < 0)
      throw new ImportError(
        'the first line does not name the columns: a quote is not closed',
        remark('import_open_quote'),
      );
    lines += text.slice(start, end).split('\n').length - 1;
    const record = block.toString('utf8', start, end).replace(/\r?\n$/, '');
    if (!BLANK.test(record)) return { ...readColumns(record), bytes: end, lines };
    start = end;
  }
  return undefined;
}

function readColumns(record: string): Pick<Header, 'layout' | 'unknownColumns'> {
  const names = (splitCsvRecord(record) ?? []).map((cell) => cell.trim().toLowerCase());
  if (names.length > MAX_COLUMNS)
    throw new ImportError(
      `the file has more than ${MAX_COLUMNS} columns`,
      remark('import_too_many_columns', { max: MAX_COLUMNS }),
    );
  const layout = names.map((name) => COLUMNS.indexOf(name as Column));
  for (const column of REQUIRED_COLUMNS) {
    if (!names.includes(column)) {
      throw new ImportError(
        `the first line does not name the column ${column}; columns are ${COLUMNS.join(',')}`,
        remark('import_column_missing', { column, columns: COLUMNS.join(',') }),
      );
    }
  }
  const twice = names.find((name, index) => layout[index] !== -1 && names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new ImportError(
      `the column ${twice} occurs twice`,
      remark('import_column_twice', { column: twice }),
    );
  return {
    layout,
    unknownColumns: names.filter((_, index) => layout[index] === -1).map((name) => name.slice(0, 64)),
  };
}
