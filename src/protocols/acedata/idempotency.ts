// The header Idempotency-Key, in the way of draft-ietf-httpapi-idempotency-key-header: the caller's name for one question.
// The question is path and body, byte for byte.

import type { Idempotency } from '../../core/call.ts';
import { Fault } from '../../domain/fault.ts';
import { isIdempotencyKey } from '../../domain/idempotency-key.ts';
import { type AceDataRequest, findHeader } from './request.ts';

export function readIdempotency({ rawHeaders, body }: AceDataRequest, path: string): Idempotency | undefined {
  const key = findHeader(rawHeaders, 'idempotency-key');
  if (key === undefined) return undefined;
  if (!isIdempotencyKey(key)) throw new Fault('parameter_value', { field: 'Idempotency-Key' });
  return { key, question: Buffer.concat([Buffer.from(`${path}\n`), body]) };
}
