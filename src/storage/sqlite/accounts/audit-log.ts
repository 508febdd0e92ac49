// Who did what to accounts and keys, and what was before and after. Append-only; the table refuses changes.

import type { DatabaseSync } from 'node:sqlite';

export interface AuditEntry {
  readonly seq: number;
  readonly timeMs: number;
  readonly actor: string;
  readonly act: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface AuditLog {
  append(entry: Omit<AuditEntry, 'seq'>): void;
  /** Newest first. */
  latest(limit: number, offset: number): AuditEntry[];
  length(): number;
  /** The newest entry of one act on one subject. */
  latestOf(act: string, subject: string): AuditEntry | undefined;
}

export function createAuditLog(database: DatabaseSync): AuditLog {
  const insert = database.prepare(
    'INSERT INTO audit (time_ms, actor, act, subject, before, after) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const latest = database.prepare('SELECT * FROM audit ORDER BY seq DESC LIMIT ? OFFSET ?');
  const latestOf = database.prepare(
    'SELECT * FROM audit WHERE act = ? AND subject = ? ORDER BY seq DESC LIMIT 1',
  );
  return {
    append({ timeMs, actor, act, subject, before, after }) {
      insert.run(timeMs, actor, act, subject, JSON.stringify(before ?? null), JSON.stringify(after ?? null));
    },
    latest: (limit, offset) => latest.all(limit, offset).map(readEntry),
    length: () => Number(database.prepare('SELECT count(*) AS total FROM audit').get()?.total),
    latestOf(act, subject) {
      const row = latestOf.get(act, subject);
      return row === undefined ? undefined : readEntry(row);
    },
  };
}

function readEntry(row: Record<string, unknown>): AuditEntry {
  return {
    seq: Number(row.seq),
    timeMs: Number(row.time_ms),
    actor: String(row.actor),
    act: String(row.act),
    subject: String(row.subject),
    before: JSON.parse(String(row.before)),
    after: JSON.parse(String(row.after)),
  };
}
