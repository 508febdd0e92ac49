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
  registryUploadMaxBytes: whole(
    2_000_000_000,
    1024,
    1_000_000_000_000,
    'Largest file of subscriber records that an operator may send to the server, packed or not.',
  ),
  registryUploadsMax: whole(
    2,
    1,
    100,
    'Such files that are kept at once, sealed; an older one that nobody imports gives way.',
  ),
  registryUploadKeptMinutes: whole(
    30,
    1,
    1440,
    'How long such a file waits to be imported before it is removed.',
  ),
  registryRejectedMax: whole(
    100_000,
    1,
    10_000_000,
    'Rejected rows of such a file that are listed; more are only counted.',
  ),
};
