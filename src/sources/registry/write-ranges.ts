// Number ranges as the CSV text that read-range-file.ts reads.

import { formatCsvRecord } from '../../codecs/csv.ts';
import type { NumberRange } from '../../ports/source.ts';
import { RANGE_COLUMNS } from './read-range-file.ts';

export function* writeRanges(ranges: readonly NumberRange[]): Generator<string> {
  yield formatCsvRecord(RANGE_COLUMNS);
  for (const { prefix, holder, actions } of ranges)
    yield formatCsvRecord([prefix, holder, actions.join(' ')]);
}
