// Reading accounts out of their rows.

import type { DatabaseSync } from 'node:sqlite';
import { SERVICES, type ServiceName } from '../../../domain/service.ts';
import type { UsageCaps } from '../../../domain/usage-cap.ts';
import type { Account, AccountState } from '../../../ports/accounts.ts';

export interface AccountReader {
  byRowId(id: number): Account | undefined;
  byAccountId(accountId: string): Account | undefined;
  /** Whom it was opened for. */
  byOwner(owner: string): Account | undefined;
  all(): Account[];
}

/** The columns of accounts.db, by cap: the same for accounts and for keys. */
export const CAP_COLUMNS = {
  callsPerDay: 'cap_calls_day',
  callsPerMonth: 'cap_calls_month',
  minorPerDay: 'cap_minor_day',
  minorPerMonth: 'cap_minor_month',
} as const satisfies Record<keyof UsageCaps, string>;

export function createAccountReader(database: DatabaseSync): AccountReader {
  const byRowId = database.prepare('SELECT * FROM accounts WHERE id = ?');
  const byAccountId = database.prepare('SELECT * FROM accounts WHERE account_id = ?');
  const byOwner = database.prepare('SELECT * FROM accounts WHERE opened_for = ?');
  const all = database.prepare('SELECT * FROM accounts ORDER BY id');
  const services = database.prepare('SELECT service FROM account_services WHERE account = ? AND active = 1');

  function accountOf(row: Record<string, unknown> | undefined): Account | undefined {
    if (row === undefined) return undefined;
    const acquired = services.all(Number(row.id)).map(({ service }) => String(service));
    return {
      id: Number(row.id),
      accountId: String(row.account_id),
      name: String(row.name),
      state: String(row.state) as AccountState,
      sandbox: row.sandbox === 1,
      services: new Set(SERVICES.filter((service): service is ServiceName => acquired.includes(service))),
      ratePerSecond: row.rate_per_second === null ? undefined : Number(row.rate_per_second),
      dailyLimit: row.daily_limit === null ? undefined : Number(row.daily_limit),
      caps: capsOf(row),
      kmsGrant: row.kms_grant === 1,
    };
  }

  return {
    byRowId: (id) => accountOf(byRowId.get(id)),
    byAccountId: (accountId) => accountOf(byAccountId.get(accountId)),
    byOwner: (owner) => accountOf(byOwner.get(owner)),
    all: () =>
      all
        .all()
        .map((row) => accountOf(row))
        .filter((account) => account !== undefined),
  };
}

/** undefined when none is set, so that the request path has nothing to carry. */
export function capsOf(row: Record<string, unknown>): UsageCaps | undefined {
  const cap = (name: keyof UsageCaps): number => {
    const stored = row[CAP_COLUMNS[name]];
    return stored === null ? Number.POSITIVE_INFINITY : Number(stored);
  };
  const caps = {
    callsPerDay: cap('callsPerDay'),
    callsPerMonth: cap('callsPerMonth'),
    minorPerDay: cap('minorPerDay'),
    minorPerMonth: cap('minorPerMonth'),
  };
  return Object.values(caps).some(Number.isFinite) ? caps : undefined;
}
