// What an operator does to accounts and keys. Every act leaves an audit entry in the same transaction; no secret does.

import type { ServiceName } from '../../../domain/service.ts';
import { NO_CAPS, USAGE_CAPS, type UsageCaps } from '../../../domain/usage-cap.ts';
import type {
  Application,
  CredentialChanges,
  OperatorSession,
  OperatorToken,
} from '../../../ports/account-desk.ts';
import type { Account, AccountState } from '../../../ports/accounts.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Random } from '../../../ports/random.ts';
import { inTransaction } from '../in-transaction.ts';
import { type AccountRecords, createAccountRecords } from './account-records.ts';
import { CAP_COLUMNS, createAccountReader } from './account-rows.ts';
import { AdministrationError } from './administration-error.ts';
import { createApplications, type OwedQuota } from './applications.ts';
import { type AuditEntry, createAuditLog, type StoredAuditFilter } from './audit-log.ts';
import type { BroughtKey, IssuedKey } from './draw-key.ts';
import { createGrantKeys, type GrantKeys } from './grant-keys.ts';
import { createKeyAdministration, type KeySummary, type NewKey } from './key-administration.ts';
import { createOperatorTokens } from './operator-tokens.ts';
import { type Prices, readPriceOverrides, writePriceOverrides } from './price-overrides.ts';
import { twinOf, twinOwner } from './sandbox-twin.ts';
import { openAccountsFile } from './schema.ts';

export interface NewAccount {
  readonly name: string;
  readonly services: readonly ServiceName[];
  readonly sandbox: boolean;
  readonly state: 'active' | 'unverified';
  readonly ratePerSecond?: number;
  readonly dailyLimit?: number;
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
  /** The owner's account, or a new one: for a person who has yet to acquire a service and make a key. */
  openAccountFor(owner: string, account: NewAccount): Account;
  /** Opened when there is none; a sandbox account is its own. */
  openSandboxTwin(accountId: string): Account;
  sandboxTwin(accountId: string): Account | undefined;
  createKey(accountId: string, brought?: BroughtKey, key?: Omit<NewKey, 'brought'>): IssuedKey;
  /** A new key pair under the same restriction and credential id; the old one is revoked at once. */
  rotateKey(secretId: string): IssuedKey;
  setKeyState(secretId: string, state: KeySummary['state']): KeySummary;
  changeKey(secretId: string, changes: CredentialChanges): KeySummary;
  changeAccount(accountId: string, act: string, changes: AccountChanges): Account;
  /** Vouches for the account holder. */
  verify(accountId: string): Account;
  suspend(accountId: string): Account;
  /** Ends a suspension: the account is what it was before, verified or not. */
  resume(accountId: string): Account;
  activate(accountId: string, services: readonly ServiceName[]): Account;
  deactivate(accountId: string, services: readonly ServiceName[]): Account;
  /** With free calls owed to it; a second time is refused as a duplicate. */
  acquire(accountId: string, service: ServiceName, freeCalls: number): Application;
  applications(accountId: string): Application[];
  /** Free quota of the account that is not known to be in the ledger yet. */
  owedQuota(accountId: string): OwedQuota[];
  writeOff(owed: OwedQuota): void;
  createOperatorToken(name: string, expiresMs?: number): { readonly id: number; readonly token: string };
  operatorTokens(): OperatorToken[];
  revokeOperatorToken(id: number): OperatorToken;
  findOperator(token: string): string | undefined;
  /** Opens one session, until it expires. */
  createOperatorLink(name: string, expiresMs: number): { readonly id: number; readonly token: string };
  enterAsOperator(
    link: string,
    sessionExpiresMs: number,
  ): (OperatorSession & { readonly value: string }) | undefined;
  findOperatorSession(value: string): OperatorSession | undefined;
  endOperatorSession(session: OperatorSession): void;
  /** Over the configured list; null goes back to it. Whoever knows that list notes the act. */
  setPrices(changes: Readonly<Record<string, number | null>>): Prices;
  priceOverrides(): Prices;
  account(accountId: string): Account;
  accounts(): Account[];
  readonly records: AccountRecords;
  keys(accountId?: string): KeySummary[];
  /** Revoked ones too; undefined where there is none. */
  key(secretId: string): KeySummary | undefined;
  /** Those that are not revoked. */
  usableKeys(accountId: string): KeySummary[];
  noteAct(act: string, subject: string, before: unknown, after: unknown): void;
  readonly grantKeys: GrantKeys;
  auditLog(limit: number, offset?: number, filter?: StoredAuditFilter): AuditEntry[];
  auditLength(filter?: StoredAuditFilter): number;
  /** What the work does is done in the name of another actor. */
  as<T>(actor: string, work: () => T): T;
  close(): void;
}

export interface AdministrationOptions {
  readonly path: string;
  readonly secretEnvelopeKey: Buffer;
  readonly clock: Clock;
  readonly random: Random;
  /** Who acts, for the audit log, e.g. 'cli:root'. */
  readonly actor: string;
  /** How long a statement waits for another process: 0 on the serving thread. */
  readonly busyTimeoutMs?: number;
  /** Keys that an account may have, revoked ones aside. */
  readonly keysPerAccountMax?: number;
}

const KEYS_PER_ACCOUNT_MAX = 200;
const FIRST_ACCOUNT_ID = 100_000_000_000;
const NAME_MAX_LENGTH = 200;

export function openAccountAdministration(options: AdministrationOptions): AccountAdministration {
  const database = openAccountsFile(options.path);
  if (options.busyTimeoutMs !== undefined) database.exec(`PRAGMA busy_timeout = ${options.busyTimeoutMs}`);
  const reader = createAccountReader(database);
  const audit = createAuditLog(database);
  const applications = createApplications(database);
  const tokens = createOperatorTokens(database, options.random);
  let { actor } = options;
  const transact = <T>(work: () => T): T => inTransaction(database, work);
  const keys = createKeyAdministration({
    ...options,
    database,
    keysPerAccountMax: options.keysPerAccountMax ?? KEYS_PER_ACCOUNT_MAX,
    noteAct,
  });

  function actAs<T>(other: string, work: () => T): T {
    const before = actor;
    actor = other;
    try {
      return work();
    } finally {
      actor = before;
    }
  }

  function noteAct(act: string, subject: string, before: unknown, after: unknown): void {
    audit.append({ timeMs: options.clock.nowMs(), actor, act, subject, before, after });
  }

  function requireAccount(accountId: string): Account {
    const account = reader.byAccountId(accountId);
    if (account === undefined) throw new AdministrationError(`there is no account ${accountId}`, 'not_found');
    return account;
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
    insertServices(Number(lastInsertRowid), account.services);
    noteAct('account.create', accountId, null, { ...account });
    return requireAccount(accountId);
  }

  function openFor(owner: string, account: NewAccount): Account {
    const before = reader.byOwner(owner);
    if (before !== undefined) return before;
    const { id, accountId } = insertAccount(account);
    database.prepare('UPDATE accounts SET opened_for = ? WHERE id = ?').run(owner, id);
    return requireAccount(accountId);
  }

  function insertServices(account: number, services: readonly ServiceName[]): void {
    const insert = database.prepare(
      `INSERT INTO account_services (account, service, application_id, acquired_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (account, service) DO UPDATE SET active = 1`,
    );
    for (const service of services)
      insert.run(account, service, options.random.uuid(), options.clock.nowMs());
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
        throw new AdministrationError(
          `account ${accountId} is ${before}, not ${from.join(' or ')}`,
          'conflict',
        );
      const after = to();
      database
        .prepare('UPDATE accounts SET state = ? WHERE id = ? OR opened_for = ?')
        .run(after, id, twinOwner(accountId));
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
        return { account: inserted, key: keys.issue(inserted, { brought }) };
      }),
    openAccountFor: (owner, account) => transact(() => openFor(owner, account)),
    openSandboxTwin: (accountId) =>
      transact(() => {
        const account = requireAccount(accountId);
        return account.sandbox ? account : openFor(twinOwner(accountId), twinOf(account));
      }),
    sandboxTwin: (accountId) => reader.byOwner(twinOwner(accountId)),
    createKey: (accountId, brought, key) =>
      transact(() => keys.issue(requireAccount(accountId), { ...key, brought })),
    rotateKey: (secretId) => transact(() => keys.rotate(secretId)),
    setKeyState: (secretId, state) => transact(() => keys.setState(secretId, state)),
    changeKey: (secretId, changes) => transact(() => keys.change(secretId, changes)),
    changeAccount: (accountId, act, changes) => transact(() => change(accountId, act, changes)),
    verify: (accountId) => setState(accountId, 'account.verify', ['unverified'], () => 'active'),
    suspend: (accountId) =>
      setState(accountId, 'account.suspend', ['active', 'unverified'], () => 'suspended'),
    resume: (accountId) =>
      setState(accountId, 'account.resume', ['suspended'], () => stateBeforeSuspension(accountId)),
    activate: (accountId, services) =>
      changeServices(accountId, 'account.activate', (row) => insertServices(row, services)),
    deactivate: (accountId, services) =>
      changeServices(accountId, 'account.deactivate', (row) => {
        // The row stays: what was acquired once brings its free quota once.
        const remove = database.prepare(
          'UPDATE account_services SET active = 0 WHERE account = ? AND service = ?',
        );
        for (const service of services) remove.run(row, service);
      }),
    acquire: (accountId, service, freeCalls) =>
      transact(() => {
        const account = requireAccount(accountId);
        const applicationId = options.random.uuid();
        applications.acquire(account, service, applicationId, options.clock.nowMs(), freeCalls);
        noteAct('account.acquire', accountId, null, { service, applicationId, freeCalls });
        const acquired = applications.list(account).find((one) => one.applicationId === applicationId);
        if (acquired === undefined) throw new Error('an application that was just made is not there');
        return acquired;
      }),
    applications: (accountId) => applications.list(requireAccount(accountId)),
    owedQuota: (accountId) => applications.owed(requireAccount(accountId).id),
    writeOff: (owed) => applications.writeOff(owed),
    createOperatorToken: (name, expiresMs) =>
      transact(() => {
        const created = tokens.create(name, options.clock.nowMs(), expiresMs);
        noteAct('operator.token-create', name, null, { id: created.id, expiresMs: expiresMs ?? null });
        return created;
      }),
    operatorTokens: () => tokens.list(),
    revokeOperatorToken: (id) =>
      transact(() => {
        const token = tokens.revoke(id, options.clock.nowMs());
        noteAct('operator.token-revoke', token.name, null, { id });
        return token;
      }),
    findOperator: (token) => tokens.find(token, options.clock.nowMs()),
    createOperatorLink: (name, expiresMs) =>
      transact(() => {
        const created = tokens.create(name, options.clock.nowMs(), expiresMs, 'link');
        noteAct('operator.link-create', name, null, { id: created.id, expiresMs });
        return created;
      }),
    enterAsOperator: (link, expiresMs) =>
      transact(() => {
        const nowMs = options.clock.nowMs();
        const name = tokens.redeem(link, nowMs);
        if (name === undefined) return undefined;
        const { id, token } = tokens.create(name, nowMs, expiresMs, 'session');
        actAs(`operator:${name}`, () => noteAct('operator.sign-in', name, null, { id, expiresMs }));
        return { id, name, expiresMs, value: token };
      }),
    findOperatorSession: (value) => tokens.findSession(value, options.clock.nowMs()),
    endOperatorSession: ({ id, name }) =>
      transact(() => {
        tokens.remove(id);
        noteAct('operator.sign-out', name, null, { id });
      }),
    setPrices: (changes) => transact(() => writePriceOverrides(database, changes)),
    priceOverrides: () => readPriceOverrides(database),
    account: requireAccount,
    accounts: () => reader.all(),
    records: createAccountRecords(database, requireAccount),
    keys: (accountId) => keys.list(accountId === undefined ? undefined : requireAccount(accountId)),
    key: (secretId) => keys.look(secretId),
    usableKeys: (accountId) => keys.listUsable(requireAccount(accountId)),
    noteAct: (act, subject, before, after) => transact(() => noteAct(act, subject, before, after)),
    grantKeys: createGrantKeys(database),
    auditLog: (limit, offset = 0, filter = {}) => audit.list(limit, offset, filter),
    auditLength: (filter = {}) => audit.length(filter),
    as: actAs,
    close: () => database.close(),
  };
}

/** What changeAccount changes, for the audit log; Infinity is null in JSON. */
function settingsOf({ kmsGrant, ratePerSecond, dailyLimit, caps }: Account) {
  return {
    kmsGrant,
    ratePerSecond: ratePerSecond ?? null,
    dailyLimit: dailyLimit ?? null,
    ...NO_CAPS,
    ...caps,
  };
}
