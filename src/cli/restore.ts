// restore: brings a backup back.

import { resolve } from 'node:path';
import { restoreBackup } from '../app/restore.ts';
import { type Command, textOption } from './command.ts';

export const restore: Command = {
  name: 'restore',
  finishesRestore: true,
  summary: 'Brings a backup back into a data directory in which no server runs.',
  arguments: [{ name: '<DIR>', description: 'the directory that backup wrote' }],
  options: [
    { flags: '--force', description: 'replace what the data directory holds' },
    {
      flags: '--master-key <FILE>',
      description: 'put this master key into the data directory; it must fit the backup',
    },
  ],
  examples: [
    'restore /backups/2026-11-21 --data ./restored',
    'restore /backups/2026-11-21 --data ./restored --master-key /safe/master.key',
  ],
  run({ paths, configuration, clock, output, actor }, [directory = ''], options) {
    const masterKeyFile = textOption(options, 'masterKey');
    const checking = output.progress('checking');
    const copying = output.progress('copying');
    const report = restoreBackup({
      paths,
      configuration,
      clock,
      actor,
      directory: resolve(directory),
      force: options.force === true,
      masterKeyFile,
      onProgress(what, done, total) {
        if (what === 'copying') checking.stop();
        (what === 'checking' ? checking : copying).update(done, total);
      },
    });
    copying.stop();
    output.result(report, [
      `${report.files.length} files of ${report.createdAt} are back in ${report.data}`,
      ...(report.masterKeyPresent
        ? []
        : [
            `The backup holds no master key: put it at ${paths.masterKey} (mode 0600), or set LINEPROOF_MASTER_KEY.`,
          ]),
    ]);
    return 0;
  },
};
