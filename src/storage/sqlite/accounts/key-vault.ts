// The local KMS: master keys of accounts, sealed at rest, and the opaque blobs made with them. A blob is three Base64
// parts joined by "-k-": key id, nonce, ciphertext with tag; it opens only for its account and encryption context.

import { open, SEALED_BOX_NONCE_BYTES, seal } from '../../../codecs/sealed-box.ts';
import { Fault } from '../../../domain/fault.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { KeyVault, MasterKeyInfo } from '../../../ports/key-vault.ts';
import type { Random } from '../../../ports/random.ts';
import { whenUnlocked } from '../when-unlocked.ts';
import { openAccountsFile } from './schema.ts';

export interface KeyVaultOptions {
  readonly path: string;
  /** Seals the master keys. */
  readonly sealKey: Buffer;
  readonly clock: Clock;
  readonly random: Random;
  readonly keysPerAccountMax: number;
}

const KEY_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BLOB = /^([A-Za-z0-9+/]+={0,2})-k-([A-Za-z0-9+/]+={0,2})-k-([A-Za-z0-9+/]+={0,2})$/;
const BLOB_MAX_LENGTH = 16_384;

const STATE_FAULTS = {
  Disabled: 'kms_key_disabled',
  PendingDelete: 'kms_key_pending_delete',
  Archived: 'kms_key_archived',
} as const;

export function openKeyVault(options: KeyVaultOptions): KeyVault & { close(): void } {
  const database = openAccountsFile(options.path);
  database.exec('PRAGMA busy_timeout = 0');
  const find = database.prepare('SELECT * FROM kms_keys WHERE key_id = ? AND account = ?');
  const count = database.prepare('SELECT count(*) AS total FROM kms_keys WHERE account = ?');
  const list = database.prepare(
    'SELECT key_id FROM kms_keys WHERE account = ? ORDER BY created_ms, key_id LIMIT ? OFFSET ?',
  );
  const insert = database.prepare('INSERT INTO kms_keys VALUES (?, ?, ?, ?, ?, ?, ?)');
  const aliasTaken = database.prepare('SELECT 1 FROM kms_keys WHERE account = ? AND alias = ?');

  function rowOf(accountId: number, keyId: string): Record<string, unknown> {
    if (!KEY_ID.test(keyId)) throw new Fault('kms_key_id_invalid');
    const row = find.get(keyId, accountId);
    if (row === undefined) throw new Fault('kms_key_not_found');
    return row;
  }

  function usableKey(accountId: number, keyId: string): Buffer {
    const row = rowOf(accountId, keyId);
    const state = row.state as MasterKeyInfo['state'];
    if (state !== 'Enabled') throw new Fault(STATE_FAULTS[state]);
    const key = open(options.sealKey, row.sealed_key as Uint8Array, sealContext(accountId, keyId));
    if (key === undefined) throw new Error('a KMS key does not open under this master key');
    return key;
  }

  function tryCreate(accountId: number, alias: string, description: string): MasterKeyInfo {
    if (aliasTaken.get(accountId, alias) !== undefined) throw new Fault('kms_alias_exists');
    if (Number(count.get(accountId)?.total) >= options.keysPerAccountMax) throw new Fault('kms_key_limit');
    const keyId = options.random.uuid();
    const createdMs = options.clock.nowMs();
    const box = seal(
      options.sealKey,
      options.random.bytes(32),
      sealContext(accountId, keyId),
      options.random.bytes(12),
    );
    insert.run(keyId, accountId, alias, description, 'Enabled', box, createdMs);
    return { keyId, alias, description, state: 'Enabled', createdAtSeconds: Math.floor(createdMs / 1000) };
  }

  return {
    keysPerAccountMax: options.keysPerAccountMax,
    createKey: (accountId, alias, description) =>
      whenUnlocked(options.clock, () => tryCreate(accountId, alias, description)),
    describeKey(accountId, keyId) {
      const row = rowOf(accountId, keyId);
      return {
        keyId,
        alias: String(row.alias),
        description: String(row.description),
        state: row.state as MasterKeyInfo['state'],
        createdAtSeconds: Math.floor(Number(row.created_ms) / 1000),
      };
    },
    listKeys(accountId, offset, limit) {
      const keyIds = list.all(accountId, limit, offset).map((row) => String(row.key_id));
      return { keyIds, total: Number(count.get(accountId)?.total) };
    },
    encrypt(accountId, keyId, plaintext, context) {
      const nonce = options.random.bytes(SEALED_BOX_NONCE_BYTES);
      const box = seal(usableKey(accountId, keyId), plaintext, blobContext(accountId, keyId, context), nonce);
      const parts = [
        Buffer.from(keyId),
        box.subarray(0, SEALED_BOX_NONCE_BYTES),
        box.subarray(SEALED_BOX_NONCE_BYTES),
      ];
      return parts.map((part) => part.toString('base64')).join('-k-');
    },
    decrypt(accountId, blob, context) {
      const match = blob.length > BLOB_MAX_LENGTH ? null : BLOB.exec(blob);
      const [keyId = '', nonce, sealed] = (match ?? []).slice(1).map((part) => Buffer.from(part, 'base64'));
      if (nonce === undefined || sealed === undefined || !KEY_ID.test(keyId.toString())) {
        throw new Fault('kms_ciphertext_invalid');
      }
      const key = usableKey(accountId, keyId.toString());
      const plaintext = open(
        key,
        Buffer.concat([nonce, sealed]),
        blobContext(accountId, keyId.toString(), context),
      );
      if (plaintext === undefined) throw new Fault('kms_ciphertext_invalid');
      return { keyId: keyId.toString(), plaintext };
    },
    close: () => database.close(),
  };
}

function sealContext(accountId: number, keyId: string): string {
  return `kms-key:${accountId}:${keyId}`;
}

function blobContext(accountId: number, keyId: string, context: string): string {
  return `kms-blob:${accountId}:${keyId}:${context}`;
}
