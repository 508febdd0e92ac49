// THE table of jobs: one row a kind. To add one, write its row in a file of its own and list it here; the calls that start
// it are in management/.

import { backup } from './backup.ts';
import { doctor } from './doctor.ts';
import type { JobKind } from './kind.ts';
import { ledgerVerify } from './ledger-verify.ts';
import { registryImport } from './registry-import.ts';
import { registryStatistics } from './registry-statistics.ts';

export const JOB_KINDS: readonly JobKind[] = [
  registryImport,
  registryStatistics,
  ledgerVerify,
  backup,
  doctor,
];
