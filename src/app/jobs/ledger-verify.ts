// The job that verifies the whole ledger, as `ledger verify` does.

import type { JobValues } from '../../ports/jobs.ts';
import { type LedgerReport, type NotedHead, verifyLedgerOf } from '../ledger.ts';
import type { JobKind } from './kind.ts';

export const ledgerVerify: JobKind = {
  kind: 'ledger-verify',
  act: 'ledger.verify',
  subject: 'ledger',
  run({ paths, configuration, input, report }) {
    report('verifying', 0);
    const notedHead = input.notedHead as NotedHead | undefined;
    const verified = verifyLedgerOf(
      { paths, configuration },
      {
        onProgress: (done, total) => report('verifying', done, total),
        ...(notedHead === undefined ? {} : { notedHead }),
      },
    );
    return { ...ledgerValues(verified), noted_head: notedHead ?? null };
  },
};

/** In names of the wire. */
export function ledgerValues(report: LedgerReport): JobValues {
  return {
    entries: report.entries,
    ok: report.ok,
    first_bad_seq: report.firstBadSeq ?? null,
    reason: report.reason ?? null,
    reason_code: report.remark?.code ?? null,
    reason_parameters: report.remark?.parameters ?? null,
    last_signed_seq: report.lastSignedSeq,
    last_signed_hash: report.lastSignedHash,
    unsigned_tail: report.unsignedTail,
  };
}
