// The orders in which what an account has acquired is listed: a row a service.

import { sortRows } from '../../domain/sorting.ts';
import type { Application } from '../../ports/account-desk.ts';
import { createOrdering } from '../ordering.ts';
import type { ManagementRequest } from '../route.ts';

export const APPLICATION_ORDER = createOrdering({ created_at: 'acquired' }, 'created_at');

export function sortApplications(rows: readonly Application[], request: ManagementRequest): Application[] {
  const values = { acquired: ({ acquiredMs }: Application) => acquiredMs };
  return sortRows(rows, APPLICATION_ORDER.in(request), values, ({ service }) => service);
}
