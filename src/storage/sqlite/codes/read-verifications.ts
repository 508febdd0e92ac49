// Codes as they are shown.

import type { DatabaseSync } from 'node:sqlite';
import type { CodeStore, StoredVerification, VerificationStep } from '../../../ports/code-store.ts';
import type { CodeState, DeliveryState } from '../../../ports/verifications.ts';
import type { Sync } from './books.ts';
import { UNFINISHED } from './schema.ts';

/** Columns of a step: without boxes, which would travel for nothing. */
export const STEP_COLUMNS =
  'id, account, purpose, kind, code_state, delivery_state, channel, reason, resent, created_ms, expires_ms, changed_ms';

export function verificationOf(row: Record<string, unknown>): StoredVerification {
  return { ...stepOf(row), sealedContact: row.sealed_contact as Uint8Array };
}

export function stepOf(row: Record<string, unknown>): VerificationStep {
  return {
    id: String(row.id),
    account: Number(row.account),
    purpose: String(row.purpose),
    kind: row.kind === 'email' ? 'email' : 'phone',
    codeState: row.code_state as CodeState,
    deliveryState: row.delivery_state === 'held' ? 'queued' : (row.delivery_state as DeliveryState),
    channel: String(row.channel),
    reason: String(row.reason),
    resent: row.resent === 1,
    createdMs: Number(row.created_ms),
    expiresMs: Number(row.expires_ms),
    changedMs: Number(row.changed_ms),
  };
}

export function createVerificationReader(database: DatabaseSync): Sync<CodeStore, 'find' | 'statistics'> {
  const find = database.prepare('SELECT * FROM verifications WHERE account = ? AND id = ?');
  const pending = database.prepare(
    `SELECT count(*) AS total FROM verifications WHERE ${UNFINISHED} AND code_hash IS NOT NULL
     AND code_state = 'pending'`,
  );
  const waiting = database.prepare(
    `SELECT count(*) AS total FROM verifications WHERE ${UNFINISHED} AND sealed_message IS NOT NULL`,
  );

  return {
    find(account, id) {
      const row = find.get(account, id);
      return row === undefined ? undefined : verificationOf(row);
    },
    statistics: () => ({
      pending: Number(pending.get()?.total),
      waiting: Number(waiting.get()?.total),
    }),
  };
}

export function createVerificationList(database: DatabaseSync): Sync<CodeStore, 'list'>['list'] {
  const count = database.prepare('SELECT count(*) AS total FROM verifications WHERE account = ?');
  // What is passed over is passed over in the index.
  const list = (order: 'ASC' | 'DESC') =>
    database.prepare(
      `SELECT * FROM verifications WHERE seq IN
         (SELECT seq FROM verifications WHERE account = ? ORDER BY seq ${order} LIMIT ? OFFSET ?) ORDER BY seq ${order}`,
    );
  const newestFirst = list('DESC');
  const oldestFirst = list('ASC');
  return (account, { offset, limit, oldestFirst: isTurned }) => ({
    total: Number(count.get(account)?.total),
    verifications: (isTurned === true ? oldestFirst : newestFirst)
      .all(account, limit, offset)
      .map(verificationOf),
  });
}
