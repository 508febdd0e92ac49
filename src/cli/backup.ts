// backup: a verified copy of the data directory, while the server runs or not.

import { resolve } from 'node:path';
import { createBackup } from '../app/backup.ts';
import type { Command } from './command.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'Copies the data directory into a new one and verifies the copy; the server may run meanwhile.',
  arguments: [{ name: '<DIR>', description: 'a new or empty directory' }],
  options: [
    {
      flags: '--with-master-key',
      description: 'copy the master key too: whoever has the backup then has every secret',
    },
  ],
  examples: ['backup /backups/2026-11-21', 'backup /backups/2026-11-21 --data /var/lib/lineproof --json'],
  async run({ paths, configuration, clock, output, actor }, [directory = ''], options) {
    let shown = '';
    let progress = output.progress('copying');
    try {
      const report = await createBackup({
        paths,
        configuration,
        clock,
        actor,
        directory: resolve(directory),
        withMasterKey: options.withMasterKey === true,
        onProgress(work, done, total) {
          if (work !== shown) {
            progress.stop();
            progress = output.progress(work);
            shown = work;
          }
          progress.update(done, total);
        },
      });
      progress.stop();
      output.result(report, [
        `${report.files.length} files in ${report.directory}, verified`,
        ...report.files.map(({ name, bytes }) => `  ${name}  ${bytes} bytes`),
        report.masterKeyIncluded
          ? 'The master key is included: keep this backup as safe as the key.'
          : 'The master key is not included: keep it elsewhere. Without it the backup cannot be used.',
        ...(report.secretOptionsLeftOut.length === 0
          ? []
          : [`Secret settings are not included: set ${report.secretOptionsLeftOut.join(', ')} again.`]),
      ]);
      return 0;
    } finally {
      progress.stop();
    }
  },
};
