// Who did what to accounts and keys, and what was before and after. Append-only; the table refuses changes.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { AuditedAct, AuditFilter } from '../../../ports/account-desk.ts';

export type AuditEntry = AuditedAct;

export interface StoredAuditFilter extends Omit<AuditFilter, 'number'> {
  readonly oldestFirst?: boolean | undefined;
  /** As entries about one number hold it. */
  readonly numberHash?: string | undefined;
}

export interface AuditLog {
  append(entry: Omit<AuditEntry, 'seq'>): void;
  /** Newest first unless the filter says otherwise. */
  list(limit: number, offset: number, filter?: StoredAuditFilter): AuditEntry[];
  length(filter?: StoredAuditFilter): number;
  /** The newest entry of one act on one subject. */
  latestOf(act: string, subject: string): AuditEntry | undefined;
}

export function createAuditLog(database: DatabaseSync): AuditLog {
  const insert = database.prepare(
    'INSERT INTO audit (time_ms, actor, act, subject, before, after) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const latestOf = database.prepare(
    'SELECT * FROM audit WHERE act = ? AND subject = ? ORDER BY seq DESC LIMIT 1',
  );
  return {
    append({ timeMs, actor, act, subject, before, after }) {
      insert.run(timeMs, actor, act, subject, JSON.stringify(before ?? null), JSON.stringify(after ?? null));
    },
    list(limit, offset, filter = {}) {
      const { text, values } = conditionsOf(filter);
      const order = filter.oldestFirst === true ? 'ASC' : 'DESC';
      return database
        .prepare(`SELECT * FROM audit WHERE ${text} ORDER BY seq ${order} LIMIT ? OFFSET ?`)
        .all(...values, limit, offset)
        .map(readEntry);
    },
    length(filter = {}) {
      const { text, values } = conditionsOf(filter);
      const counted = database.prepare(`SELECT count(*) AS total FROM audit WHERE ${text}`).get(...values);
      return Number(counted?.total);
    },
    latestOf(act, subject) {
      const row = latestOf.get(act, subject);
      return row === undefined ? undefined : readEntry(row);
    },
  };
}

function conditionsOf(filter: StoredAuditFilter) {
  const { actor, act, subject, numberHash, fromMs, toMs, behindSeq, oldestFirst } = filter;
  const conditions: readonly (readonly [string, SQLInputValue | undefined])[] = [
    ['actor = ?', actor],
    ['act = ?', act],
    ['subject = ?', subject],
    ['time_ms >= ?', fromMs],
    ['time_ms < ?', toMs],
    [oldestFirst === true ? 'seq > ?' : 'seq < ?', behindSeq],
    // Ours is the only JSON in the column, without spaces: a search for the text reads faster than parsing each.
    [`instr(after, '"numberHash":"' || ? || '"') > 0`, numberHash],
  ];
  const asked = conditions.filter((one): one is readonly [string, SQLInputValue] => one[1] !== undefined);
  return {
    text: ['TRUE', ...asked.map(([text]) => text)].join(' AND '),
    values: asked.map(([, value]) => value),
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
