// Accounts for a test of a running server, made as an operator's process makes them, without a process each. And a zone of
// its own for days, in which none ends while a test runs.

import { mkdirSync } from 'node:fs';
import { type AccountOffice, openAccountOffice } from '../../src/app/accounts.ts';
import { dataPaths } from '../../src/config/data-directory.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { systemRandom } from '../../src/runtime/system-random.ts';

export const NOON_ZONE = noonZone(new Date().getUTCHours());

/** In a new data directory; the server's time zone must be NOON_ZONE then. */
export function openOperatorOffice(data: string): AccountOffice {
  mkdirSync(data, { mode: 0o700 });
  return openAccountOffice({
    paths: dataPaths(data),
    configuration: {
      ...{ masterKey: undefined, masterKeyCommand: undefined, timeZone: NOON_ZONE, freeQuota: {} },
      keysPerAccount: 100,
    },
    clock: systemClock,
    random: systemRandom,
    actor: 'test',
  });
}

/** POSIX names have the sign the other way round. */
function noonZone(utcHour: number): string {
  const offset = 12 - utcHour;
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}
