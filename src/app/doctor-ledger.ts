// doctor's look at the ledger: how it ends, how far it is signed, and whether every entry and fund is as it was written.

import { existsSync } from 'node:fs';
import { type Remark, remark } from '../domain/remark.ts';
import { readLedgerEnd } from '../storage/sqlite/ledger/read-ledger-end.ts';
import { verifyLedger } from '../storage/sqlite/ledger/verify-ledger.ts';
import { RESTORE } from './damaged-file.ts';
import type { Diagnosis, DoctorOptions } from './diagnosis.ts';
import { verifyLedgerOf } from './ledger.ts';

/** A clock that runs a little behind another machine's is no finding. */
const CLOCK_TOLERANCE_MS = 2000;

type Options = DoctorOptions & {
  readonly serverRuns: boolean;
  readonly masterKeyFits: boolean;
};

export function examineLedger(options: Options): Diagnosis[] {
  const { paths, configuration, clock, serverRuns } = options;
  const subject = 'ledger';
  if (!existsSync(paths.ledger)) return [];
  const end = readLedgerEnd(paths.ledger, paths.ledgerHeads);
  const { lastSeq, lastTimeMs, lastSignedSeq } = end;
  const nowMs = clock.nowMs();
  if (end.headsAreDamaged) {
    const finding = `a line of ${paths.ledgerHeads} cannot be read`;
    const mend = 'lineproof ledger verify names the line; restore the file from a backup';
    const said = remark('heads_unreadable', { path: paths.ledgerHeads });
    return [{ level: 'problem', subject, finding, mend, remark: said, mendCode: 'verify_heads' }];
  }
  if (lastSignedSeq > lastSeq) {
    const finding = `entry ${lastSignedSeq} was signed, but the last one is ${lastSeq}: the tail was cut`;
    const said = remark('ledger_cut', { signed: lastSignedSeq, last: lastSeq });
    const mend = 'lineproof ledger verify; restore the last backup';
    return [{ level: 'problem', subject, finding, mend, remark: said, mendCode: 'verify_and_restore' }];
  }
  if (lastTimeMs > nowMs + CLOCK_TOLERANCE_MS) {
    const finding = 'its last entry lies in the future: the clock was set back';
    const mend = 'set the clock (NTP)';
    return [
      { level: 'problem', subject, finding, mend, remark: remark('ledger_future'), mendCode: 'set_clock' },
    ];
  }
  const { ok, reason = 'it cannot be verified', remark: why } = verify(options);
  if (!ok)
    return [
      {
        ...{ level: 'problem', subject, finding: reason, mend: RESTORE, mendCode: 'restore' },
        ...(why === undefined ? {} : { remark: why }),
      },
    ];
  const unsigned = lastSeq - lastSignedSeq;
  if (unsigned === 0) return [{ level: 'ok', subject, finding: `${lastSeq} entries, all signed` }];
  const finding = `${unsigned} of ${lastSeq} entries are not signed yet`;
  if (!serverRuns)
    return [
      {
        level: 'warning',
        subject,
        finding,
        mend: 'the server did not end properly; the next start signs them',
        remark: remark('ledger_unsigned', { unsigned, entries: lastSeq }),
        mendCode: 'next_start_signs',
      },
    ];
  // A head is due at most this long after an entry; several times that means that none is written.
  if (nowMs - lastTimeMs < 10 * configuration.ledgerSignEveryMs) return [{ level: 'ok', subject, finding }];
  const mend = `look into the server's log; is ${paths.ledgerHeads} writable?`;
  const said = remark('ledger_signing_stopped', {
    ...{ unsigned, entries: lastSeq, path: paths.ledgerHeads },
  });
  return [{ level: 'problem', subject, finding, mend, remark: said, mendCode: 'look_into_log' }];
}

/** A master key that does not fit is a finding of its own, and would find fault with every entry. */
function verify({ paths, configuration, masterKeyFits, onProgress }: Options): {
  ok: boolean;
  reason?: string;
  remark?: Remark;
} {
  if (masterKeyFits)
    return verifyLedgerOf({ paths, configuration }, onProgress === undefined ? {} : { onProgress });
  return verifyLedger({
    ledgerPath: paths.ledger,
    headsPath: paths.ledgerHeads,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}
