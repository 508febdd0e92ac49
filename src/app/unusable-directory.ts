// A data directory that takes no files, in words: neither the system nor SQLite say what the operator should look at.

import type { DataPaths } from '../config/data-directory.ts';
import { describeFileError } from '../config/usable-directory.ts';
import { type Remark, remark } from '../domain/remark.ts';

const SQLITE_REASONS: Readonly<Record<number, string>> = {
  8: 'it is read-only',
  13: 'the disk is full',
  14: 'a file in it cannot be opened',
};
/** Extended codes keep the primary one in the lowest byte. */
const PRIMARY = 0xff;

export class UnusableDirectoryError extends Error {
  readonly remark: Remark;

  constructor(message: string, remark: Remark) {
    super(message);
    this.remark = remark;
  }
}

/** The error itself, unless it says that files of the data directory cannot be made or written. */
export function nameUnusableDirectory(error: unknown, { directory }: DataPaths): unknown {
  const reason = reasonOf(error, directory);
  return reason === undefined
    ? error
    : new UnusableDirectoryError(
        `${directory} cannot be used (${reason}): check --data, who owns the directory and whether its disk is full`,
        remark('directory_unusable', { directory, reason: systemCodeOf(error) }),
      );
}

function reasonOf(error: unknown, directory: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('errcode' in error) return SQLITE_REASONS[Number(error.errcode) & PRIMARY];
  const isInside = 'path' in error && String(error.path).startsWith(directory);
  return isInside ? describeFileError(error) : undefined;
}

/** The system's short word for it, which every language has. */
function systemCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('errcode' in error) return `SQLite ${Number(error.errcode) & PRIMARY}`;
  return 'code' in error ? String(error.code) : '';
}
