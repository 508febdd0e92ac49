// What operators show to be let in, by its hash only: bearer tokens for programs, links that open one session each, and
// those sessions. A link or session that has ended leaves no row.

import type { DatabaseSync } from 'node:sqlite';
import type { OperatorSession, OperatorToken, OperatorTokenKind } from '../../../ports/account-desk.ts';
import type { Random } from '../../../ports/random.ts';
import { AdministrationError } from './administration-error.ts';
import { hashToken } from './key-administration.ts';

const TOKEN_BYTES = 32;
const NAME = /^[\w.@-]{1,64}$/;
/** How a value begins tells people what it is; the row decides what it opens. */
const PREFIXES = { bearer: 'lpo_', link: 'lpl_', session: 'operator-' } as const satisfies Record<
  OperatorTokenKind,
  string
>;

export interface OperatorTokens {
  /** The token is shown this once. */
  create(
    name: string,
    nowMs: number,
    expiresMs: number | undefined,
    kind?: OperatorTokenKind,
  ): { readonly id: number; readonly token: string };
  list(): OperatorToken[];
  revoke(id: number, nowMs: number): OperatorToken;
  /** Found by the hash of 256 random bits: the time that it takes tells nothing. */
  find(token: string, nowMs: number): string | undefined;
  findSession(session: string, nowMs: number): OperatorSession | undefined;
  /** Uses the link up, in one statement: of two who come at once, one gets in. Whose it was; undefined for none. */
  redeem(link: string, nowMs: number): string | undefined;
  remove(id: number): void;
}

export function createOperatorTokens(database: DatabaseSync, random: Random): OperatorTokens {
  const byHash = database.prepare('SELECT * FROM operator_tokens WHERE token_hash = ? AND kind = ?');
  const redeemed = database.prepare(
    `DELETE FROM operator_tokens WHERE token_hash = ? AND kind = 'link' AND revoked_ms IS NULL AND expires_ms > ?
     RETURNING name`,
  );
  const removeEnded = database.prepare(
    "DELETE FROM operator_tokens WHERE kind <> 'bearer' AND expires_ms <= ?",
  );
  const remove = database.prepare('DELETE FROM operator_tokens WHERE id = ?');

  function findValid(value: string, kind: OperatorTokenKind, nowMs: number): OperatorToken | undefined {
    const row = byHash.get(hashToken(value), kind);
    if (row === undefined) return undefined;
    const token = tokenOf(row);
    const { revokedMs, expiresMs } = token;
    return revokedMs !== undefined || (expiresMs !== undefined && nowMs >= expiresMs) ? undefined : token;
  }

  return {
    create(name, nowMs, expiresMs, kind = 'bearer') {
      if (!NAME.test(name))
        throw new AdministrationError("an operator's name has 1 to 64 letters, digits, or any of . _ @ -");
      if (expiresMs !== undefined && expiresMs <= nowMs)
        throw new AdministrationError('a token must expire in the future');
      removeEnded.run(nowMs);
      const token = `${PREFIXES[kind]}${random.bytes(TOKEN_BYTES).toString('base64url')}`;
      const { lastInsertRowid } = database
        .prepare(
          'INSERT INTO operator_tokens (name, token_hash, created_ms, expires_ms, kind) VALUES (?, ?, ?, ?, ?)',
        )
        .run(name, hashToken(token), nowMs, expiresMs ?? null, kind);
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
    find: (token, nowMs) => findValid(token, 'bearer', nowMs)?.name,
    findSession(session, nowMs) {
      const found = findValid(session, 'session', nowMs);
      return found?.expiresMs === undefined
        ? undefined
        : { id: found.id, name: found.name, expiresMs: found.expiresMs };
    },
    redeem(link, nowMs) {
      const row = redeemed.get(hashToken(link), nowMs);
      return row === undefined ? undefined : String(row.name);
    },
    remove: (id) => void remove.run(id),
  };
}

function tokenOf(row: Record<string, unknown>): OperatorToken {
  const timeOf = (cell: unknown): number | undefined => (cell === null ? undefined : Number(cell));
  return {
    id: Number(row.id),
    kind: row.kind === 'link' || row.kind === 'session' ? row.kind : 'bearer',
    name: String(row.name),
    createdMs: Number(row.created_ms),
    expiresMs: timeOf(row.expires_ms),
    revokedMs: timeOf(row.revoked_ms),
  };
}
