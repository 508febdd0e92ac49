// Quota and balance for the command line: appends grants to the same chain as the serving process, in short
// transactions of its own, and signs the head it leaves.

import { createCalendar } from '../../../domain/calendar-date.ts';
import type { ServiceName } from '../../../domain/service.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { AccountFunds } from '../../../ports/ledger.ts';
import { applyGrant, readFunds } from './apply-grant.ts';
import { createBooks } from './books.ts';
import { openLedgerFile } from './schema.ts';
import { createLedgerSigner } from './sign-ledger.ts';
import { keepTimeZone } from './time-zone.ts';

export interface Funds {
  /** Adds to what is there. All grants of one call are on disk together when it returns. `once` as in the port. */
  grant(
    account: number,
    services: readonly ServiceName[],
    quota: number,
    balanceMinor: number,
    once?: string,
  ): AccountFunds;
  of(account: number): AccountFunds;
  close(): void;
}

export interface FundsOptions {
  readonly ledgerPath: string;
  readonly headsPath: string;
  readonly signingSeed: Buffer;
  readonly clock: Clock;
  /** Of a ledger that has none yet. */
  readonly timeZone: string;
}

/** Under full load the serving process leaves the file unlocked for moments only. */
const LOCK_WAIT_MS = 30_000;

export function openFunds(options: FundsOptions): Funds {
  const database = openLedgerFile(options.ledgerPath, { busyTimeoutMs: LOCK_WAIT_MS });
  const books = createBooks(database, { counts: false });
  return {
    grant(account, services, quota, balanceMinor, once) {
      const nowMs = options.clock.nowMs();
      const day = createCalendar(keepTimeZone(database, options.timeZone))(nowMs);
      const signer = createLedgerSigner({ ...options, database, books });
      applyGrant(database, books, {
        accountId: account,
        services,
        calls: quota,
        minor: balanceMinor,
        timeMs: nowMs,
        day,
        once,
      });
      signer.sign('now');
      return readFunds(database, account);
    },
    of: (account) => readFunds(database, account),
    close: () => database.close(),
  };
}
