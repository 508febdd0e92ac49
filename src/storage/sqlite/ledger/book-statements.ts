// What the books say to their file.

import type { DatabaseSync, StatementSync } from 'node:sqlite';

export function prepareBookStatements(
  database: DatabaseSync,
): Record<
  | 'begin'
  | 'commit'
  | 'rollback'
  | 'dataVersion'
  | 'last'
  | 'countersFrom'
  | 'fundsOf'
  | 'putFunds'
  | 'insert',
  StatementSync
> {
  return {
    begin: database.prepare('BEGIN IMMEDIATE'),
    commit: database.prepare('COMMIT'),
    rollback: database.prepare('ROLLBACK'),
    dataVersion: database.prepare('PRAGMA data_version'),
    last: database.prepare('SELECT seq, hash, time_ms, day FROM entries ORDER BY seq DESC LIMIT 1'),
    countersFrom: database.prepare('SELECT counters FROM entries WHERE seq >= ? AND length(counters) > 0'),
    fundsOf: database.prepare('SELECT service, amount FROM funds WHERE account = ?'),
    putFunds: database.prepare(
      `INSERT INTO funds (account, service, amount) VALUES (?, ?, ?)
       ON CONFLICT (account, service) DO UPDATE SET amount = excluded.amount`,
    ),
    insert: database.prepare(
      `INSERT INTO entries VALUES (${Array.from({ length: 21 }, () => '?').join(', ')})`,
    ),
  };
}
