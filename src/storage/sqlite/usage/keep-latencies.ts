// The table of latencies in usage.db: counts by account, day, protocol, action and bucket. They come from the serving thread
// alone, are kept as long as single calls, and begin anew where usage.db is built again.

import type { DatabaseSync } from 'node:sqlite';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { inTransaction } from '../in-transaction.ts';
import type { LatencyRow } from './latency-book.ts';

/** Drops what is from before `oldestDay`. */
export function keepLatencies(
  database: DatabaseSync,
  day: CalendarDate,
  oldestDay: CalendarDate,
  rows: readonly LatencyRow[],
): void {
  inTransaction(database, () => {
    const add = database.prepare(
      `INSERT INTO latencies VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET calls = calls + excluded.calls`,
    );
    for (const [account, protocol, action, bucket, calls] of rows)
      add.run(account, day, protocol, action, bucket, calls);
    database.prepare('DELETE FROM latencies WHERE day < ?').run(oldestDay);
  });
}
