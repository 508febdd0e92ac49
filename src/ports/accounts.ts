// Accounts and their keys as the request path sees them. Changes made by another process are seen at the next call.

import type { ServiceName } from '../domain/service.ts';
import type { UsageCaps } from '../domain/usage-cap.ts';

export type AccountState = 'active' | 'unverified' | 'suspended';

export interface Account {
  /** Internal row id, used in the ledger. */
  readonly id: number;
  /** Public id, a decimal string like a cloud account's UIN. */
  readonly accountId: string;
  readonly name: string;
  readonly state: AccountState;
  readonly sandbox: boolean;
  readonly services: ReadonlySet<ServiceName>;
  /** Calls a second and action; undefined = the server's default. */
  readonly ratePerSecond: number | undefined;
  /** Attempts a day, action and field value; undefined = the server's default. */
  readonly dailyLimit: number | undefined;
  /** undefined = none is set. */
  readonly caps: UsageCaps | undefined;
  /** May the verification actions use the account's KMS keys? */
  readonly kmsGrant: boolean;
}

export interface ApiKey {
  readonly id: number;
  readonly secretId: string;
  readonly account: Account;
  /** The plain SecretKey. Stays in memory; never logged, never rendered. */
  readonly secretKey: string;
  /** undefined = the key may do whatever its account may: the usual case. */
  readonly restriction: KeyRestriction | undefined;
}

/** What a credential was limited to when it was made, or by its owner later. */
export interface KeyRestriction {
  /** undefined = every service of the account. */
  readonly service: ServiceName | undefined;
  /** Names of the actions it may call; undefined = all of the service. */
  readonly actions: ReadonlySet<string> | undefined;
  /** Exclusive, in milliseconds since 1970; undefined = never. */
  readonly expiresAtMs: number | undefined;
  /** Charged calls in its whole life; undefined = no limit. */
  readonly callsMax: number | undefined;
  /** Beside those of the account; undefined = none is set. */
  readonly caps: UsageCaps | undefined;
}

export type FoundToken =
  | { readonly kind: 'key'; readonly key: ApiKey }
  | { readonly kind: 'unknown' | 'disabled' | 'expired' };

export interface AccountDirectory {
  /** An enabled key, or undefined when it is unknown, disabled, revoked or expired. */
  findKey(secretId: string): ApiKey | undefined;
  /** By the bearer token; stores know its hash only. A revoked or rotated token is unknown. */
  findToken(token: string): FoundToken;
}
