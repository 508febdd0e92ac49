// The parameter `ordering` of lists: a member of the rows, with a minus for the other way round. A call names only what an index
// gives, or what sorts few rows.

import type { TOptional, TString } from 'typebox';
import { Type } from '../core/json-schema.ts';
import type { Sorting } from '../domain/sorting.ts';
import type { ManagementRequest } from './route.ts';

export interface Ordering<By extends string> {
  /** For the schema of the row's query. */
  readonly query: { readonly ordering: TOptional<TString> };
  /** What a request asks for, which its schema has checked. */
  in(request: Pick<ManagementRequest, 'query'>): Sorting<By>;
}

/** `columns`: what the rows call it, and what the list is sorted by then. `usual`: where nothing is asked for. */
export function createOrdering<By extends string>(
  columns: Readonly<Record<string, By>>,
  usual: string,
): Ordering<By> {
  const orders = new Map<string, Sorting<By>>();
  for (const [name, by] of Object.entries(columns)) {
    orders.set(name, { by, descending: false });
    orders.set(`-${name}`, { by, descending: true });
  }
  const first = orders.get(usual);
  if (first === undefined) throw new Error(`a list has no order ${usual}`);
  const ordering = Type.Optional(
    Type.String({
      enum: [...orders.keys()],
      description: `${usual} unless given; a minus turns the order round.`,
    }),
  );
  return {
    query: { ordering },
    in: ({ query }) => orders.get(String(query.ordering)) ?? first,
  };
}
