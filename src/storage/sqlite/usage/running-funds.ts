// Quotas and balances as they were after each entry, so that a call's row can say what was left.

import type { DatabaseSync } from 'node:sqlite';
import type { Entry } from '../ledger/entry.ts';
import { BALANCE } from '../ledger/schema.ts';

export interface RunningFunds {
  apply(entry: Entry): void;
  left(account: number, service: string): number;
  /** Inside a transaction only. */
  write(): void;
  /** Forgets what is in memory: the table may have changed. */
  drop(): void;
}

export function createRunningFunds(database: DatabaseSync): RunningFunds {
  const known = new Map<string, { account: number; service: string; amount: number }>();
  const read = database.prepare('SELECT amount FROM funds WHERE account = ? AND service = ?');
  const put = database.prepare(
    `INSERT INTO funds VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET amount = excluded.amount`,
  );

  function fundOf(account: number, service: string) {
    const name = `${account} ${service}`;
    let fund = known.get(name);
    if (fund === undefined) {
      fund = { account, service, amount: Number(read.get(account, service)?.amount ?? 0) };
      known.set(name, fund);
    }
    return fund;
  }

  return {
    apply({ kind, account, service, paidBy, amount }) {
      if (kind === 'top_up') fundOf(account, BALANCE).amount += amount;
      else if (kind === 'quota_grant') fundOf(account, service).amount += amount;
      else if (paidBy === 'balance') fundOf(account, BALANCE).amount -= amount;
      else if (paidBy === 'quota') fundOf(account, service).amount -= amount;
    },
    left: (account, service) => fundOf(account, service).amount,
    write() {
      for (const { account, service, amount } of known.values()) put.run(account, service, amount);
      known.clear();
    },
    drop: () => known.clear(),
  };
}
