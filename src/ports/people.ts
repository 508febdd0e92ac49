// The human users of the self-service: who registered, with which account. An e-mail address is personal data: stores keep
// it sealed and find it by a keyed hash. Every step that must happen once is one atomic call.

import type { EmailAddress } from '../domain/email-address.ts';
import type { Sorting } from '../domain/sorting.ts';

export interface Person {
  /** Public id, a UUID. */
  readonly id: string;
  /** The account that the person owns; public id. */
  readonly accountId: string;
  /** Plain; in memory only, never logged. */
  readonly email: string;
  readonly createdMs: number;
  readonly totpEnabled: boolean;
}

export type MailLanguage = 'en' | 'zh';

/** A person with what only sign-in may see. */
export interface StoredPerson extends Person {
  readonly passwordHash: string;
  readonly language: MailLanguage;
  /** Secret of the authenticator; there is one before it is confirmed too. */
  readonly totpSecret: Buffer | undefined;
}

export type NewPerson = Pick<
  StoredPerson,
  'id' | 'accountId' | 'email' | 'passwordHash' | 'language' | 'createdMs'
>;

export interface PeopleStore {
  findByEmail(email: EmailAddress): Promise<StoredPerson | undefined>;
  findById(id: string): Promise<StoredPerson | undefined>;
  /** What a new person with the address is called: the same at every try, so that one that was cut short can go on. */
  idFor(email: EmailAddress): string;
  /** false when somebody has the address already. */
  add(person: NewPerson): Promise<boolean>;
  /** With `instead`, only where that hash is still the stored one; false where it is not. */
  setPassword(id: string, passwordHash: string, instead?: string): Promise<boolean>;
  /** Replaces a secret that was not confirmed; false when the authenticator is enabled already. */
  proposeTotp(id: string, secret: Buffer): Promise<boolean>;
  /** From now on the authenticator is asked for; false when it was enabled already. */
  enableTotp(id: string, step: number, recoveryCodes: readonly string[]): Promise<boolean>;
  disableTotp(id: string): Promise<void>;
  /** Each time step counts once; false when it, or a later one, was used before. */
  useTotpStep(id: string, step: number): Promise<boolean>;
  /** Each recovery code counts once. */
  useRecoveryCode(id: string, code: string): Promise<boolean>;
  readonly sessions: SessionStore;
  readonly codes: CodeStore;
  readonly tokens: PlatformTokenStore;
}

export interface SessionLimits {
  /** A session that was not used for so long has ended. */
  readonly idleMs: number;
  /** When more are open, the oldest ends. */
  readonly perPersonMax: number;
}

export interface FoundProof {
  readonly personId: string;
  /** The hash that the store knows the session or token by. */
  readonly proofId: string;
}

/** A session as it is shown: nothing of it opens anything. */
export interface PersonSession extends FoundProof {
  /** Public id, a UUID. */
  readonly id: string;
  readonly createdMs: number;
  /** To the minute. */
  readonly usedMs: number;
  /** Unless it is used before. */
  readonly endsMs: number;
}

/** Sessions by their token, which no store keeps. */
export interface SessionStore {
  open(session: {
    readonly token: string;
    readonly personId: string;
    readonly nowMs: number;
    readonly expiresMs: number;
  }): Promise<void>;
  /** Notes the use, to the minute. */
  find(token: string, nowMs: number): Promise<FoundProof | undefined>;
  end(proofId: string): Promise<void>;
  /** Those that are open, oldest first: a person has a bounded number. */
  list(personId: string, nowMs: number): Promise<readonly PersonSession[]>;
  /** All of the person's sessions but the one that is named. */
  endAll(personId: string, except?: string): Promise<void>;
}

export type CodePurpose = 'register' | 'reset';

/** One-time codes sent by mail, one a purpose and address at most; a new one replaces the one before. */
export interface CodeStore {
  /** Without a code nothing will ever match. false when too many codes are waiting. */
  put(entry: {
    readonly purpose: CodePurpose;
    readonly email: EmailAddress;
    readonly code: string | undefined;
    readonly attempts: number;
    readonly nowMs: number;
    readonly expiresMs: number;
    /** Kept sealed. */
    readonly payload: string;
  }): Promise<boolean>;
  /** Counts one attempt. The payload, and whether the code is right; undefined when there is none to try. */
  attempt(
    purpose: CodePurpose,
    email: EmailAddress,
    code: string,
    nowMs: number,
  ): Promise<{ readonly matches: boolean; readonly payload: string } | undefined>;
  /** Uses the code up; false when it was used or replaced in between. */
  consume(purpose: CodePurpose, email: EmailAddress, code: string): Promise<boolean>;
}

export interface PlatformToken {
  /** Public id, a UUID. */
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  /** The last characters, to tell tokens apart. */
  readonly ending: string;
  readonly createdMs: number;
  readonly expiresMs: number | undefined;
}

export type TokenOrder = 'created' | 'name' | 'expires';

export interface PlatformTokenStore {
  /** false when the person has as many as allowed. */
  add(token: PlatformToken, secret: string, perPersonMax: number): Promise<boolean>;
  /** A revoked or expired token is unknown. */
  find(secret: string, nowMs: number): Promise<FoundProof | undefined>;
  /** The revoked are left out. */
  list(
    personId: string,
    page: { readonly limit: number; readonly offset: number },
    sorting: Sorting<TokenOrder>,
  ): Promise<{ readonly count: number; readonly items: readonly PlatformToken[] }>;
  byProof(proofId: string): Promise<PlatformToken | undefined>;
  /** false when the person has no such token. */
  revoke(personId: string, id: string, nowMs: number): Promise<boolean>;
  revokeAll(personId: string, nowMs: number): Promise<void>;
}

/** Opens the account of somebody who has just shown to hold the address; the same one for the same person. */
export type OpenAccount = (request: {
  readonly name: string;
  readonly personId: string;
}) => Promise<{ readonly accountId: string }>;
