// The header Idempotency-Key of management calls.

import { isIdempotencyKey } from '../domain/idempotency-key.ts';
import { ManagementError } from '../management/route.ts';

/** The header's value, as it came. Throws bad_request. */
export function readIdempotencyKey(key: unknown): string | undefined {
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !isIdempotencyKey(key))
    throw new ManagementError('bad_request', 'Idempotency-Key has 1 to 255 visible ASCII characters.');
  return key;
}
