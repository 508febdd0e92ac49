// Rows of the option table about the long works that an operator asks of a running server.

import { text, whole } from './option-row.ts';

export const JOB_OPTIONS = {
  backupDirectory: text(
    undefined,
    'Directory for the backups that operators make in the console, best on another disk; `backups` in the data directory if absent.',
  ),
  jobsAtOnce: whole(
    2,
    1,
    16,
    'Jobs of operators (imports, statistics and the like) that work at once; others wait.',
  ),
  jobsKept: whole(50, 1, 10_000, 'Jobs that have ended and are still listed, in memory.'),
};
