// A CSV text of number ranges, out of a file or as it came: prefix,holder,actions. Actions are separated by spaces; none means every action.

import { readFileSync, statSync } from 'node:fs';
import { eachCsvRecord, splitCsvRecord } from '../../codecs/csv.ts';
import type { NumberRange } from '../../ports/source.ts';
import { ImportError } from './import-error.ts';
import { stripByteOrderMark } from './input-header.ts';

const MAX_FILE_BYTES = 16 << 20;
/** Exports put an apostrophe before a plus, so that spreadsheets leave it alone. */
const NEUTRALISED = /^'(?=[=+\-@])/;
export const RANGE_COLUMNS = ['prefix', 'holder', 'actions'];

/** Throws ImportError naming the line; whether a range makes sense is for the caller to check. */
export function readRangeFile(path: string): NumberRange[] {
  if (statSync(path).size > MAX_FILE_BYTES) throw new ImportError('the file of ranges is larger than 16 MiB');
  return readRanges(stripByteOrderMark(readFileSync(path)).toString('utf8'));
}

/** Throws as readRangeFile does. */
export function readRanges(text: string): NumberRange[] {
  const ranges: NumberRange[] = [];
  let places: number[] | undefined;
  eachCsvRecord(text.endsWith('\n') ? text : `${text}\n`, (start, end, line) => {
    const record = text.slice(start, end);
    if (record.trim() === '') return;
    const cells = splitCsvRecord(record)?.map((cell) => cell.trim().replace(NEUTRALISED, ''));
    if (cells === undefined) throw new ImportError(`line ${line + 1} is not CSV`);
    if (places === undefined) {
      places = RANGE_COLUMNS.map((column) => cells.indexOf(column));
      if (places[0] === -1 || places[1] === -1)
        throw new ImportError(`the first line must name ${RANGE_COLUMNS.join(',')}`);
      return;
    }
    const [prefix = '', holder = '', actions = ''] = places.map((place) => cells[place]);
    ranges.push({ prefix, holder, actions: actions.split(/\s+/).filter(Boolean) });
  });
  if (places === undefined) throw new ImportError(`the first line must name ${RANGE_COLUMNS.join(',')}`);
  return ranges;
}
