// What the last verification of the whole ledger found, as far as everybody may know it: no counts of others.

import { Type } from '../core/json-schema.ts';
import type { Jobs } from '../ports/jobs.ts';
import { timeText } from './time-text.ts';

export const VERIFICATION = Type.Union([
  Type.Object({
    time: Type.String(),
    ok: Type.Boolean(),
    up_to_seq: Type.Integer({ description: 'The last entry that a signed head covered then.' }),
  }),
  Type.Null(),
]);

/** null where nobody asked for one since the server started, or it is forgotten. */
export function lastVerification(jobs: Pick<Jobs, 'list'>) {
  const job = jobs.list('ledger-verify').find(({ result }) => result !== undefined);
  if (job?.result === undefined) return null;
  const { ok, last_signed_seq: upToSeq } = job.result;
  return { time: timeText(job.endedMs), ok: ok === true, up_to_seq: Number(upToSeq) };
}
