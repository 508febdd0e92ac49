// One-time codes, one a purpose and address. Rows that no code matches look like the others in size and time.

import { timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { open, SEALED_BOX_NONCE_BYTES, seal } from '../../../codecs/sealed-box.ts';
import type { CodePurpose, CodeStore } from '../../../ports/people.ts';
import type { Random } from '../../../ports/random.ts';
import type { PeopleHashes } from './hashes.ts';

export interface CodeStoreOptions {
  readonly hashes: PeopleHashes;
  readonly sealKey: Buffer;
  readonly random: Random;
  /** Codes that may be waiting at once. */
  readonly codesMax: number;
}

const HASH_BYTES = 32;

export function createCodeStore(database: DatabaseSync, options: CodeStoreOptions): CodeStore {
  const { hashes, sealKey, random, codesMax } = options;
  const removeEnded = database.prepare('DELETE FROM codes WHERE expires_ms <= ?');
  const count = database.prepare('SELECT count(*) AS total FROM codes');
  const insert = database.prepare('INSERT OR REPLACE INTO codes VALUES (?, ?, ?, ?, ?, ?)');
  const take = database.prepare(
    `UPDATE codes SET attempts_left = attempts_left - 1
     WHERE purpose = ? AND email_hash = ? AND attempts_left > 0 AND expires_ms > ? RETURNING *`,
  );
  const remove = database.prepare('DELETE FROM codes WHERE purpose = ? AND email_hash = ? AND code_hash = ?');
  const contextOf = (purpose: CodePurpose, email: Buffer): string =>
    `code:${purpose}:${email.toString('hex')}`;

  return {
    async put({ purpose, email, code, attempts, nowMs, expiresMs, payload }) {
      removeEnded.run(nowMs);
      if (Number(count.get()?.total) >= codesMax) return false;
      const hash = hashes.ofEmail(email);
      const codeHash = hashes.ofCode(purpose, email, code ?? '');
      const nonce = random.bytes(SEALED_BOX_NONCE_BYTES);
      const box = seal(sealKey, Buffer.from(payload), contextOf(purpose, hash), nonce);
      const chance = random.bytes(HASH_BYTES);
      insert.run(purpose, hash, code === undefined ? chance : codeHash, attempts, expiresMs, box);
      return true;
    },
    async attempt(purpose, email, code, nowMs) {
      const hash = hashes.ofEmail(email);
      const tried = hashes.ofCode(purpose, email, code);
      const row = take.get(purpose, hash, nowMs);
      if (row === undefined) return undefined;
      const payload = open(sealKey, row.sealed_payload as Uint8Array, contextOf(purpose, hash));
      if (payload === undefined) throw new Error('a sealed payload does not open under this master key');
      return { matches: timingSafeEqual(row.code_hash as Uint8Array, tried), payload: payload.toString() };
    },
    async consume(purpose, email, code) {
      return remove.run(purpose, hashes.ofEmail(email), hashes.ofCode(purpose, email, code)).changes === 1;
    },
  };
}
