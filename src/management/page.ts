// Lists that are read in pages: which page is asked for, and what the answer is like.

import type { TObject } from 'typebox';
import { Type } from '../core/json-schema.ts';
import type { ManagementRequest } from './route.ts';

const PAGE_MAX = 100;
const PAGE_USUAL = 10;
const OFFSET_MAX = 1_000_000;

export const PAGE = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: OFFSET_MAX })),
};
/** AceData's clients say whose rows they want; only their own are theirs. */
export const OWN_PAGE = {
  ...PAGE,
  user_id: Type.Optional(Type.String({ maxLength: 64 })),
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
