// THE table of jobs: one row a kind. To add one, write its row in a file of its own and list it here; the calls that start
// it are in management/.

import type { JobKind } from './kind.ts';
import { registryImport } from './registry-import.ts';
import { registryStatistics } from './registry-statistics.ts';

export const JOB_KINDS: readonly JobKind[] = [registryImport, registryStatistics];
