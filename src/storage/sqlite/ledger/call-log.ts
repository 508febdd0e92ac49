// The bounded log of calls without a ledger entry: a ring of rows that overwrites its oldest. Losing its newest rows in
// a crash is acceptable, so it syncs rarely and in its own file.

import type { LoggedCall } from '../../../ports/ledger.ts';
import { inTransaction } from '../in-transaction.ts';
import { openDatabase } from '../open-database.ts';
import { CALLS_MIGRATIONS } from './schema.ts';

export interface CallLog {
  append(calls: readonly LoggedCall[]): void;
  close(): void;
}

export function openCallLog(path: string, capacity: number): CallLog {
  const database = openDatabase(path, { migrations: CALLS_MIGRATIONS });
  database.exec('PRAGMA synchronous = NORMAL');
  const insert = database.prepare(
    `INSERT OR REPLACE INTO calls VALUES (${Array.from({ length: 12 }, () => '?').join(', ')})`,
  );
  const newest = database.prepare('SELECT max(number) AS number FROM calls').get();
  let number = Number(newest?.number ?? 0);
  database.prepare('DELETE FROM calls WHERE slot >= ?').run(capacity);
  return {
    append(calls) {
      inTransaction(database, () => {
        for (const call of calls) {
          number += 1;
          insert.run(
            number % capacity,
            number,
            call.timeMs,
            call.accountId,
            call.keyId,
            call.requestId,
            call.action,
            call.protocol,
            call.outcome,
            call.resultCode,
            call.sandbox ? 1 : 0,
            call.durationUs,
          );
        }
      });
    },
    close: () => database.close(),
  };
}
