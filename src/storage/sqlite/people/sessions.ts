// Sessions by the hash of their token. Their use is noted to the minute: a busy session costs one write a minute.

import type { DatabaseSync } from 'node:sqlite';
import { uuidOfHash } from '../../../codecs/uuid-of-hash.ts';
import type { SessionLimits, SessionStore } from '../../../ports/people.ts';
import { hashToken } from './hashes.ts';

const MINUTE_MS = 60_000;

export function createSessionStore(database: DatabaseSync, limits: SessionLimits): SessionStore {
  const insert = database.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?)');
  const removeEnded = database.prepare('DELETE FROM sessions WHERE expires_ms <= ?');
  const removeOldest = database.prepare(
    `DELETE FROM sessions WHERE token_hash IN
       (SELECT token_hash FROM sessions WHERE person = ? ORDER BY created_ms DESC LIMIT -1 OFFSET ?)`,
  );
  const find = database.prepare('SELECT * FROM sessions WHERE token_hash = ?');
  const see = database.prepare('UPDATE sessions SET seen_ms = ? WHERE token_hash = ?');
  const remove = database.prepare('DELETE FROM sessions WHERE token_hash = ?');
  const removeAll = database.prepare('DELETE FROM sessions WHERE person = ? AND token_hash <> ?');
  const ofPerson = database.prepare('SELECT * FROM sessions WHERE person = ? ORDER BY created_ms');
  const toMinute = (timeMs: number): number => Math.floor(timeMs / MINUTE_MS) * MINUTE_MS;

  /** Its own end, or sooner where nobody uses it. */
  function endOf(row: Record<string, unknown>): number {
    return Math.min(Number(row.expires_ms), Number(row.seen_ms) + limits.idleMs);
  }

  return {
    async open({ token, personId, nowMs, expiresMs }) {
      removeEnded.run(nowMs);
      removeOldest.run(personId, limits.perPersonMax - 1);
      insert.run(hashToken(token), personId, nowMs, toMinute(nowMs), expiresMs);
    },
    async find(token, nowMs) {
      const hash = hashToken(token);
      const row = find.get(hash);
      if (row === undefined) return undefined;
      if (nowMs >= endOf(row)) {
        remove.run(hash);
        return undefined;
      }
      if (toMinute(nowMs) > Number(row.seen_ms)) see.run(toMinute(nowMs), hash);
      return { personId: String(row.person), proofId: hash.toString('hex') };
    },
    async end(proofId) {
      remove.run(Buffer.from(proofId, 'hex'));
    },
    async list(personId, nowMs) {
      const rows = ofPerson.all(personId).filter((row) => nowMs < endOf(row));
      return rows.map((row) => {
        const proofId = Buffer.from(row.token_hash as Uint8Array).toString('hex');
        const createdMs = Number(row.created_ms);
        return {
          personId,
          proofId,
          // Of the hash, so that what is shown is not what the file holds.
          id: uuidOfHash(hashToken(proofId)),
          createdMs,
          usedMs: Math.max(createdMs, Number(row.seen_ms)),
          endsMs: endOf(row),
        };
      });
    },
    async endAll(personId, except = '') {
      removeAll.run(personId, Buffer.from(except, 'hex'));
    },
  };
}
