// Sends that a guard refused: the newest one by one, all of them as sums by day.

import type { DatabaseSync } from 'node:sqlite';
import type { CodeStore, NewRefusal } from '../../../ports/code-store.ts';
import type { Guard, RefusalSum, RefusedSend } from '../../../ports/verifications.ts';
import type { Sync } from './books.ts';

export interface RefusalLog {
  add(refusal: NewRefusal): void;
}

const DAY_MS = 86_400_000;

export function createRefusalLog(database: DatabaseSync, refusalsMax: number): RefusalLog {
  const insert = database.prepare(
    `INSERT INTO refusals (account, time_ms, guard, kind, masked, country, request_id, saved_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const forget = database.prepare('DELETE FROM refusals WHERE seq <= ?');
  const sum = database.prepare(
    `INSERT INTO refusal_sums VALUES (?, ?, ?, ?, 1, ?)
     ON CONFLICT DO UPDATE SET count = count + 1, saved_minor = saved_minor + excluded.saved_minor`,
  );

  return {
    add({ account, timeMs, guard, kind, maskedTo, country, requestId, savedMinor }) {
      const { lastInsertRowid } = insert.run(
        ...([account, timeMs, guard, kind, maskedTo, country, requestId, savedMinor] as const),
      );
      forget.run(Number(lastInsertRowid) - refusalsMax);
      sum.run(account, Math.floor(timeMs / DAY_MS), guard, country, savedMinor);
    },
  };
}

export function createRefusalReader(database: DatabaseSync): Sync<CodeStore, 'refusals' | 'refusalSums'> {
  const count = database.prepare('SELECT count(*) AS total FROM refusals WHERE account = ?');
  const newestFirst = database.prepare(
    'SELECT * FROM refusals WHERE account = ? ORDER BY seq DESC LIMIT ? OFFSET ?',
  );
  const oldestFirst = database.prepare(
    'SELECT * FROM refusals WHERE account = ? ORDER BY seq LIMIT ? OFFSET ?',
  );
  const sums = database.prepare(
    `SELECT guard, country, sum(count) AS count, sum(saved_minor) AS saved FROM refusal_sums
     WHERE account = ? AND day >= ? GROUP BY guard, country ORDER BY guard, country`,
  );

  return {
    refusals: (account, { offset, limit, oldestFirst: isTurned }) => ({
      total: Number(count.get(account)?.total),
      refusals: (isTurned === true ? oldestFirst : newestFirst).all(account, limit, offset).map(
        (row): RefusedSend => ({
          seq: Number(row.seq),
          timeMs: Number(row.time_ms),
          guard: row.guard as Guard,
          kind: row.kind === 'email' ? 'email' : 'phone',
          maskedTo: String(row.masked),
          country: String(row.country),
          requestId: String(row.request_id),
          savedMinor: Number(row.saved_minor),
        }),
      ),
    }),
    refusalSums: (account, sinceMs) =>
      sums.all(account, Math.floor(sinceMs / DAY_MS)).map(
        (row): RefusalSum => ({
          guard: row.guard as Guard,
          country: String(row.country),
          count: Number(row.count),
          savedMinor: Number(row.saved),
        }),
      ),
  };
}
