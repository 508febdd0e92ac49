// Codes as they are shown.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CodeStore, StoredVerification, VerificationStep } from '../../../ports/code-store.ts';
import type { CodeState, DeliveryState, VerificationFilter } from '../../../ports/verifications.ts';
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
  // A bounded number: each filter is in a statement or is not.
  const statements = new Map<string, StatementSync>();
  const prepared = (text: string): StatementSync => {
    const statement = statements.get(text) ?? database.prepare(text);
    statements.set(text, statement);
    return statement;
  };
  return (account, { offset, limit, oldestFirst, filter }) => {
    const { where, values } = conditionsOf(filter);
    const order = oldestFirst === true ? 'ASC' : 'DESC';
    const from = `FROM verifications WHERE account = ?${where}`;
    const { total } = prepared(`SELECT count(*) AS total ${from}`).get(account, ...values) ?? {};
    // What is passed over is passed over in the index, where nothing is filtered.
    const rows = prepared(
      `SELECT * FROM verifications WHERE seq IN (SELECT seq ${from} ORDER BY seq ${order} LIMIT ? OFFSET ?) ORDER BY seq ${order}`,
    ).all(account, ...values, limit, offset);
    return { total: Number(total), verifications: rows.map(verificationOf) };
  };
}

function conditionsOf(filter: VerificationFilter | undefined) {
  const values: (string | number)[] = [];
  let where = '';
  const add = (condition: string, ...more: (string | number)[]) => {
    where += ` AND ${condition}`;
    values.push(...more);
  };
  if (filter === undefined) return { where, values };
  const { codeState, nowMs, deliveryState, kind, fromMs, toMs } = filter;
  if (codeState === 'expired')
    add("(code_state = 'expired' OR (code_state = 'pending' AND expires_ms <= ?))", nowMs);
  else if (codeState === 'pending') add("code_state = 'pending' AND expires_ms > ?", nowMs);
  else if (codeState !== undefined) add('code_state = ?', codeState);
  // What is held is shown as queued.
  if (deliveryState === 'queued') add("delivery_state IN ('queued', 'held')");
  else if (deliveryState !== undefined) add('delivery_state = ?', deliveryState);
  if (kind !== undefined) add('kind = ?', kind);
  if (fromMs !== undefined) add('created_ms >= ?', fromMs);
  if (toMs !== undefined) add('created_ms < ?', toMs);
  return { where, values };
}
