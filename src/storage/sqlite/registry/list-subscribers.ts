// Walks over all rows in ascending order in one snapshot. Tells whether a name and an ID card are held, never the
// hashes themselves.

import { existsSync } from 'node:fs';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { LINE_STATUSES, type LineStatus } from '../../../domain/subscriber.ts';
import { holdsRows, isDemonstration } from './open-subscriber-load.ts';
import { openRegistryFile } from './schema.ts';

export interface ListedSubscriber {
  /** E.164 digits. */
  readonly msisdn: number;
  readonly status: LineStatus;
  readonly activatedOn: CalendarDate | undefined;
  readonly carrier: string;
  readonly asOf: CalendarDate;
  readonly hasName: boolean;
  readonly hasIdCard: boolean;
}

const ALL = `
  SELECT s.msisdn, s.status, s.activated_on, c.name AS carrier, s.as_of,
    s.name_hash IS NOT NULL AS has_name, s.id_card_hash IS NOT NULL AS has_id_card
  FROM subscribers s CROSS JOIN carriers c ON c.id = s.carrier ORDER BY s.msisdn`;

export function* listSubscribers(path: string): Generator<ListedSubscriber> {
  const database = openRegistryFile(path);
  try {
    for (const row of database.prepare(ALL).iterate()) {
      yield {
        msisdn: Number(row.msisdn),
        status: LINE_STATUSES[Number(row.status) - 1] ?? 'unknown',
        activatedOn: row.activated_on === null ? undefined : (Number(row.activated_on) as CalendarDate),
        carrier: String(row.carrier),
        asOf: Number(row.as_of) as CalendarDate,
        hasName: row.has_name === 1,
        hasIdCard: row.has_id_card === 1,
      };
    }
  } finally {
    database.close();
  }
}

/** Rows of the registry; counts them, which takes a second for ten million. */
export function countSubscribers(path: string): number {
  const database = openRegistryFile(path);
  try {
    return Number(database.prepare('SELECT count(*) AS n FROM subscribers').get()?.n);
  } finally {
    database.close();
  }
}

/** The first number in service, or else the first of all; undefined when there is none. */
export function findExample(path: string): number | undefined {
  const database = openRegistryFile(path);
  try {
    const normal = LINE_STATUSES.indexOf('normal') + 1;
    const found =
      database
        .prepare('SELECT msisdn FROM subscribers WHERE status = ? ORDER BY msisdn LIMIT 1')
        .get(normal) ?? database.prepare('SELECT msisdn FROM subscribers ORDER BY msisdn LIMIT 1').get();
    return found === undefined ? undefined : Number(found.msisdn);
  } finally {
    database.close();
  }
}

/** Is there a row that was not invented for the demonstration? */
export function holdsOwnRows(path: string): boolean {
  if (!existsSync(path)) return false;
  const database = openRegistryFile(path);
  try {
    return !isDemonstration(database) && holdsRows(database);
  } finally {
    database.close();
  }
}

/** Are there rows, and all of them invented for the demonstration? Any import takes them away. */
export function holdsInventedRows(path: string): boolean {
  if (!existsSync(path)) return false;
  const database = openRegistryFile(path);
  try {
    return isDemonstration(database) && holdsRows(database);
  } finally {
    database.close();
  }
}
