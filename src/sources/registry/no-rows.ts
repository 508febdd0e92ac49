// What is said of a file of which nothing is left to import: it is empty, or its lines are all blank.

import { remark } from '../../domain/remark.ts';
import { ImportError } from './import-error.ts';
import { COLUMNS } from './read-row.ts';

export function noRows(): ImportError {
  const columns = COLUMNS.join(',');
  return new ImportError(
    `the file has no rows: it is empty, or its lines are blank. Its first line names columns (${columns}), each further one is a row`,
    remark('import_no_rows', { columns }),
  );
}
