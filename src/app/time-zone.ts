// In which time zone days begin: the ledger's own, which the first server or the first grant gave it. Until then, and
// only until then, the settings say it.

import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import { changeTimeZone, keepTimeZoneOf, readTimeZone } from '../storage/sqlite/ledger/time-zone.ts';
import { takeServeLock } from '../storage/sqlite/serve-lock.ts';
import { type AccountOfficeOptions, openAccountOffice } from './accounts.ts';

export interface TimeZoneOptions {
  readonly paths: DataPaths;
  readonly configuration: Pick<Configuration, 'timeZone'>;
}

/** The zone cannot be what was asked; the message says what to do. */
export class TimeZoneError extends Error {}

/** The zone that a server on this directory has, or would give it. */
export function timeZoneOf({ paths, configuration }: TimeZoneOptions): string {
  return readTimeZone(paths.ledger) ?? configuration.timeZone;
}

/** For a server that is about to write: gives a new ledger its zone, and refuses one with another. */
export function claimTimeZone({ paths, configuration: { timeZone } }: TimeZoneOptions): void {
  const kept = keepTimeZoneOf(paths.ledger, timeZone);
  if (isSameZone(kept, timeZone)) return;
  throw new TimeZoneError(
    `the ledger counts its days in ${kept}, the settings say ${timeZone}: serve with --time-zone ${kept}, ` +
      `or change the ledger's from now on with: lineproof ledger time-zone ${timeZone}`,
  );
}

export function isSameZone(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Entries keep the days that they have. The act stays in the audit log. Answers the zone before. */
export function changeLedgerTimeZone(options: AccountOfficeOptions, zone: string): string {
  const { paths } = options;
  const office = openAccountOffice({ ...options, mustExist: true });
  const lock = takeServeLock(paths.serveLock, process.pid);
  try {
    if (lock === undefined)
      throw new TimeZoneError(`a server runs on ${paths.directory} and counts days: stop it first`);
    const before = timeZoneOf(options);
    office.administration.transact(() => {
      office.administration.noteAct('ledger.time-zone', 'ledger', { timeZone: before }, { timeZone: zone });
      changeTimeZone(paths.ledger, zone);
    });
    return before;
  } finally {
    lock?.release();
    office.close();
  }
}
