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
}

export interface AccountDirectory {
  /** An enabled key, or undefined when it is unknown, disabled or revoked. */
  findKey(secretId: string): ApiKey | undefined;
}
