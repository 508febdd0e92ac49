// Answers that are given again: written in the transaction of their entry, so that a charge is never without its answer.

import type { DatabaseSync } from 'node:sqlite';
import type { KeptAnswer } from '../../../ports/ledger.ts';
import { openLedgerFile } from './schema.ts';

/** Deleted with each that comes: more than one, so that old ones get fewer. */
const DROPPED_WITH_EACH = 4;
/** Deleted in one transaction where nothing else is in it: no call waits long for it. */
const DROPPED_AT_ONCE = 256;

export interface KeptTable {
  /** Is there an answer under this name, or another question? */
  isTaken(kept: KeptAnswer, nowMs: number): boolean;
  put(kept: KeptAnswer, nowMs: number): void;
  /** Deletes some whose time is over; false when there are no more of them. */
  drop(nowMs: number): boolean;
}

/** For the writer, inside its transactions. */
export function createKeptTable(database: DatabaseSync): KeptTable {
  const taken = database.prepare(
    'SELECT 1 FROM kept_answers WHERE name = ? AND until_ms > ? AND (length(answer) > 0 OR question <> ?)',
  );
  const insert = database.prepare('INSERT OR REPLACE INTO kept_answers VALUES (?, ?, ?, ?)');
  const remove = database.prepare(
    `DELETE FROM kept_answers WHERE name IN
       (SELECT name FROM kept_answers WHERE until_ms <= ? ORDER BY until_ms LIMIT ?)`,
  );

  return {
    isTaken: ({ name, question }, nowMs) => taken.get(name, nowMs, question) !== undefined,
    put({ name, question, answer, untilMs }, nowMs) {
      remove.run(nowMs, DROPPED_WITH_EACH);
      insert.run(name, question, answer, untilMs);
    },
    drop: (nowMs) => Number(remove.run(nowMs, DROPPED_AT_ONCE).changes) === DROPPED_AT_ONCE,
  };
}

export interface KeptReader {
  find(name: Uint8Array, nowMs: number): Pick<KeptAnswer, 'question' | 'answer'> | undefined;
  close(): void;
}

/** For the serving thread, on a connection of its own. */
export function openKeptReader(ledgerPath: string): KeptReader {
  const database = openLedgerFile(ledgerPath, { readOnly: true });
  const select = database.prepare(
    'SELECT question, answer FROM kept_answers WHERE name = ? AND until_ms > ?',
  );
  return {
    find(name, nowMs) {
      const row = select.get(name, nowMs);
      if (row === undefined) return undefined;
      return { question: row.question as Uint8Array, answer: row.answer as Uint8Array };
    },
    close() {
      if (database.isOpen) database.close();
    },
  };
}
