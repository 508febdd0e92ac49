// Bearer tokens of operators, for the management calls across accounts. Only their hashes are kept.

import type { DatabaseSync } from 'node:sqlite';
import type { OperatorToken } from '../../../ports/account-desk.ts';
import type { Random } from '../../../ports/random.ts';
import { AdministrationError } from './administration-error.ts';
import { hashToken } from './key-administration.ts';

const TOKEN_BYTES = 32;
const NAME = /^[\w.@-]{1,64}$/;

export interface OperatorTokens {
  /** The token is shown this once. */
  create(
    name: string,
    nowMs: number,
    expiresMs: number | undefined,
  ): { readonly id: number; readonly token: string };
  list(): OperatorToken[];
  revoke(id: number, nowMs: number): OperatorToken;
  /** Found by the hash of 256 random bits: the time that it takes tells nothing. */
  find(token: string, nowMs: number): string | undefined;
}

export function createOperatorTokens(database: DatabaseSync, random: Random): OperatorTokens {
  const byHash = database.prepare('SELECT * FROM operator_tokens WHERE token_hash = ?');

  return {
    create(name, nowMs, expiresMs) {
      if (!NAME.test(name))
        throw new AdministrationError("an operator's name has 1 to 64 letters, digits, or any of . _ @ -");
      if (expiresMs !== undefined && expiresMs <= nowMs)
        throw new AdministrationError('a token must expire in the future');
      const token = `lpo_${random.bytes(TOKEN_BYTES).toString('base64url')}`;
      const { lastInsertRowid } = database
        .prepare('INSERT INTO operator_tokens (name, token_hash, created_ms, expires_ms) VALUES (?, ?, ?, ?)')
        .run(name, hashToken(token), nowMs, expiresMs ?? null);
      return { id: Number(lastInsertRowid), token };
    },
    list: () => database.prepare('SELECT * FROM operator_tokens ORDER BY id').all().map(tokenOf),
    revoke(id, nowMs) {
      database
        .prepare('UPDATE operator_tokens SET revoked_ms = coalesce(revoked_ms, ?) WHERE id = ?')
        .run(nowMs, id);
      const row = database.prepare('SELECT * FROM operator_tokens WHERE id = ?').get(id);
      if (row === undefined) throw new AdministrationError(`there is no operator token ${id}`, 'not_found');
      return tokenOf(row);
    },
    find(token, nowMs) {
      const row = byHash.get(hashToken(token));
      if (row === undefined) return undefined;
      const { name, revokedMs, expiresMs } = tokenOf(row);
      return revokedMs !== undefined || (expiresMs !== undefined && nowMs >= expiresMs) ? undefined : name;
    },
  };
}

function tokenOf(row: Record<string, unknown>): OperatorToken {
  const timeOf = (cell: unknown): number | undefined => (cell === null ? undefined : Number(cell));
  return {
    id: Number(row.id),
    name: String(row.name),
    createdMs: Number(row.created_ms),
    expiresMs: timeOf(row.expires_ms),
    revokedMs: timeOf(row.revoked_ms),
  };
}
