// The table of notices to accounts' webhooks, as functions for the thread that writes the file. A queue for each account,
// bounded, so that a receiver that is down fills no disk.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { NewNotice, Notice, WantedNotices } from '../../../ports/notices.ts';

export const NOTICES_SQL = `
  CREATE TABLE notices (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    account INTEGER NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX notices_of_account ON notices (account, attempts, seq, next_ms);
  CREATE INDEX notices_by_end ON notices (expires_ms);`;

type Name = 'add' | 'due' | 'done' | 'retryLater' | 'dropExpired' | 'dropAccount';

const STATEMENTS: Readonly<Record<Name, string>> = {
  add: `INSERT INTO notices (id, account, body, attempts, next_ms, expires_ms)
    SELECT :id, :account, :body, 0, :nextMs, :expiresMs
    WHERE (SELECT count(*) FROM (SELECT 1 FROM notices WHERE account = :account LIMIT :max)) < :max`,
  // From account to account by the index: one with many notices costs the others nothing.
  due: `WITH RECURSIVE waiting (account) AS (
      SELECT min(account) FROM notices
      UNION ALL
      SELECT (SELECT min(account) FROM notices WHERE account > waiting.account)
      FROM waiting WHERE waiting.account IS NOT NULL)
    SELECT notices.* FROM waiting CROSS JOIN notices ON notices.seq IN (
      SELECT own.seq FROM notices AS own WHERE own.account = waiting.account AND own.next_ms <= :nowMs
      ORDER BY own.attempts, own.seq LIMIT :perAccount)
    WHERE waiting.account IS NOT NULL
      AND waiting.account NOT IN (SELECT value FROM json_each(:except))
    ORDER BY notices.attempts, notices.seq LIMIT :limit`,
  done: 'DELETE FROM notices WHERE seq = ?',
  retryLater: 'UPDATE notices SET attempts = attempts + 1, next_ms = ? WHERE seq = ?',
  dropExpired: 'DELETE FROM notices WHERE expires_ms <= ?',
  dropAccount: 'DELETE FROM notices WHERE account = ?',
};

const prepared = new WeakMap<DatabaseSync, Map<Name, StatementSync>>();

/** false when the account's queue, of `max` notices, is full: the notice is dropped, for the caller to count. */
export function addNotice(database: DatabaseSync, notice: NewNotice, max: number): boolean {
  const { id, accountId: account, body, nextMs, expiresMs } = notice;
  return prepare(database, 'add').run({ id, account, body, nextMs, expiresMs, max }).changes === 1;
}

/** Those whose time has come, the least tried first. */
export function dueNotices(database: DatabaseSync, nowMs: number, wanted: WantedNotices): readonly Notice[] {
  const { limit, perAccount } = wanted;
  const except = JSON.stringify(wanted.except);
  return prepare(database, 'due')
    .all({ nowMs, limit, perAccount, except })
    .map((row) => ({
      seq: Number(row.seq),
      id: String(row.id),
      accountId: Number(row.account),
      body: String(row.body),
      attempts: Number(row.attempts),
      nextMs: Number(row.next_ms),
      expiresMs: Number(row.expires_ms),
    }));
}

export function noticeDone(database: DatabaseSync, seq: number): void {
  prepare(database, 'done').run(seq);
}

export function retryNoticeLater(database: DatabaseSync, seq: number, nextMs: number): void {
  prepare(database, 'retryLater').run(nextMs, seq);
}

/** How many there were. */
export function dropExpiredNotices(database: DatabaseSync, nowMs: number): number {
  return Number(prepare(database, 'dropExpired').run(nowMs).changes);
}

/** Of an account whose webhook is removed. */
export function dropNoticesOf(database: DatabaseSync, accountId: number): number {
  return Number(prepare(database, 'dropAccount').run(accountId).changes);
}

function prepare(database: DatabaseSync, name: Name): StatementSync {
  let statements = prepared.get(database);
  if (statements === undefined) {
    statements = new Map();
    prepared.set(database, statements);
  }
  let statement = statements.get(name);
  if (statement === undefined) {
    statement = database.prepare(STATEMENTS[name]);
    statements.set(name, statement);
  }
  return statement;
}
