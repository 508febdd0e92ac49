// What operators look at of one account is in the audit log before it is answered; what its holder looks at is not.

import type { AccountDesk } from '../ports/account-desk.ts';
import { actorOf } from './accounts/context.ts';
import type { ManagementRequest } from './route.ts';

export async function noteLook(
  noteAct: AccountDesk['noteAct'],
  request: ManagementRequest,
  act: string,
  subject: string,
): Promise<void> {
  if (request.visitor.access !== 'operator') return;
  await noteAct(actorOf(request), act, subject, null, { ...request.query });
}
