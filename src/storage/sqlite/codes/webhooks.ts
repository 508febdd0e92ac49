// Accounts' webhooks: where notices go and the secret that signs them, one of each, in a sealed box (a URL may hold a token of the
// receiver's).

import type { DatabaseSync } from 'node:sqlite';
import type { CodeStore } from '../../../ports/code-store.ts';
import type { Sync } from './books.ts';
import type { Marks } from './marks.ts';
import { dropNoticesOf } from './notices.ts';

export const WEBHOOKS_SQL = `
  CREATE TABLE webhooks (
    account INTEGER PRIMARY KEY,
    sealed_receiver BLOB NOT NULL,
    disabled INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL
  ) STRICT;`;

export interface WebhookBook
  extends Sync<CodeStore, 'webhook' | 'putWebhook' | 'disableWebhook' | 'removeWebhook'> {
  /** Is there one that wants notices? */
  isListening(account: number): boolean;
  /** A notice for which the queue had no room. */
  countDropped(account: number, nowMs: number): void;
}

const NOBODY = new Uint8Array(0);
const DROPPED = 'notices:dropped';

/** `keepMs`: how long it is remembered that notices were dropped. */
export function createWebhookBook(database: DatabaseSync, marks: Marks, keepMs: number): WebhookBook {
  const find = database.prepare('SELECT * FROM webhooks WHERE account = ?');
  const listens = database.prepare('SELECT 1 FROM webhooks WHERE account = ? AND disabled = 0');
  const put = database.prepare('INSERT OR REPLACE INTO webhooks VALUES (?, ?, 0, ?)');
  // Of another box the receiver has said nothing.
  const disable = database.prepare(
    'UPDATE webhooks SET disabled = 1 WHERE account = ? AND sealed_receiver = ?',
  );
  const remove = database.prepare('DELETE FROM webhooks WHERE account = ?');

  const droppedOf = (account: number): number => Number(marks.find(account, NOBODY, DROPPED) ?? 0);

  return {
    countDropped: (account, nowMs) =>
      marks.put(account, NOBODY, DROPPED, droppedOf(account) + 1, nowMs + keepMs),
    isListening: (account) => listens.get(account) !== undefined,
    webhook(account) {
      const row = find.get(account);
      if (row === undefined) return undefined;
      const sealedReceiver = row.sealed_receiver as Uint8Array;
      return { sealedReceiver, isDisabled: row.disabled === 1, dropped: droppedOf(account) };
    },
    putWebhook(account, sealedReceiver, nowMs) {
      put.run(account, sealedReceiver, nowMs);
      marks.remove(account, NOBODY, DROPPED);
    },
    disableWebhook: (account, sealedReceiver) => void disable.run(account, sealedReceiver),
    removeWebhook(account) {
      dropNoticesOf(database, account);
      marks.remove(account, NOBODY, DROPPED);
      return remove.run(account).changes === 1;
    },
  };
}
