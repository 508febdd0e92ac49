// Names that people give to things: one line of text that shows as it is. Markup is text like any other.

import { ManagementError, type ManagementRequest } from './route.ts';

/** Controls, half characters, marks that turn the writing direction, and what ends a line. */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** '' when it is absent. */
export function nameIn({ body }: ManagementRequest): string {
  const name = String(body.name ?? '').trim();
  if (UNSHOWN.test(name))
    throw new ManagementError('bad_request', 'name has control characters or more than one line.');
  return name;
}
