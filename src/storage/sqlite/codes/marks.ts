// What is remembered of a subject for a while: attempts, sends, blocks. All of one subject lies together, since a send reads and
// writes most of it: on the disk it is one page.

import type { DatabaseSync } from 'node:sqlite';

export const MARKS_SQL = `
  CREATE TABLE marks (
    account INTEGER NOT NULL,
    subject BLOB NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (account, subject, name)
  ) STRICT, WITHOUT ROWID;`;

export interface Marks {
  /** JSON as it was put; not to be changed in place. */
  find(account: number, subject: Uint8Array, name: string): unknown;
  /** It may be forgotten from `untilMs` on. */
  put(account: number, subject: Uint8Array, name: string, value: unknown, untilMs: number): void;
  remove(account: number, subject: Uint8Array, name: string): void;
  /** Forgets what is over among the next so many, from where it was the last time. */
  sweep(nowMs: number, rowsMax: number): void;
  /** Writes what was put since: each mark once, however often it was put. Within the transaction of what was decided by it. */
  flush(): void;
  /** After a transaction that was rolled back: what was put in it never was. */
  forget(): void;
}

interface Place {
  readonly account: number;
  readonly subject: Uint8Array;
  readonly name: string;
}

const BEGIN: Place = { account: -1, subject: new Uint8Array(0), name: '' };

interface Mark {
  readonly account: number;
  readonly subject: Uint8Array;
  readonly name: string;
  /** undefined: there is none. */
  value: unknown;
  untilMs: number;
  isDirty: boolean;
}

/** Marks of accounts and countries are read by every send; those of recipients once or twice. */
const CACHED_MAX = 1000;

const placeOf = (row: Record<string, unknown>): Place => ({
  account: Number(row.account),
  subject: row.subject as Uint8Array,
  name: String(row.name),
});

/** The one writer of its table. */
export function createMarks(database: DatabaseSync): Marks {
  const read = database.prepare(
    'SELECT value, until_ms FROM marks WHERE account = ? AND subject = ? AND name = ?',
  );
  const write = database.prepare('INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM marks WHERE account = ? AND subject = ? AND name = ?');
  // By the table's own order: an index by time would be written with every mark.
  const next = `SELECT account, subject, name, until_ms FROM marks
    WHERE (account, subject, name) > (?1, ?2, ?3) ORDER BY account, subject, name`;
  const end = database.prepare(`${next} LIMIT 1 OFFSET ?4 - 1`);
  const over = database.prepare(`SELECT account, subject, name FROM (${next} LIMIT ?4) WHERE until_ms <= ?5`);
  let cached = new Map<string, Mark>();
  const dirty: Mark[] = [];
  let last: Place = BEGIN;

  const keyOf = (account: number, subject: Uint8Array, name: string): string =>
    `${account} ${Buffer.from(subject.buffer, subject.byteOffset, subject.length).toString('latin1')} ${name}`;

  function load(account: number, subject: Uint8Array, name: string): Mark {
    const key = keyOf(account, subject, name);
    const known = cached.get(key);
    if (known !== undefined) return known;
    const row = read.get(account, subject, name);
    const value: unknown = row === undefined ? undefined : JSON.parse(String(row.value));
    const mark = { account, subject, name, value, untilMs: Number(row?.until_ms ?? 0), isDirty: false };
    cached.set(key, mark);
    return mark;
  }

  function change(mark: Mark, value: unknown, untilMs: number): void {
    mark.value = value;
    mark.untilMs = untilMs;
    if (mark.isDirty) return;
    mark.isDirty = true;
    dirty.push(mark);
  }

  return {
    find: (account, subject, name) => load(account, subject, name).value,
    put: (account, subject, name, value, untilMs) => change(load(account, subject, name), value, untilMs),
    remove: (account, subject, name) => change(load(account, subject, name), undefined, 0),
    flush() {
      for (const mark of dirty.splice(0)) {
        const { account, subject, name, value, untilMs } = mark;
        mark.isDirty = false;
        if (value === undefined) remove.run(account, subject, name);
        else write.run(account, subject, name, JSON.stringify(value), untilMs);
      }
      if (cached.size > CACHED_MAX) cached = new Map();
    },
    forget() {
      dirty.length = 0;
      cached = new Map();
    },
    sweep(nowMs, rowsMax) {
      const { account, subject, name } = last;
      const endRow = end.get(account, subject, name, rowsMax);
      for (const row of over.all(account, subject, name, rowsMax, nowMs)) {
        const place = placeOf(row);
        const key = keyOf(place.account, place.subject, place.name);
        // Put again by an earlier step of this transaction.
        if (cached.get(key)?.isDirty === true) continue;
        cached.delete(key);
        remove.run(place.account, place.subject, place.name);
      }
      last = endRow === undefined ? BEGIN : placeOf(endRow);
    },
  };
}
