// The services that an account has acquired. A row is made once and stays, so that the free quota comes once: it is owed
// from the moment the row is there, and written off when the ledger has it.

import type { DatabaseSync } from 'node:sqlite';
import { SERVICES, type ServiceName } from '../../../domain/service.ts';
import type { Application } from '../../../ports/account-desk.ts';
import type { Account } from '../../../ports/accounts.ts';
import { AdministrationError } from './administration-error.ts';

/** Free calls that the ledger has not been seen to have. */
export interface OwedQuota {
  readonly accountRow: number;
  readonly service: ServiceName;
  readonly calls: number;
}

export interface Applications {
  /** Inside a transaction only. */
  acquire(
    account: Account,
    service: ServiceName,
    applicationId: string,
    nowMs: number,
    freeCalls: number,
  ): void;
  list(account: Account): Application[];
  owed(accountRow: number): OwedQuota[];
  writeOff(owed: OwedQuota): void;
}

export function createApplications(database: DatabaseSync): Applications {
  const serviceOf = (row: Record<string, unknown>) => SERVICES.find((name) => name === row.service);
  return {
    acquire(account, service, applicationId, nowMs, freeCalls) {
      const { changes } = database
        .prepare(
          `INSERT INTO account_services (account, service, application_id, acquired_ms, free_calls_due)
           VALUES (?, ?, ?, ?, ?) ON CONFLICT (account, service) DO NOTHING`,
        )
        .run(account.id, service, applicationId, nowMs, freeCalls);
      if (Number(changes) === 0)
        throw new AdministrationError(`account ${account.accountId} has ${service} already`, 'duplication');
    },
    list(account) {
      const rows = database
        .prepare('SELECT * FROM account_services WHERE account = ? ORDER BY acquired_ms, service')
        .all(account.id);
      return rows.flatMap((row) => {
        const service = serviceOf(row);
        if (service === undefined) return [];
        return [
          {
            applicationId: String(row.application_id),
            accountId: account.accountId,
            service,
            acquiredMs: Number(row.acquired_ms),
            active: row.active === 1,
          },
        ];
      });
    },
    owed(accountRow) {
      const rows = database
        .prepare(
          'SELECT service, free_calls_due FROM account_services WHERE account = ? AND free_calls_due > 0',
        )
        .all(accountRow);
      return rows.flatMap((row) => {
        const service = serviceOf(row);
        return service === undefined ? [] : [{ accountRow, service, calls: Number(row.free_calls_due) }];
      });
    },
    writeOff({ accountRow, service }) {
      database
        .prepare('UPDATE account_services SET free_calls_due = 0 WHERE account = ? AND service = ?')
        .run(accountRow, service);
    },
  };
}

/** The name under which the ledger gives it at most once. */
export function onceOf({ accountRow, service }: OwedQuota): string {
  return `free-quota:${accountRow}:${service}`;
}
