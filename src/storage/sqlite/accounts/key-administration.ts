// What is done to API keys. A rotated key keeps its row: the ledger's entries, what was counted of its caps and its
// restriction go on under the new secret, so that rotating lifts no limit. The old SecretId stays behind, revoked.

import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { seal } from '../../../codecs/sealed-box.ts';
import { NO_CAPS } from '../../../domain/usage-cap.ts';
import type { CredentialChanges } from '../../../ports/account-desk.ts';
import type { Account, KeyRestriction } from '../../../ports/accounts.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Random } from '../../../ports/random.ts';
import { AdministrationError } from './administration-error.ts';
import { type BroughtKey, drawKey, type IssuedKey } from './draw-key.ts';
import { RESTRICTION_COLUMNS, restrictionCells, restrictionOf } from './key-rows.ts';

export interface KeySummary {
  /** Of the ledger's entries. */
  readonly keyId: number;
  /** A UUID; stays the same through rotations. */
  readonly credentialId: string;
  readonly secretId: string;
  /** Of the token; undefined for keys that are older than this note of it. */
  readonly tokenEnding: string | undefined;
  readonly accountId: string;
  readonly name: string;
  readonly state: 'enabled' | 'disabled' | 'revoked';
  readonly createdMs: number;
  readonly restriction: KeyRestriction | undefined;
}

export interface NewKey {
  readonly brought?: BroughtKey | undefined;
  readonly name?: string | undefined;
  readonly restriction?: KeyRestriction | undefined;
}

export interface KeyAdministration {
  /** Refuses another key where the account has as many usable ones as it may. */
  issue(account: Account, key?: NewKey): IssuedKey;
  rotate(secretId: string): IssuedKey;
  setState(secretId: string, state: KeySummary['state']): KeySummary;
  change(secretId: string, changes: CredentialChanges): KeySummary;
  /** Throws where there is none. */
  find(secretId: string): KeySummary;
  look(secretId: string): KeySummary | undefined;
  list(account?: Account): KeySummary[];
  listUsable(account: Account): KeySummary[];
}

export interface KeyAdministrationOptions {
  readonly database: DatabaseSync;
  readonly secretEnvelopeKey: Buffer;
  readonly clock: Clock;
  readonly random: Random;
  readonly keysPerAccountMax: number;
  readonly noteAct: (act: string, subject: string, before: unknown, after: unknown) => void;
}

/** Of about 43: what is left cannot be guessed. */
const ENDING_LENGTH = 4;
const NAME_MAX_LENGTH = 200;
const ACTIONS_MAX = 100;

/** Every act is called inside a transaction. */
export function createKeyAdministration(options: KeyAdministrationOptions): KeyAdministration {
  const { database, clock, random, noteAct } = options;
  const select = `SELECT api_keys.*, accounts.account_id FROM api_keys JOIN accounts ON accounts.id = account`;
  const bySecretId = database.prepare(`${select} WHERE secret_id = ?`);
  const all = database.prepare(`${select} ORDER BY api_keys.id`);
  const ofAccount = database.prepare(`${select} WHERE account = ? ORDER BY api_keys.id`);
  const usableOfAccount = database.prepare(
    `${select} WHERE account = ? AND api_keys.state <> 'revoked' ORDER BY api_keys.id`,
  );
  const usable = database.prepare(
    `SELECT count(*) AS total FROM api_keys WHERE account = ? AND state <> 'revoked'`,
  );

  function look(secretId: string): KeySummary | undefined {
    const row = bySecretId.get(secretId);
    return row === undefined ? undefined : summaryOf(row);
  }

  function find(secretId: string): KeySummary {
    const key = look(secretId);
    if (key === undefined) throw new AdministrationError(`there is no key ${secretId}`, 'not_found');
    return key;
  }

  function requireUsable(secretId: string): KeySummary {
    const key = find(secretId);
    if (key.state === 'revoked') throw new AdministrationError(`the key ${secretId} is revoked`, 'conflict');
    return key;
  }

  function sealSecret({ secretId, secretKey }: IssuedKey): Uint8Array {
    const context = `secret-key:${secretId}`;
    return seal(options.secretEnvelopeKey, Buffer.from(secretKey), context, random.bytes(12));
  }

  function writeRestriction(keyId: number, name: string, restriction: KeyRestriction | undefined): void {
    checkRestriction(restriction);
    if (name.length > NAME_MAX_LENGTH)
      throw new AdministrationError(`a key's name has at most ${NAME_MAX_LENGTH} characters`);
    const columns = RESTRICTION_COLUMNS.map((column) => `${column} = ?`).join(', ');
    database
      .prepare(`UPDATE api_keys SET name = ?, ${columns} WHERE id = ?`)
      .run(name, ...restrictionCells(restriction), keyId);
  }

  return {
    issue(account, { brought, name = '', restriction } = {}) {
      const issued = drawKey(random, brought);
      const { secretId, token } = issued;
      if (bySecretId.get(secretId) !== undefined)
        throw new AdministrationError(`the key ${secretId} exists already`, 'duplication');
      if (Number(usable.get(account.id)?.total) >= options.keysPerAccountMax)
        throw new AdministrationError(
          `account ${account.accountId} has as many keys as it may have`,
          'conflict',
        );
      const { lastInsertRowid } = database
        .prepare(
          `INSERT INTO api_keys (account, secret_id, sealed_secret, token_hash, token_ending, state, created_ms, credential_id)
           VALUES (?, ?, ?, ?, ?, 'enabled', ?, ?)`,
        )
        .run(
          account.id,
          secretId,
          sealSecret(issued),
          hashToken(token),
          endingOf(token),
          clock.nowMs(),
          random.uuid(),
        );
      writeRestriction(Number(lastInsertRowid), name, restriction);
      noteAct('key.create', secretId, null, { account: account.accountId, ...settingsOf(find(secretId)) });
      return issued;
    },
    rotate(secretId) {
      const { keyId, state, createdMs } = requireUsable(secretId);
      const issued = drawKey(random);
      const old = database.prepare('SELECT account, name, token_hash FROM api_keys WHERE id = ?').get(keyId);
      database
        .prepare(
          'UPDATE api_keys SET secret_id = ?, sealed_secret = ?, token_hash = ?, token_ending = ? WHERE id = ?',
        )
        .run(issued.secretId, sealSecret(issued), hashToken(issued.token), endingOf(issued.token), keyId);
      // Kept so that the old id is never given out again; its secret is forgotten.
      database
        .prepare(
          `INSERT INTO api_keys (account, secret_id, sealed_secret, token_hash, state, created_ms, credential_id, name)
           VALUES (?, ?, x'', ?, 'revoked', ?, NULL, ?)`,
        )
        .run(Number(old?.account), secretId, old?.token_hash as Uint8Array, createdMs, String(old?.name));
      noteAct('key.rotate', secretId, { state }, { state: 'revoked', replacedBy: issued.secretId });
      return issued;
    },
    setState(secretId, state) {
      const { state: before } = state === 'revoked' ? find(secretId) : requireUsable(secretId);
      database.prepare('UPDATE api_keys SET state = ? WHERE secret_id = ?').run(state, secretId);
      noteAct(`key.${state}`, secretId, { state: before }, { state });
      return find(secretId);
    },
    change(secretId, changes) {
      const before = requireUsable(secretId);
      const restriction = changeRestriction(before.restriction, changes);
      writeRestriction(before.keyId, changes.name ?? before.name, restriction);
      const after = find(secretId);
      noteAct('key.limits', secretId, settingsOf(before), settingsOf(after));
      return after;
    },
    find,
    look,
    listUsable: (account) => usableOfAccount.all(account.id).map(summaryOf),
    list: (account) => (account === undefined ? all.all() : ofAccount.all(account.id)).map(summaryOf),
  };
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function endingOf(token: string): string {
  return token.slice(-ENDING_LENGTH);
}

function summaryOf(row: Record<string, unknown>): KeySummary {
  return {
    keyId: Number(row.id),
    credentialId: row.credential_id === null ? '' : String(row.credential_id),
    secretId: String(row.secret_id),
    tokenEnding: row.token_ending === null ? undefined : String(row.token_ending),
    accountId: String(row.account_id),
    name: String(row.name),
    state: row.state as KeySummary['state'],
    createdMs: Number(row.created_ms),
    restriction: restrictionOf(row),
  };
}

/** For the audit log; Infinity is null in JSON. */
function settingsOf({ name, restriction }: KeySummary) {
  const { actions, ...limits } = restriction ?? {};
  return { name, ...limits, ...(actions === undefined ? {} : { actions: [...actions] }) };
}

function changeRestriction(before: KeyRestriction | undefined, changes: CredentialChanges): KeyRestriction {
  const changed = <T>(change: T | null | undefined, old: T | undefined): T | undefined =>
    change === undefined ? old : (change ?? undefined);
  return {
    service: changed(changes.service, before?.service),
    actions: changes.actions ? new Set(changes.actions) : changed(changes.actions, before?.actions),
    expiresAtMs: changed(changes.expiresAtMs, before?.expiresAtMs),
    callsMax: changed(changes.callsMax, before?.callsMax),
    caps: changes.caps === undefined ? before?.caps : { ...NO_CAPS, ...before?.caps, ...changes.caps },
  };
}

function checkRestriction(restriction: KeyRestriction | undefined): void {
  if (restriction === undefined) return;
  const { actions, expiresAtMs = 0, callsMax = 0, caps = NO_CAPS } = restriction;
  if (actions !== undefined && (actions.size === 0 || actions.size > ACTIONS_MAX))
    throw new AdministrationError(`a key is restricted to 1 to ${ACTIONS_MAX} actions`);
  const counts = [expiresAtMs, callsMax, ...Object.values(caps).filter(Number.isFinite)];
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0))
    throw new AdministrationError('limits of a key are whole numbers from 0');
}
