// What the calls about accounts work with, and what they read of a request.

import type { ActionDefinition } from '../../core/action.ts';
import { type AccountDesk, DeskError } from '../../ports/account-desk.ts';
import type { Account } from '../../ports/accounts.ts';
import type { Api, ApiCatalogue } from '../api-catalogue.ts';
import { ManagementError, type ManagementErrorCode, type ManagementRequest } from '../route.ts';
import type { ReadLastUses } from './last-uses.ts';
import type { CountUsedCalls } from './used-calls.ts';

export interface AccountsContext {
  readonly desk: AccountDesk;
  readonly catalogue: ApiCatalogue;
  readonly actions: readonly ActionDefinition[];
  readonly usedCalls: CountUsedCalls;
  readonly lastUses: ReadLastUses;
  /** OpenAPI of one API alone; undefined for those that are not a path of their own. */
  readonly definitionOf: (api: Api) => object | undefined;
  /** Calls that come with a service. */
  readonly freeQuota: Readonly<Record<string, number>>;
}

const DESK_ERRORS = {
  invalid: 'bad_request',
  not_found: 'not_found',
  duplication: 'duplication',
  conflict: 'conflict',
} as const satisfies Record<DeskError['code'], ManagementErrorCode>;

/** Of who asks. */
export function accountOf({ visitor }: ManagementRequest): Account {
  if (!('account' in visitor)) throw new ManagementError('not_signed_in');
  return visitor.account;
}

/** For the audit log: ids and names, never an address. */
export function actorOf({ visitor }: ManagementRequest): string {
  if (visitor.access === 'operator') return `operator:${visitor.operator}`;
  return 'person' in visitor ? `person:${visitor.person.id}` : visitor.access;
}

/** What the desk refuses, in the words of the management calls. */
export async function atDesk<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    // Its other messages say what is wrong with what was asked; this one would say only that it is not there.
    throw new ManagementError(DESK_ERRORS[error.code], error.code === 'not_found' ? '' : error.message);
  }
}

/** Nobody else's rows, whatever the query or the body says. */
export function refuseOthers(request: ManagementRequest, asked: unknown = request.query.user_id): void {
  const { visitor } = request;
  const own = ['me', accountOf(request).accountId, 'person' in visitor ? visitor.person.id : 'me'];
  if (asked !== undefined && !own.includes(String(asked))) throw new ManagementError('forbidden');
}
