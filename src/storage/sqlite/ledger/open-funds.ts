// Adding to quotas and balances from another process than the serving one: each grant is an entry of the same chain,
// appended in a short transaction of its own, and its head is signed.

import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { ServiceName } from '../../../domain/service.ts';
import { createBooks } from './books.ts';
import { appendHead, publicKeyText, signingKeyFrom } from './heads.ts';
import { BALANCE, openLedgerFile } from './schema.ts';

export interface FundsOptions {
  readonly ledgerPath: string;
  readonly headsPath: string;
  /** 32 bytes derived from the master key. */
  readonly signingSeed: Buffer;
  nowMs(): number;
  dateOf(unixMs: number): CalendarDate;
}

export interface AccountFunds {
  readonly balanceMinor: number;
  readonly quotas: Readonly<Record<string, number>>;
}

export interface Funds {
  /** Calls that are free of charge for one service. */
  grantQuota(accountId: number, service: ServiceName, calls: number): AccountFunds;
  topUp(accountId: number, amountMinor: number): AccountFunds;
  of(accountId: number): AccountFunds;
  close(): void;
}

export function openFunds(options: FundsOptions): Funds {
  const database = openLedgerFile(options.ledgerPath);
  const books = createBooks(database, { counts: false });
  const signingKey = signingKeyFrom(options.signingSeed);

  function read(accountId: number): AccountFunds {
    const quotas: Record<string, number> = {};
    let balanceMinor = 0;
    const rows = database
      .prepare('SELECT service, amount FROM funds WHERE account = ? ORDER BY service')
      .all(accountId);
    for (const { service, amount } of rows) {
      if (service === BALANCE) balanceMinor = Number(amount);
      else quotas[String(service)] = Number(amount);
    }
    return { balanceMinor, quotas };
  }

  function add(accountId: number, service: string, amount: number): AccountFunds {
    const nowMs = options.nowMs();
    books.transact(() => {
      database
        .prepare(`INSERT INTO facts VALUES ('signing_public_key', ?) ON CONFLICT (name) DO NOTHING`)
        .run(publicKeyText(signingKey));
      books.add(accountId, service, amount, nowMs, options.dateOf(nowMs));
    });
    appendHead(options.headsPath, books.head(), books.head().timeMs, signingKey);
    return read(accountId);
  }

  return {
    grantQuota: (accountId, service, calls) => add(accountId, service, calls),
    topUp: (accountId, amountMinor) => add(accountId, BALANCE, amountMinor),
    of: read,
    close: () => database.close(),
  };
}
