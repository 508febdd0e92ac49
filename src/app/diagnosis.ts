// What doctor says: one row a check.

import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import type { MendCode, Remark } from '../domain/remark.ts';
import type { Clock } from '../ports/clock.ts';

export interface DoctorOptions {
  readonly paths: DataPaths;
  readonly configuration: Configuration;
  readonly clock: Clock;
  /** The serving process itself, where it is the one that asks. */
  readonly servedBy?: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the ledger's verification, the one check that may take long. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A problem keeps the server from working as it should; a warning is worth knowing. */
export interface Diagnosis {
  readonly level: 'problem' | 'warning' | 'ok';
  readonly subject: string;
  readonly finding: string;
  readonly mend?: string;
  /** The same for readers of other languages; what is fine has none. */
  readonly remark?: Remark;
  /** Speaks of what the remark speaks of. */
  readonly mendCode?: MendCode;
}
