// What accounts, credentials and applications are called outside; inside they are rows.

import type { ServiceName } from '../domain/service.ts';

export interface PublicNames {
  /** Public id of an account, and its row. */
  accountIdOf(account: number): string | undefined;
  accountOf(accountId: string): number | undefined;
  /** What its holder or an operator called it. */
  accountNameOf(account: number): string | undefined;
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
