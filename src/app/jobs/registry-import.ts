// The job that imports a file which an operator sent, as the command registry import does with one on disk.

import { createRegistryAdministration } from '../registry.ts';
import type { JobKind } from './kind.ts';

export interface RegistryImportInput {
  readonly path: string;
  readonly sealKey: Uint8Array;
  readonly blindIndexKey: Uint8Array;
  readonly region: string;
  readonly replace: boolean;
  readonly rejectedDirectory: string;
}

export const registryImport: JobKind = {
  kind: 'registry-import',
  act: 'registry.import',
  subject: 'registry',
  doneAct: { act: 'registry.imported', of: ({ accepted, rejected }) => ({ accepted, rejected }) },
  async run({ paths, configuration, clock, input, report }) {
    const { timeZone, tenureMonths, registryRejectedMax } = configuration;
    const { path, ...request } = input as unknown as RegistryImportInput;
    const { region } = request;
    const administration = createRegistryAdministration({ paths, clock, timeZone, region, tenureMonths });
    const done = await administration.import({
      ...{ ...request, input: path, maxListedRejects: registryRejectedMax },
      onProgress: ({ phase, done, total }) => report(phase, done, total),
    });
    return {
      ...{ accepted: done.accepted, rejected: done.rejected, seconds: done.seconds },
      rejected_file: done.rejectedFile !== undefined,
      rejected_file_error: done.rejectedFileError ?? null,
      rejected_unlisted: done.rejectedUnlisted,
      rejected_by_reason: done.rejectedByReason,
      ...{ stored: done.stored, older: done.older, repeated: done.repeated },
      old_rows_erased: done.oldRowsErased,
      outside_ranges: done.outsideRanges,
      outside_prefixes: done.outsidePrefixes,
      unknown_columns: done.unknownColumns,
    };
  },
};
