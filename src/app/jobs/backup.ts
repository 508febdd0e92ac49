// The job that makes a verified backup in a directory of its own, below the one that the settings name.

import { join } from 'node:path';
import { makeDirectory } from '../../config/usable-directory.ts';
import { createBackup } from '../backup.ts';
import { backupName, backupShelf, refuseFullDisk } from '../backup-shelf.ts';
import type { JobKind } from './kind.ts';
import { ledgerValues } from './ledger-verify.ts';

export const backup: JobKind = {
  kind: 'backup',
  // The copy tells then how it came to be.
  act: undefined,
  subject: 'data directory',
  async run({ paths, configuration, clock, actor, input, report }) {
    const shelf = backupShelf(paths, configuration);
    makeDirectory(shelf);
    refuseFullDisk(paths, shelf);
    const name = backupName(clock.nowMs());
    const made = await createBackup({
      ...{ paths, configuration, clock, actor, directory: join(shelf, name) },
      withMasterKey: input.withMasterKey === true,
      onProgress: report,
    });
    return {
      name,
      directory: made.directory,
      created_at: made.createdAt,
      files: made.files,
      master_key_included: made.masterKeyIncluded,
      secret_options_left_out: made.secretOptionsLeftOut,
      ledger: made.ledger === undefined ? null : ledgerValues(made.ledger),
    };
  },
};
