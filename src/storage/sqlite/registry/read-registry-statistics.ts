// What a registry holds, in numbers: by status, carrier, date of activation and element. One snapshot for all.

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

export interface StatisticsOptions {
  readonly onRows?: (rows: number, total: number) => void;
  readonly sliceRows?: number;
}

const SLICE_ROWS = 200_000;
// One slice at a time, so that long counting can say how far it is.
const SLICE = `
  SELECT status, carrier, activated_on, count(*) AS n, count(name_hash) AS named, count(id_card_hash) AS carded,
    min(as_of) AS oldest, max(as_of) AS newest, max(msisdn) AS last
  FROM (SELECT * FROM subscribers WHERE msisdn > ? ORDER BY msisdn LIMIT ?)
  GROUP BY status, carrier, activated_on`;

export function readRegistryStatistics(path: string, options: StatisticsOptions = {}): RegistryStatistics {
  const { onRows, sliceRows = SLICE_ROWS } = options;
  const database = openRegistryFile(path);
  try {
    database.exec('BEGIN');
    const total = Number(database.prepare('SELECT count(*) AS n FROM subscribers').get()?.n);
    const carriers = new Map(
      database
        .prepare('SELECT id, name FROM carriers')
        .all()
        .map(({ id, name }) => [Number(id), String(name)]),
    );
    const slice = database.prepare(SLICE);
    const byStatus = new Map<string, number>();
    const byCarrier = new Map<string, number>();
    const byActivatedOn = new Map<CalendarDate, number>();
    let rows = 0;
    let withName = 0;
    let withIdCard = 0;
    let withActivatedOn = 0;
    let oldest = Number.POSITIVE_INFINITY;
    let newest = Number.NEGATIVE_INFINITY;
    for (let last = 0; rows < total; onRows?.(rows, total)) {
      for (const group of slice.iterate(last, sliceRows)) {
        const n = Number(group.n);
        rows += n;
        addTo(byStatus, LINE_STATUSES[Number(group.status) - 1] ?? '', n);
        addTo(byCarrier, carriers.get(Number(group.carrier)) ?? '', n);
        if (group.activated_on !== null) {
          addTo(byActivatedOn, Number(group.activated_on) as CalendarDate, n);
          withActivatedOn += n;
        }
        withName += Number(group.named);
        withIdCard += Number(group.carded);
        oldest = Math.min(oldest, Number(group.oldest));
        newest = Math.max(newest, Number(group.newest));
        last = Math.max(last, Number(group.last));
      }
    }
    return {
      rows,
      demonstration: isDemonstration(database),
      byStatus: sorted(byStatus),
      byCarrier: sorted(byCarrier),
      withName,
      withIdCard,
      withActivatedOn,
      oldestAsOf: rows === 0 ? undefined : (oldest as CalendarDate),
      newestAsOf: rows === 0 ? undefined : (newest as CalendarDate),
      byActivatedOn,
    };
  } finally {
    database.close();
  }
}

function addTo<Key>(sums: Map<Key, number>, key: Key, n: number): void {
  sums.set(key, (sums.get(key) ?? 0) + n);
}

/** The most frequent first. */
function sorted(sums: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...sums].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}
