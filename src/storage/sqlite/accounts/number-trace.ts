// A keyed hash of a number, by which the audit log finds what was done to it. The mask beside it fits ten thousand numbers.

import { prepareHmacSha256 } from '../../../codecs/hmac-sha256.ts';
import type { Msisdn } from '../../../domain/msisdn.ts';

const TRACE_BYTES = 16;

export type NumberTrace = (msisdn: Msisdn) => string;

export function createNumberTrace(key: Buffer): NumberTrace {
  const hash = prepareHmacSha256(key);
  return (msisdn) => hash(msisdn).subarray(0, TRACE_BYTES).toString('hex');
}
