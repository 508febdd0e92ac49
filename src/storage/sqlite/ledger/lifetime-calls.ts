// How many charged calls each key has made in its whole life. Counted from the entries when the first key with such a
// limit asks, kept up from then on.

import type { DatabaseSync } from 'node:sqlite';
import { createEntryScan, type EntryScan } from './entry-scan.ts';

export interface LifetimeCalls extends EntryScan {
  of(key: number): number;
  /** After the entry of a charged call was appended. */
  count(key: number): void;
}

export function createLifetimeCalls(database: DatabaseSync): LifetimeCalls {
  const calls = new Map<number, number>();
  const scan = createEntryScan({
    database,
    sql: 'SELECT key, count(*) AS calls FROM entries WHERE seq >= ? AND seq <= ? AND charged = 1 GROUP BY key',
    firstSeq: () => 1,
    begin: () => calls.clear(),
    take: (row) => add(Number(row.key), Number(row.calls)),
  });

  function add(key: number, more: number): void {
    calls.set(key, (calls.get(key) ?? 0) + more);
  }

  return {
    ...scan,
    of(key) {
      scan.load();
      return calls.get(key) ?? 0;
    },
    count(key) {
      if (scan.isLoaded()) add(key, 1);
    },
  };
}
