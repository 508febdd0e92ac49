// A CSV file of number ranges: prefix,holder,actions. Actions are separated by spaces; none means every action.

import { readFileSync, statSync } from 'node:fs';
import { eachCsvRecord, splitCsvRecord } from '../../codecs/csv.ts';
import type { NumberRange } from '../../ports/source.ts';
import { ImportError } from './import-error.ts';
import { stripByteOrderMark } from './input-header.ts';

const MAX_FILE_BYTES = 16 << 20;
const COLUMNS = ['prefix', 'holder', 'actions'];

/** Throws ImportError naming the line; whether a range makes sense is for the caller to check. */
export function readRangeFile(path: string): NumberRange[] {
  if (statSync(path).size > MAX_FILE_BYTES) throw new ImportError('the file of ranges is larger than 16 MiB');
  const text = stripByteOrderMark(readFileSync(path)).toString('utf8');
  const ranges: NumberRange[] = [];
  let places: number[] | undefined;
  eachCsvRecord(text.endsWith('\n') ? text : `${text}\n`, (start, end, line) => {
    const record = text.slice(start, end);
    if (record.trim() === '') return;
    const cells = splitCsvRecord(record)?.map((cell) => cell.trim());
    if (cells === undefined) throw new ImportError(`line ${line + 1} is not CSV`);
    if (places === undefined) {
      places = COLUMNS.map((column) => cells.indexOf(column));
      if (places[0] === -1 || places[1] === -1)
        throw new ImportError(`the first line must name ${COLUMNS.join(',')}`);
      return;
    }
    const [prefix = '', holder = '', actions = ''] = places.map((place) => cells[place]);
    // Exports put an apostrophe before a plus, so that spreadsheets leave it alone.
    ranges.push({
      prefix: prefix.replace(/^'\+/, '+'),
      holder,
      actions: actions.split(/\s+/).filter(Boolean),
    });
  });
  return ranges;
}
