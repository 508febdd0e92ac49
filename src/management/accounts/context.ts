// What the calls about accounts work with, and what they read of a request.

import { type TObject, Type } from 'typebox';
import type { ActionDefinition } from '../../core/action.ts';
import { type AccountDesk, DeskError } from '../../ports/account-desk.ts';
import type { Account } from '../../ports/accounts.ts';
import type { ApiCatalogue } from '../api-catalogue.ts';
import { ManagementError, type ManagementErrorCode, type ManagementRequest } from '../route.ts';

export interface AccountsContext {
  readonly desk: AccountDesk;
  readonly catalogue: ApiCatalogue;
  readonly actions: readonly ActionDefinition[];
  /** Calls that come with a service. */
  readonly freeQuota: Readonly<Record<string, number>>;
}

const PAGE_MAX = 100;
const PAGE_USUAL = 10;
const OFFSET_MAX = 1_000_000;

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

export const PAGE = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: OFFSET_MAX })),
};
/** AceData's clients say whose rows they want; only their own are theirs. */
export const OWN_PAGE = {
  ...PAGE,
  user_id: Type.Optional(Type.String({ maxLength: 64 })),
  ordering: Type.Optional(Type.String({ maxLength: 32 })),
};

export function pageIn({ query }: ManagementRequest): { readonly limit: number; readonly offset: number } {
  return { limit: Number(query.limit ?? PAGE_USUAL), offset: Number(query.offset ?? 0) };
}

export function listOf(item: TObject): TObject {
  return Type.Object({ count: Type.Integer(), items: Type.Array(item) });
}

export function pageOf<T>(rows: readonly T[], request: ManagementRequest): { count: number; items: T[] } {
  const { limit, offset } = pageIn(request);
  return { count: rows.length, items: rows.slice(offset, offset + limit) };
}

/** Nobody else's rows, whatever the query says. */
export function refuseOthers(request: ManagementRequest): void {
  const { query, visitor } = request;
  const asked = query.user_id;
  const own = ['me', accountOf(request).accountId, 'person' in visitor ? visitor.person.id : 'me'];
  if (asked !== undefined && !own.includes(String(asked))) throw new ManagementError('forbidden');
}

export function timeText(timeMs: number | undefined): string | null {
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}

/** A time to come, with its offset. */
export function futureIn(text: unknown, nowMs: number, field: string): number {
  const pattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)$/;
  const timeMs = pattern.test(String(text)) ? Date.parse(String(text)) : Number.NaN;
  if (!(timeMs > nowMs)) throw new ManagementError('bad_request', `${field} must be a time to come.`);
  return timeMs;
}
