// Acquires a service in a process of its own, as an operator's command does. Exits with 0 when it was the first, 3 when it
// was a duplicate.

import { openAccountOffice } from '../../src/app/accounts.ts';
import { dataPaths } from '../../src/config/data-directory.ts';
import { DeskError } from '../../src/ports/account-desk.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { systemRandom } from '../../src/runtime/system-random.ts';

const [, , directory = '', masterKey = '', accountId = ''] = process.argv;
const office = openAccountOffice({
  paths: dataPaths(directory),
  configuration: {
    masterKey,
    masterKeyCommand: undefined,
    timeZone: 'UTC',
    freeQuota: { 'line-status': 100 },
    keysPerAccount: 10,
  },
  clock: systemClock,
  random: systemRandom,
  actor: 'child',
});
process.stdout.write('ready\n');
try {
  office.acquire(accountId, 'line-status');
} catch (error) {
  if (!(error instanceof DeskError && error.code === 'duplication')) throw error;
  process.exitCode = 3;
} finally {
  office.close();
}
