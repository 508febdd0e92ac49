// What becomes of messages: released, sent, delivered, failed. A message only ever comes further; its text is erased as soon as it
// is no longer needed.

import type { DatabaseSync } from 'node:sqlite';
import type { CodeStore, VerificationStep, WaitingMessage } from '../../../ports/code-store.ts';
import type { Sync } from './books.ts';
import { STEP_COLUMNS, stepOf } from './read-verifications.ts';
import { UNFINISHED } from './schema.ts';

type Deliveries = Sync<CodeStore, 'deliver' | 'receive' | 'waiting' | 'markResent'>;

export function createDeliveries(database: DatabaseSync): Deliveries {
  // What a channel has taken over was sent, although its time ran out meanwhile.
  const deliver = database.prepare(
    `UPDATE verifications SET delivery_state = ?1, channel = ?2, reference = ?3, reason = ?4, changed_ms = ?5,
       sealed_message = NULL WHERE id = ?6
       AND (delivery_state IN ('held', 'queued') OR (delivery_state = 'expired' AND ?1 = 'sent')) RETURNING ${STEP_COLUMNS}`,
  );
  // Stations begin their references anew now and then: a receipt is for the newest message of that name.
  const receive = database.prepare(
    `UPDATE verifications SET delivery_state = ?1, reason = ?2, changed_ms = ?3 WHERE delivery_state = 'sent' AND seq =
       (SELECT max(seq) FROM verifications WHERE channel = ?4 AND reference = ?5) RETURNING ${STEP_COLUMNS}`,
  );
  const waiting = database.prepare(
    `SELECT * FROM verifications WHERE ${UNFINISHED} AND sealed_message IS NOT NULL
     AND delivery_state IN ('held', 'queued') ORDER BY seq`,
  );
  const mark = database.prepare(
    "UPDATE verifications SET resent = ?, delivery_state = 'queued' WHERE id = ? AND delivery_state IN ('held', 'queued')",
  );
  const found = (row: Record<string, unknown> | undefined): VerificationStep | undefined =>
    row === undefined ? undefined : stepOf(row);

  return {
    deliver: ({ id, state, channel, reference, reason, nowMs }) =>
      found(deliver.get(state, channel, reference ?? null, reason, nowMs, id)),
    receive: (channel, { reference, state, reason }, nowMs) =>
      found(receive.get(state, reason, nowMs, channel, reference)),
    waiting: () =>
      waiting.all().map(
        (row): WaitingMessage => ({
          id: String(row.id),
          requestId: String(row.request_id),
          account: Number(row.account),
          purpose: String(row.purpose),
          kind: row.kind === 'email' ? 'email' : 'phone',
          state: row.delivery_state === 'held' ? 'held' : 'queued',
          resent: row.resent === 1,
          sealedContact: row.sealed_contact as Uint8Array,
          sealedMessage: row.sealed_message as Uint8Array,
          channels: JSON.parse(String(row.channels)) as string[],
          createdMs: Number(row.created_ms),
          expiresMs: Number(row.expires_ms),
        }),
      ),
    markResent: (id, resent) => void mark.run(resent ? 1 : 0, id),
  };
}
