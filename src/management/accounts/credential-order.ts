// The orders in which an account's credentials are listed, of which it has a bounded number.

import { sortRows } from '../../domain/sorting.ts';
import type { Credential } from '../../ports/account-desk.ts';
import { createOrdering } from '../ordering.ts';
import type { ManagementRequest } from '../route.ts';

export const CREDENTIAL_ORDER = createOrdering(
  { created_at: 'created', name: 'name', expired_at: 'expires' },
  'created_at',
);

export function sortCredentials(rows: readonly Credential[], request: ManagementRequest): Credential[] {
  const values = {
    created: ({ createdMs }: Credential) => createdMs,
    name: ({ name }: Credential) => name,
    expires: ({ restriction }: Credential) => restriction?.expiresAtMs,
  };
  return sortRows(rows, CREDENTIAL_ORDER.in(request), values, ({ keyId }) => keyId);
}
