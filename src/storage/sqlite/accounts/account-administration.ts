// What an operator does to accounts and keys. Every act leaves an audit entry in the same transaction; no secret does.

import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { seal } from '../../../codecs/sealed-box.ts';
import type { ServiceName } from '../../../domain/service.ts';
import { NO_CAPS, USAGE_CAPS, type UsageCaps } from '../../../domain/usage-cap.ts';
import type { Account, AccountState } from '../../../ports/accounts.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Random } from '../../../ports/random.ts';
import { type AccountReader, CAP_COLUMNS, createAccountReader } from './account-rows.ts';
import { AdministrationError } from './administration-error.ts';
import { type AuditEntry, createAuditLog } from './audit-log.ts';
import { type BroughtKey, drawKey, type IssuedKey } from './draw-key.ts';
import { openAccountsFile } from './schema.ts';

export interface NewAccount {
  readonly name: string;
  readonly services: readonly ServiceName[];
  readonly sandbox: boolean;
  readonly state: 'active' | 'unverified';
  readonly ratePerSecond?: number;
  readonly dailyLimit?: number;
}

export interface KeySummary {
  readonly secretId: string;
  readonly accountId: string;
  readonly state: 'enabled' | 'disabled' | 'revoked';
  readonly createdMs: number;
}

export interface AccountChanges {
  readonly kmsGrant?: boolean;
  readonly ratePerSecond?: number | null;
  readonly dailyLimit?: number | null;
  /** Only those that are named change; Infinity takes a cap away. */
  readonly caps?: Partial<UsageCaps>;
}

export interface AccountAdministration {
  /** Everything that the work does here is kept together, or nothing when it throws. */
  transact<T>(work: () => T): T;
  /** The account and its first key, both or neither. */
  createAccount(
    account: NewAccount,
    brought?: BroughtKey,
  ): { readonly account: Account; readonly key: IssuedKey };
  createKey(accountId: string, brought?: BroughtKey): IssuedKey;
  /** A new key pair for the same account; the old one is revoked at once. */
  rotateKey(secretId: string): IssuedKey;
  setKeyState(secretId: string, state: KeySummary['state']): KeySummary;
  changeAccount(accountId: string, act: string, changes: AccountChanges): Account;
  /** Vouches for the account holder. */
  verify(accountId: string): Account;
  suspend(accountId: string): Account;
  /** Ends a suspension: the account is what it was before, verified or not. */
  resume(accountId: string): Account;
  activate(accountId: string, services: readonly ServiceName[]): Account;
  deactivate(accountId: string, services: readonly ServiceName[]): Account;
  account(accountId: string): Account;
  accounts(): Account[];
  keys(accountId?: string): KeySummary[];
  noteAct(act: string, subject: string, before: unknown, after: unknown): void;
  auditLog(limit: number): AuditEntry[];
  close(): void;
}

export interface AdministrationOptions {
  readonly path: string;
  readonly secretEnvelopeKey: Buffer;
  readonly clock: Clock;
  readonly random: Random;
  /** Who acts, for the audit log, e.g. 'cli:root'. */
  readonly actor: string;
}

const FIRST_ACCOUNT_ID = 100_000_000_000;
const NAME_MAX_LENGTH = 200;

export function openAccountAdministration(options: AdministrationOptions): AccountAdministration {
  const database = openAccountsFile(options.path);
  const reader = createAccountReader(database);
  const audit = createAuditLog(database);
  const transact = <T>(work: () => T): T => inTransaction(database, work);

  function noteAct(act: string, subject: string, before: unknown, after: unknown): void {
    audit.append({ timeMs: options.clock.nowMs(), actor: options.actor, act, subject, before, after });
  }

  function requireAccount(accountId: string): Account {
    const account = reader.byAccountId(accountId);
    if (account === undefined) throw new AdministrationError(`there is no account ${accountId}`);
    return account;
  }

  function requireKey(secretId: string): {
    readonly account: Account;
    readonly state: KeySummary['state'];
    readonly createdMs: number;
  } {
    const row = database
      .prepare('SELECT account, state, created_ms FROM api_keys WHERE secret_id = ?')
      .get(secretId);
    const account = row === undefined ? undefined : reader.byRowId(Number(row.account));
    if (row === undefined || account === undefined)
      throw new AdministrationError(`there is no key ${secretId}`);
    return { account, state: row.state as KeySummary['state'], createdMs: Number(row.created_ms) };
  }

  function issueKey(account: Account, brought?: BroughtKey): IssuedKey {
    const issued = drawKey(options.random, brought);
    const { secretId, secretKey, token } = issued;
    if (database.prepare('SELECT 1 FROM api_keys WHERE secret_id = ?').get(secretId) !== undefined) {
      throw new AdministrationError(`the key ${secretId} exists already`);
    }
    const box = seal(
      options.secretEnvelopeKey,
      Buffer.from(secretKey),
      `secret-key:${secretId}`,
      options.random.bytes(12),
    );
    database
      .prepare(
        `INSERT INTO api_keys (account, secret_id, sealed_secret, token_hash, state, created_ms) VALUES (?, ?, ?, ?, 'enabled', ?)`,
      )
      .run(account.id, secretId, box, createHash('sha256').update(token).digest(), options.clock.nowMs());
    noteAct('key.create', secretId, null, { account: account.accountId });
    return issued;
  }

  function insertAccount(account: NewAccount): Account {
    if (account.name.trim() === '' || account.name.length > NAME_MAX_LENGTH)
      throw new AdministrationError(`an account name has 1 to ${NAME_MAX_LENGTH} characters`);
    const { lastInsertRowid } = database
      .prepare(
        `INSERT INTO accounts (account_id, name, state, sandbox, rate_per_second, daily_limit, kms_grant, created_ms)
         VALUES (?, ?, ?, ?, ?, ?, 1, ?)`,
      )
      .run(
        `pending-${options.random.uuid()}`,
        account.name,
        account.state,
        account.sandbox ? 1 : 0,
        account.ratePerSecond ?? null,
        account.dailyLimit ?? null,
        options.clock.nowMs(),
      );
    const accountId = String(FIRST_ACCOUNT_ID + Number(lastInsertRowid));
    database.prepare('UPDATE accounts SET account_id = ? WHERE id = ?').run(accountId, lastInsertRowid);
    insertServices(database, Number(lastInsertRowid), account.services);
    noteAct('account.create', accountId, null, { ...account });
    return requireAccount(accountId);
  }

  function change(accountId: string, act: string, changes: AccountChanges): Account {
    const before = requireAccount(accountId);
    const caps = { ...NO_CAPS, ...before.caps, ...changes.caps };
    database
      .prepare(
        `UPDATE accounts SET kms_grant = ?, rate_per_second = ?, daily_limit = ?,
           ${USAGE_CAPS.map((name) => `${CAP_COLUMNS[name]} = ?`).join(', ')} WHERE id = ?`,
      )
      .run(
        (changes.kmsGrant ?? before.kmsGrant) ? 1 : 0,
        changes.ratePerSecond === undefined ? (before.ratePerSecond ?? null) : changes.ratePerSecond,
        changes.dailyLimit === undefined ? (before.dailyLimit ?? null) : changes.dailyLimit,
        ...USAGE_CAPS.map((name) => (Number.isFinite(caps[name]) ? caps[name] : null)),
        before.id,
      );
    const after = requireAccount(accountId);
    noteAct(act, accountId, settingsOf(before), settingsOf(after));
    return after;
  }

  function setState(
    accountId: string,
    act: string,
    from: readonly AccountState[],
    to: () => AccountState,
  ): Account {
    return transact(() => {
      const { id, state: before } = requireAccount(accountId);
      if (!from.includes(before))
        throw new AdministrationError(`account ${accountId} is ${before}, not ${from.join(' or ')}`);
      const after = to();
      database.prepare('UPDATE accounts SET state = ? WHERE id = ?').run(after, id);
      noteAct(act, accountId, { state: before }, { state: after });
      return requireAccount(accountId);
    });
  }

  /** Only the audit log knows it: a suspended account is nothing but suspended. */
  function stateBeforeSuspension(accountId: string): AccountState {
    const before = audit.latestOf('account.suspend', accountId)?.before as { readonly state?: unknown };
    return before?.state === 'unverified' ? 'unverified' : 'active';
  }

  function changeServices(accountId: string, act: string, change: (row: number) => void): Account {
    return transact(() => {
      const before = requireAccount(accountId);
      change(before.id);
      const after = requireAccount(accountId);
      noteAct(act, accountId, { services: [...before.services] }, { services: [...after.services] });
      return after;
    });
  }

  return {
    transact,
    createAccount: (account, brought) =>
      transact(() => {
        const inserted = insertAccount(account);
        return { account: inserted, key: issueKey(inserted, brought) };
      }),
    createKey: (accountId, brought) => transact(() => issueKey(requireAccount(accountId), brought)),
    rotateKey: (secretId) =>
      transact(() => {
        const { account, state } = requireKey(secretId);
        if (state === 'revoked') throw new AdministrationError(`the key ${secretId} is revoked`);
        database.prepare(`UPDATE api_keys SET state = 'revoked' WHERE secret_id = ?`).run(secretId);
        const issued = issueKey(account);
        noteAct('key.rotate', secretId, { state }, { state: 'revoked', replacedBy: issued.secretId });
        return issued;
      }),
    setKeyState: (secretId, state) =>
      transact(() => {
        const { account, state: before, createdMs } = requireKey(secretId);
        if (before === 'revoked' && state !== 'revoked')
          throw new AdministrationError(`the key ${secretId} is revoked`);
        database.prepare('UPDATE api_keys SET state = ? WHERE secret_id = ?').run(state, secretId);
        noteAct(`key.${state}`, secretId, { state: before }, { state });
        return { secretId, accountId: account.accountId, state, createdMs };
      }),
    changeAccount: (accountId, act, changes) => transact(() => change(accountId, act, changes)),
    verify: (accountId) => setState(accountId, 'account.verify', ['unverified'], () => 'active'),
    suspend: (accountId) =>
      setState(accountId, 'account.suspend', ['active', 'unverified'], () => 'suspended'),
    resume: (accountId) =>
      setState(accountId, 'account.resume', ['suspended'], () => stateBeforeSuspension(accountId)),
    activate: (accountId, services) =>
      changeServices(accountId, 'account.activate', (row) => insertServices(database, row, services)),
    deactivate: (accountId, services) =>
      changeServices(accountId, 'account.deactivate', (row) => {
        const remove = database.prepare('DELETE FROM account_services WHERE account = ? AND service = ?');
        for (const service of services) remove.run(row, service);
      }),
    account: requireAccount,
    accounts: () => reader.all(),
    keys: (accountId) =>
      listKeys(database, reader, accountId === undefined ? undefined : requireAccount(accountId)),
    noteAct: (act, subject, before, after) => transact(() => noteAct(act, subject, before, after)),
    auditLog: (limit) => audit.latest(limit),
    close: () => database.close(),
  };
}

/** What changeAccount changes, for the audit log; Infinity is null in JSON. */
function settingsOf({ kmsGrant, ratePerSecond, dailyLimit, caps }: Account) {
  return { kmsGrant, ratePerSecond: ratePerSecond ?? null, dailyLimit: dailyLimit ?? null, ...caps };
}

function listKeys(database: DatabaseSync, reader: AccountReader, account: Account | undefined): KeySummary[] {
  const rows =
    account === undefined
      ? database.prepare('SELECT * FROM api_keys ORDER BY id').all()
      : database.prepare('SELECT * FROM api_keys WHERE account = ? ORDER BY id').all(account.id);
  return rows.map((row) => ({
    secretId: String(row.secret_id),
    accountId: reader.byRowId(Number(row.account))?.accountId ?? '',
    state: row.state as KeySummary['state'],
    createdMs: Number(row.created_ms),
  }));
}

function insertServices(database: DatabaseSync, account: number, services: readonly ServiceName[]): void {
  const insert = database.prepare('INSERT INTO account_services VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const service of services) insert.run(account, service);
}

function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  if (database.isTransaction) return work();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
