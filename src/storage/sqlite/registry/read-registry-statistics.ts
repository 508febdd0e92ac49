// What a registry holds, in numbers: by status, carrier, date of activation and element. One snapshot for all.

import { existsSync } from 'node:fs';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { LINE_STATUSES } from '../../../domain/subscriber.ts';
import { isDemonstration } from './open-subscriber-load.ts';
import { openRegistryFile } from './schema.ts';

export interface RegistryStatistics {
  readonly rows: number;
  readonly demonstration: boolean;
  readonly byStatus: Readonly<Record<string, number>>;
  /** '' when not recorded. */
  readonly byCarrier: Readonly<Record<string, number>>;
  readonly withName: number;
  readonly withIdCard: number;
  readonly withActivatedOn: number;
  readonly oldestAsOf: CalendarDate | undefined;
  readonly newestAsOf: CalendarDate | undefined;
  /** Rows by date of activation. */
  readonly byActivatedOn: ReadonlyMap<CalendarDate, number>;
}

const OVERVIEW = `
  SELECT s.status, c.name AS carrier, count(*) AS n, count(name_hash) AS named, count(id_card_hash) AS carded,
    min(as_of) AS oldest, max(as_of) AS newest
  FROM subscribers s JOIN carriers c ON c.id = s.carrier GROUP BY s.status, s.carrier`;
const ACTIVATIONS = `
  SELECT activated_on, count(*) AS n FROM subscribers WHERE activated_on IS NOT NULL GROUP BY activated_on`;

const EMPTY: RegistryStatistics = {
  rows: 0,
  demonstration: false,
  byStatus: {},
  byCarrier: {},
  withName: 0,
  withIdCard: 0,
  withActivatedOn: 0,
  oldestAsOf: undefined,
  newestAsOf: undefined,
  byActivatedOn: new Map(),
};

export function readRegistryStatistics(path: string): RegistryStatistics {
  if (!existsSync(path)) return EMPTY;
  const database = openRegistryFile(path);
  try {
    database.exec('BEGIN');
    const groups = database.prepare(OVERVIEW).all();
    const activations = database.prepare(ACTIVATIONS).all();
    const sum = (column: string): number => groups.reduce((total, group) => total + Number(group[column]), 0);
    const oldest = groups.map((group) => Number(group.oldest));
    const newest = groups.map((group) => Number(group.newest));
    const byActivatedOn = new Map(
      activations.map((row) => [Number(row.activated_on) as CalendarDate, Number(row.n)]),
    );
    return {
      rows: sum('n'),
      demonstration: isDemonstration(database),
      byStatus: addUp(
        groups.map((group) => [LINE_STATUSES[Number(group.status) - 1] ?? '', Number(group.n)]),
      ),
      byCarrier: addUp(groups.map((group) => [String(group.carrier), Number(group.n)])),
      withName: sum('named'),
      withIdCard: sum('carded'),
      withActivatedOn: [...byActivatedOn.values()].reduce((total, n) => total + n, 0),
      oldestAsOf: oldest.length === 0 ? undefined : (Math.min(...oldest) as CalendarDate),
      newestAsOf: newest.length === 0 ? undefined : (Math.max(...newest) as CalendarDate),
      byActivatedOn,
    };
  } finally {
    database.close();
  }
}

function addUp(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [key, n] of pairs) sums.set(key, (sums.get(key) ?? 0) + n);
  return Object.fromEntries([...sums].sort((a, b) => b[1] - a[1]));
}
