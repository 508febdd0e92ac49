// What operators look at of one account is in the audit log before it is answered; what its holder looks at is not.

import type { AccountDesk } from '../ports/account-desk.ts';
import type { UsageFilter } from '../ports/usage.ts';
import { actorOf } from './accounts/context.ts';
import type { ManagementRequest } from './route.ts';
import type { UsageRouteOptions } from './usage-options.ts';

export async function noteLook(
  noteAct: AccountDesk['noteAct'],
  request: ManagementRequest,
  act: string,
  subject: string,
): Promise<void> {
  if (request.visitor.access !== 'operator') return;
  await noteAct(actorOf(request), act, subject, null, { ...request.query });
}

/** Sums of one account, or of what is one account's; those of all together say nothing of anybody. */
export async function noteLookAtSums(
  { noteAct, names }: Pick<UsageRouteOptions, 'noteAct' | 'names'>,
  request: ManagementRequest,
  act: string,
  { account }: UsageFilter,
): Promise<void> {
  if (account === undefined) return;
  const subject = request.query.user_id || names.accountIdOf(account);
  await noteLook(noteAct, request, act, String(subject ?? `#${account}`));
}
