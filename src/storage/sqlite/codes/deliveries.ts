// What becomes of messages: released, sent, delivered, failed. A message only ever comes further; its text is erased as soon as it
// is no longer needed.

import type { DatabaseSync } from 'node:sqlite';
import type { CodeStore, StoredVerification, WaitingMessage } from '../../../ports/code-store.ts';
import type { Sync } from './books.ts';
import { verificationOf } from './read-verifications.ts';

type Deliveries = Sync<CodeStore, 'release' | 'drop' | 'deliver' | 'receive' | 'waiting' | 'markResent'>;

export function createDeliveries(database: DatabaseSync): Deliveries {
  const release = database.prepare(
    "UPDATE verifications SET delivery_state = 'queued' WHERE id = ? AND delivery_state = 'held'",
  );
  const drop = database.prepare("DELETE FROM verifications WHERE id = ? AND delivery_state = 'held'");
  // What a channel has taken over was sent, although its time ran out meanwhile.
  const deliver = database.prepare(
    `UPDATE verifications SET delivery_state = ?1, channel = ?2, reference = ?3, reason = ?4, changed_ms = ?5,
       sealed_message = NULL WHERE id = ?6
       AND (delivery_state IN ('held', 'queued') OR (delivery_state = 'expired' AND ?1 = 'sent')) RETURNING *`,
  );
  // Stations begin their references anew now and then: a receipt is for the newest message of that name.
  const receive = database.prepare(
    `UPDATE verifications SET delivery_state = ?1, reason = ?2, changed_ms = ?3 WHERE delivery_state = 'sent' AND seq =
       (SELECT max(seq) FROM verifications WHERE channel = ?4 AND reference = ?5) RETURNING *`,
  );
  const waiting = database.prepare(
    "SELECT * FROM verifications WHERE sealed_message IS NOT NULL AND delivery_state IN ('held', 'queued') ORDER BY seq",
  );
  const mark = database.prepare(
    "UPDATE verifications SET resent = ?, delivery_state = 'queued' WHERE id = ? AND delivery_state IN ('held', 'queued')",
  );
  const found = (row: Record<string, unknown> | undefined): StoredVerification | undefined =>
    row === undefined ? undefined : verificationOf(row);

  return {
    release: (id) => void release.run(id),
    drop: (id) => void drop.run(id),
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
