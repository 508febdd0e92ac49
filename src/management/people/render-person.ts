// A person as the person sees it.

import type { Person } from '../../ports/people.ts';

export function renderPerson({ id, accountId, email, createdMs, totpEnabled }: Person) {
  return {
    id,
    account_id: accountId,
    email,
    created_at: new Date(createdMs).toISOString(),
    totp_enabled: totpEnabled,
  };
}
