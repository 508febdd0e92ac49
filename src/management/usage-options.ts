// What the calls about usage need of the rest: answers, names of rows, the catalogue.

import type { ServiceName } from '../domain/service.ts';
import type { AccountDesk } from '../ports/account-desk.ts';
import type { Usage } from '../ports/usage.ts';
import type { ApiCatalogue } from './api-catalogue.ts';

/** What rows are called outside. */
export interface UsageNames {
  /** Public id of an account, and its row. */
  accountIdOf(account: number): string | undefined;
  accountOf(accountId: string): number | undefined;
  /** Public id of a credential. */
  credentialIdOf(key: number): string | undefined;
  tokenEndingOf(key: number): string | undefined;
  /** The sandbox account that goes with a live one. */
  sandboxTwinOf(account: number): number | undefined;
  keyOf(credentialId: string): { readonly key: number; readonly account: number } | undefined;
  /** What an account acquired a service as. */
  applicationIdOf(account: number, service: ServiceName): string | undefined;
  applicationOf(
    applicationId: string,
  ): { readonly account: number; readonly service: ServiceName } | undefined;
}

export interface UsageRouteOptions {
  readonly usage: Usage;
  /** For the audit log: an operator who looks at single calls. */
  readonly noteAct: AccountDesk['noteAct'];
  readonly names: UsageNames;
  readonly catalogue: ApiCatalogue;
  /** The ledger's. */
  readonly timeZone: string;
}
