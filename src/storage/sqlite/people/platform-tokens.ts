// Platform tokens: a person's own key to the management calls. Known by their hash only; the ending tells them apart.

import type { DatabaseSync } from 'node:sqlite';
import { sortRows } from '../../../domain/sorting.ts';
import type { PlatformToken, PlatformTokenStore } from '../../../ports/people.ts';
import { hashToken } from './hashes.ts';

/** A person has a bounded number of them. */
const VALUES = {
  created: ({ createdMs }: PlatformToken) => createdMs,
  name: ({ name }: PlatformToken) => name,
  expires: ({ expiresMs }: PlatformToken) => expiresMs,
};

export function createPlatformTokenStore(database: DatabaseSync): PlatformTokenStore {
  const insert = database.prepare(
    `INSERT INTO platform_tokens SELECT ?, ?, ?, ?, ?, ?, ?, NULL
     WHERE (SELECT count(*) FROM platform_tokens WHERE person = ? AND revoked_ms IS NULL) < ?`,
  );
  const byHash = database.prepare(
    'SELECT * FROM platform_tokens WHERE token_hash = ? AND revoked_ms IS NULL',
  );
  const ofPerson = database.prepare('SELECT * FROM platform_tokens WHERE person = ? AND revoked_ms IS NULL');
  const revoke = database.prepare(
    'UPDATE platform_tokens SET revoked_ms = ? WHERE id = ? AND person = ? AND revoked_ms IS NULL',
  );
  const revokeAll = database.prepare(
    'UPDATE platform_tokens SET revoked_ms = ? WHERE person = ? AND revoked_ms IS NULL',
  );

  return {
    async add({ id, personId, name, ending, createdMs, expiresMs }, secret, perPersonMax) {
      const { changes } = insert.run(
        ...[id, personId, name, hashToken(secret), ending, createdMs, expiresMs ?? null],
        ...[personId, perPersonMax],
      );
      return changes === 1;
    },
    async find(secret, nowMs) {
      const hash = hashToken(secret);
      const row = byHash.get(hash);
      if (row === undefined || (row.expires_ms !== null && nowMs >= Number(row.expires_ms))) return undefined;
      return { personId: String(row.person), proofId: hash.toString('hex') };
    },
    async list(personId, { limit, offset }, sorting) {
      const tokens = sortRows(ofPerson.all(personId).map(tokenOf), sorting, VALUES, ({ id }) => id);
      return { count: tokens.length, items: tokens.slice(offset, offset + limit) };
    },
    async byProof(proofId) {
      const row = byHash.get(Buffer.from(proofId, 'hex'));
      return row === undefined ? undefined : tokenOf(row);
    },
    async revokeAll(personId, nowMs) {
      revokeAll.run(nowMs, personId);
    },
    async revoke(personId, id, nowMs) {
      return revoke.run(nowMs, id, personId).changes === 1;
    },
  };
}

function tokenOf(row: Record<string, unknown>): PlatformToken {
  return {
    id: String(row.id),
    personId: String(row.person),
    name: String(row.name),
    ending: String(row.ending),
    createdMs: Number(row.created_ms),
    expiresMs: row.expires_ms === null ? undefined : Number(row.expires_ms),
  };
}
