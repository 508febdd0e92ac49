// people.db behind its port. Addresses are sealed to their row and found by a keyed hash.

import { open, SEALED_BOX_NONCE_BYTES, seal } from '../../../codecs/sealed-box.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import type { PeopleStore, SessionLimits, StoredPerson } from '../../../ports/people.ts';
import type { Random } from '../../../ports/random.ts';
import { inTransaction } from '../in-transaction.ts';
import { createCodeStore } from './codes.ts';
import { createPeopleHashes } from './hashes.ts';
import { createPlatformTokenStore } from './platform-tokens.ts';
import { openPeopleFile } from './schema.ts';
import { createSessionStore } from './sessions.ts';

export interface PeopleOptions {
  readonly path: string;
  readonly sealKey: Buffer;
  readonly lookupKey: Buffer;
  readonly random: Random;
  readonly sessions: SessionLimits;
  readonly codesMax: number;
}

export function openPeople(options: PeopleOptions): PeopleStore & { close(): void } {
  const { path, sealKey, lookupKey, random } = options;
  const database = openPeopleFile(path);
  const hashes = createPeopleHashes(lookupKey);
  const byEmail = database.prepare('SELECT * FROM people WHERE email_hash = ?');
  const byId = database.prepare('SELECT * FROM people WHERE id = ?');
  const insert = database.prepare(
    'INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, NULL, 0, 0, ?) ON CONFLICT (email_hash) DO NOTHING',
  );
  const setPassword = database.prepare(
    'UPDATE people SET password_hash = ?1 WHERE id = ?2 AND password_hash = coalesce(?3, password_hash)',
  );
  const propose = database.prepare('UPDATE people SET sealed_totp = ? WHERE id = ? AND totp_enabled = 0');
  const enable = database.prepare(
    'UPDATE people SET totp_enabled = 1, totp_step = ? WHERE id = ? AND totp_enabled = 0 AND sealed_totp IS NOT NULL',
  );
  const disable = database.prepare(
    'UPDATE people SET totp_enabled = 0, totp_step = 0, sealed_totp = NULL WHERE id = ?',
  );
  const useStep = database.prepare(
    'UPDATE people SET totp_step = ? WHERE id = ? AND totp_enabled = 1 AND totp_step < ?',
  );
  const addRecovery = database.prepare('INSERT INTO recovery_codes VALUES (?, ?) ON CONFLICT DO NOTHING');
  const dropRecovery = database.prepare('DELETE FROM recovery_codes WHERE person = ?');
  const useRecovery = database.prepare('DELETE FROM recovery_codes WHERE person = ? AND code_hash = ?');

  const box = (bytes: Buffer, context: string): Buffer =>
    seal(sealKey, bytes, context, random.bytes(SEALED_BOX_NONCE_BYTES));

  function unbox(sealed: unknown, context: string): Buffer {
    const opened = open(sealKey, sealed as Uint8Array, context);
    if (opened === undefined) throw new Error('a sealed value does not open under this master key');
    return opened;
  }

  function personOf(row: Record<string, unknown> | undefined): StoredPerson | undefined {
    if (row === undefined) return undefined;
    const id = String(row.id);
    return {
      id,
      accountId: String(row.account_id),
      email: unbox(row.sealed_email, `email:${id}`).toString(),
      createdMs: Number(row.created_ms),
      totpEnabled: row.totp_enabled === 1,
      passwordHash: String(row.password_hash),
      language: row.language === 'zh' ? 'zh' : 'en',
      totpSecret: row.sealed_totp === null ? undefined : unbox(row.sealed_totp, `totp:${id}`),
    };
  }

  return {
    findByEmail: async (email) => personOf(byEmail.get(hashes.ofEmail(email))),
    findById: async (id) => personOf(byId.get(id)),
    idFor: hashes.personIdOf,
    async add({ id, accountId, email, passwordHash, language, createdMs }) {
      const address = parseEmailAddress(email);
      if (address === undefined) throw new Error('a person has a valid address');
      const sealed = box(Buffer.from(email), `email:${id}`);
      const hash = hashes.ofEmail(address);
      return insert.run(id, accountId, hash, sealed, passwordHash, language, createdMs).changes === 1;
    },
    setPassword: async (id, passwordHash, instead) =>
      setPassword.run(passwordHash, id, instead ?? null).changes === 1,
    proposeTotp: async (id, secret) => propose.run(box(secret, `totp:${id}`), id).changes === 1,
    enableTotp: async (id, step, recoveryCodes) =>
      inTransaction(database, () => {
        if (enable.run(step, id).changes !== 1) return false;
        dropRecovery.run(id);
        for (const code of recoveryCodes) addRecovery.run(id, hashes.ofRecoveryCode(id, code));
        return true;
      }),
    disableTotp: async (id) =>
      inTransaction(database, () => {
        disable.run(id);
        dropRecovery.run(id);
      }),
    useTotpStep: async (id, step) => useStep.run(step, id, step).changes === 1,
    useRecoveryCode: async (id, code) => useRecovery.run(id, hashes.ofRecoveryCode(id, code)).changes === 1,
    sessions: createSessionStore(database, options.sessions),
    codes: createCodeStore(database, { hashes, sealKey, random, codesMax: options.codesMax }),
    tokens: createPlatformTokenStore(database),
    close: () => database.close(),
  };
}
