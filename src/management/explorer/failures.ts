// The recent failures as a list: which of them, in which order, which page. There is a bounded number of them, in memory.

import { Type } from '../../core/json-schema.ts';
import { SIGNING_FAULTS, type StoredFailure } from '../../domain/diagnosis.ts';
import { sortRows } from '../../domain/sorting.ts';
import { createOrdering } from '../ordering.ts';
import { PAGE, pageOf } from '../page.ts';
import type { ManagementRequest } from '../route.ts';
import { ASKED_ACCOUNT } from './asker.ts';

const ORDER = createOrdering({ created_at: 'created', fault: 'fault' }, '-created_at');

export const FAILURES_QUERY = Type.Object({
  ...{ ...PAGE, ...ORDER.query, account_id: ASKED_ACCOUNT },
  sandbox: Type.Optional(
    Type.Boolean({ description: 'true: of sandbox credentials alone; false: of live ones alone.' }),
  ),
  fault: Type.Optional(Type.String({ enum: [...SIGNING_FAULTS] })),
});

export function pageOfFailures(
  rows: readonly StoredFailure[],
  isSandbox: (row: StoredFailure) => boolean,
  request: ManagementRequest,
) {
  const { sandbox, fault } = request.query;
  const wanted = rows.filter(
    (one) =>
      (sandbox === undefined || isSandbox(one) === sandbox) && (fault === undefined || one.fault === fault),
  );
  const values = {
    created: ({ timeMs }: StoredFailure) => timeMs,
    fault: (one: StoredFailure) => one.fault,
  };
  return pageOf(
    sortRows(wanted, ORDER.in(request), values, ({ id }) => id),
    request,
  );
}
