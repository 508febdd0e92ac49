// Names that people give to things: one line of text that shows as it is. Markup is text like any other.

import { ManagementError, type ManagementRequest } from './route.ts';

/** Controls, half characters, marks that turn the writing direction, and what ends a line. */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** '' when it is absent. */
export function nameIn(request: ManagementRequest): string {
  return lineIn(request, 'name');
}

/** Of any field. */
export function lineIn({ body }: ManagementRequest, field: string): string {
  const line = String(body[field] ?? '').trim();
  if (UNSHOWN.test(line))
    throw new ManagementError('bad_request', `${field} has control characters or more than one line.`);
  return line;
}
