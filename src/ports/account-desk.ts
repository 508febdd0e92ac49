// What may be done to accounts, credentials and prices while the server runs, for the management calls. Everything is
// on disk when its promise resolves, is in the audit log, and is seen by the request path at its next call.

import type { Msisdn } from '../domain/msisdn.ts';
import type { ServiceName } from '../domain/service.ts';
import type { Sorting } from '../domain/sorting.ts';
import type { UsageCaps } from '../domain/usage-cap.ts';
import type { Account, AccountState, KeyRestriction } from './accounts.ts';
import type { AccountFunds, UsedAmounts } from './ledger.ts';

/** 'invalid' and 'conflict' say in the message what is wrong; the message holds no secret. */
export type DeskErrorCode = 'invalid' | 'not_found' | 'duplication' | 'conflict';

/** An act that cannot be done. */
export class DeskError extends Error {
  readonly code: DeskErrorCode;

  constructor(message: string, code: DeskErrorCode = 'invalid') {
    super(message);
    this.name = 'DeskError';
    this.code = code;
  }
}

/** A service that an account has acquired, once and for all. */
export interface Application {
  /** A UUID. */
  readonly applicationId: string;
  readonly accountId: string;
  readonly service: ServiceName;
  readonly acquiredMs: number;
  /** false after the operator took the service away. */
  readonly active: boolean;
}

/** An API key as it is shown: never its secret or token. */
export interface Credential {
  /** A UUID; stays the same when the key is rotated. */
  readonly credentialId: string;
  /** Of the ledger's entries; stays the same too. */
  readonly keyId: number;
  readonly accountId: string;
  readonly name: string;
  /** First and last characters of the SecretId. */
  readonly maskedId: string;
  /** Last characters of the token, where they were kept. */
  readonly tokenEnding: string | undefined;
  readonly state: 'enabled' | 'disabled' | 'revoked';
  readonly createdMs: number;
  /** Answered by the sandbox, and never charged. */
  readonly sandbox: boolean;
  readonly restriction: KeyRestriction | undefined;
}

/** The only time that the secrets are shown. */
export interface IssuedCredential {
  readonly credential: Credential;
  readonly secretId: string;
  readonly secretKey: string;
  readonly token: string;
}

export interface NewCredential {
  /** Of the sandbox account that goes with the account; it is opened with the first one. */
  readonly sandbox?: boolean;
  readonly name?: string;
  readonly restriction?: KeyRestriction;
}

/** Only what is named changes; null, or Infinity for a cap, takes the limit away. */
export interface CredentialChanges {
  readonly name?: string;
  readonly service?: ServiceName | null;
  readonly actions?: readonly string[] | null;
  readonly expiresAtMs?: number | null;
  readonly callsMax?: number | null;
  readonly caps?: Partial<UsageCaps>;
}

export interface AccountLimits {
  readonly ratePerSecond?: number | null;
  readonly dailyLimit?: number | null;
  readonly caps?: Partial<UsageCaps>;
}

/** An account with what calls need not know of it. */
export interface AccountRecord {
  readonly account: Account;
  readonly createdMs: number;
  /** Of who owns it; undefined for one that an operator made. */
  readonly personId: string | undefined;
}

/** Only what is named counts; accounts that pass all of it. */
export interface AccountFilter {
  /** A part of the name, in letters of any case. */
  readonly name?: string | undefined;
  readonly state?: AccountState | undefined;
  readonly personId?: string | undefined;
}

export type AccountOrder = 'created' | 'name';

/** A bearer token for programs, a link that opens one session, a session in a browser. */
export type OperatorTokenKind = 'bearer' | 'link' | 'session';

export interface OperatorToken {
  readonly id: number;
  readonly kind: OperatorTokenKind;
  readonly name: string;
  readonly createdMs: number;
  readonly expiresMs: number | undefined;
  readonly revokedMs: number | undefined;
}

/** Of an operator's browser. */
export interface OperatorSession {
  readonly id: number;
  readonly name: string;
  readonly expiresMs: number;
}

export interface AuditedAct {
  readonly seq: number;
  readonly timeMs: number;
  readonly actor: string;
  readonly act: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Only what is named counts; entries that pass all of it. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly act?: string | undefined;
  readonly subject?: string | undefined;
  /** Included. */
  readonly fromMs?: number | undefined;
  /** Excluded. */
  readonly toMs?: number | undefined;
  /** A cursor: only what comes after this entry, in the order that is asked for. */
  readonly behindSeq?: number | undefined;
  /** Acts on this number; entries hold its keyed hash. */
  readonly number?: Msisdn | undefined;
}

export interface AuditPage {
  readonly acts: readonly AuditedAct[];
  readonly total: number;
}

export interface GrantTerms {
  /** The caller's name for one grant: asked for again under it, it is given once; another one under it is 'conflict'. */
  readonly key?: string | undefined;
  /** For the audit log, such as the number of an invoice. */
  readonly reference?: string | undefined;
}

/** `actor` is who acts, for the audit log: a name or an id, never an address or a secret. */
export interface AccountDesk {
  /** The account that was opened for this owner before, or a new one: active, without services, keys and funds. */
  openAccount(owner: string, name: string): Promise<Account>;
  account(accountId: string): Account;
  record(accountId: string): AccountRecord;
  /** Oldest first unless a sorting is given. */
  accounts(
    page: { readonly offset: number; readonly limit: number },
    filter?: AccountFilter,
    sorting?: Sorting<AccountOrder>,
  ): { readonly accounts: readonly AccountRecord[]; readonly total: number };
  fundsOf(accountId: string): Promise<AccountFunds>;
  /** What limits count: of the account's caps where it is given, and of each key that has limits. */
  usedOf(
    account: Account | undefined,
    keys: readonly Pick<Credential, 'keyId' | 'restriction'>[],
  ): Promise<UsedAmounts>;

  /** Once for an account and service, with the free quota; a second time is 'duplication'. */
  acquire(actor: string, accountId: string, service: ServiceName): Promise<Application>;
  applications(accountId: string): readonly Application[];

  createCredential(actor: string, accountId: string, wanted: NewCredential): Promise<IssuedCredential>;
  /** Those of its sandbox account as well; without the revoked, of which there may be any number. */
  credentials(accountId: string): readonly Credential[];
  /** The SecretId that the credential has now. */
  secretIdOf(accountId: string, credentialId: string): string;
  /** By its SecretId, of the account or its sandbox account; undefined for everybody else's. */
  credentialOf(accountId: string, secretId: string): Credential | undefined;
  /** Whose key has or had this SecretId, a sandbox account's its own; undefined where none has. */
  ownerOfKey(secretId: string): { readonly accountId: string; readonly isRevoked: boolean } | undefined;
  /** The account and its sandbox account. */
  accountsOf(accountId: string): readonly string[];
  /** The old secret and token are dead when this resolves. */
  rotateCredential(actor: string, accountId: string, credentialId: string): Promise<IssuedCredential>;
  setCredentialState(
    actor: string,
    accountId: string,
    credentialId: string,
    state: Credential['state'],
  ): Promise<Credential>;
  changeCredential(
    actor: string,
    accountId: string,
    credentialId: string,
    changes: CredentialChanges,
  ): Promise<Credential>;

  verify(actor: string, accountId: string): Promise<Account>;
  suspend(actor: string, accountId: string): Promise<Account>;
  resume(actor: string, accountId: string): Promise<Account>;
  changeLimits(actor: string, accountId: string, limits: AccountLimits): Promise<Account>;
  topUp(actor: string, accountId: string, amountMinor: number, terms?: GrantTerms): Promise<AccountFunds>;
  grantQuota(
    actor: string,
    accountId: string,
    services: readonly ServiceName[],
    calls: number,
    terms?: GrantTerms,
  ): Promise<AccountFunds>;

  /** Minor units by price key, as calls are charged now. */
  prices(): Readonly<Record<string, number>>;
  /** Over the configured list; null goes back to it. Only the named keys change. Answers all prices as `prices` does. */
  setPrices(
    actor: string,
    prices: Readonly<Record<string, number | null>>,
  ): Promise<Readonly<Record<string, number>>>;

  /** The name of the token's owner, for the audit log; undefined when it is unknown, expired or revoked. */
  findOperator(token: string): string | undefined;
  /** Uses the link up. undefined when it is unknown, used, expired or revoked. */
  enterAsOperator(link: string): Promise<(OperatorSession & { readonly value: string }) | undefined>;
  findOperatorSession(value: string): OperatorSession | undefined;
  endOperatorSession(session: OperatorSession): Promise<void>;
  /** Of all operators: few, for they are made by hand. Those that were revoked too. */
  operatorTokens(): readonly OperatorToken[];
  revokeOperatorToken(actor: string, id: number): Promise<void>;
  /** Newest first unless the page says otherwise. */
  audit(
    page: { readonly offset: number; readonly limit: number; readonly oldestFirst?: boolean },
    filter?: AuditFilter,
  ): AuditPage;
  /** For acts that change nothing here, such as the look-up of one number. */
  noteAct(actor: string, act: string, subject: string, before: unknown, after: unknown): Promise<void>;
  /** The entry names the number masked, and by a keyed hash under which it is found again. */
  noteActOnNumber(
    actor: string,
    act: string,
    number: Msisdn,
    after: Readonly<Record<string, unknown>>,
  ): Promise<void>;
}
