// Whose keys a call of the Explorer is about: one's own, or of an operator those of the account that it names.

import { Type } from '../../core/json-schema.ts';
import { accountOf, actorOf, refuseOthers } from '../accounts/context.ts';
import type { ManagementRequest } from '../route.ts';

export const ASKED_ACCOUNT = Type.Optional(
  Type.String({
    maxLength: 64,
    description: "Of operators: whose it is. Everybody else's is their own account.",
  }),
);

/** undefined where an operator names none. Throws forbidden for anybody else who names another's. */
export function askedAccountOf(request: ManagementRequest, asked: unknown): string | undefined {
  if (request.visitor.access === 'operator') return asked === undefined ? undefined : String(asked);
  refuseOthers(request, asked);
  return accountOf(request).accountId;
}

/** Under which its attempts are counted. */
export function askerOf(request: ManagementRequest): string {
  return request.visitor.access === 'operator' ? actorOf(request) : accountOf(request).accountId;
}
