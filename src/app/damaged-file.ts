// What to do about a database file that cannot be read, and which file it was: SQLite's own words do not name it.

import { existsSync } from 'node:fs';
import type { DataPaths } from '../config/data-directory.ts';
import { type Remark, remark } from '../domain/remark.ts';
import { inspectDatabase } from '../storage/sqlite/inspect-database.ts';
import { isDamage } from '../storage/sqlite/is-damage.ts';

export const RESTORE = 'stop the server and restore the last backup: lineproof restore DIR --force';
export const REBUILD_USAGE = 'stop the server and delete the file: it is built again from the ledger';

/** A database file is damaged; the message names it and says what to do. */
export class DamagedFileError extends Error {
  readonly remark: Remark;

  constructor(message: string, remark: Remark) {
    super(message);
    this.remark = remark;
  }
}

/** The error itself, unless it says that some file is damaged: then the first one that is, found by reading all pages. */
export function nameDamagedFile(error: unknown, paths: DataPaths): unknown {
  if (!isDamage(error)) return error;
  const { accounts, ledger, registry, people, calls, usage } = paths;
  for (const path of [accounts, ledger, people, calls, usage, registry].filter((one) => existsSync(one))) {
    const { damage } = inspectDatabase(path, true);
    if (damage === undefined) continue;
    const mend = path === usage ? REBUILD_USAGE : RESTORE;
    return new DamagedFileError(
      `${path} cannot be read (${error.message}): ${mend}`,
      remark(path === usage ? 'usage_damaged' : 'data_damaged', { path, reason: error.message }),
    );
  }
  return error;
}
