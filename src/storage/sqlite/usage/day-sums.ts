// Daily sums by account, day, protocol, action and key: collected in memory while calls are projected, added to the table
// once a step.

import type { DatabaseSync } from 'node:sqlite';

export interface ProjectedCall {
  account: number;
  timeMs: number;
  id: number;
  day: number;
  key: number;
  protocol: string;
  action: string;
  requestId: string;
  outcome: string;
  resultCode: string;
  statusCode: number;
  sandbox: boolean;
  charged: boolean;
  paidBy: string;
  priceMinor: number;
  chargedMinor: number;
  quotaLeft: number | null;
  balanceLeft: number | null;
  seq: number | null;
  durationUs: number | null;
}

export interface DaySums {
  add(call: ProjectedCall): void;
  /** Inside a transaction only. */
  write(): void;
  drop(): void;
}

/** In the order of the table's columns. */
interface Sums {
  calls: number;
  charged: number;
  paidByQuota: number;
  paidByBalance: number;
  priceMinor: number;
  chargedMinor: number;
  refused: number;
  rehearsed: number;
}

export function createDaySums(database: DatabaseSync): DaySums {
  const sums = new Map<string, { readonly call: ProjectedCall; readonly sums: Sums }>();
  const columns = [
    ...['calls', 'charged', 'paid_by_quota', 'paid_by_balance'],
    ...['price_minor', 'charged_minor', 'refused', 'rehearsed'],
  ];
  const add = database.prepare(
    `INSERT INTO days VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET ${columns.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
  );

  function sumsOf(call: ProjectedCall): Sums {
    const name = `${call.account} ${call.day} ${call.protocol} ${call.action} ${call.key}`;
    const known = sums.get(name);
    if (known !== undefined) return known.sums;
    const none = { calls: 0, charged: 0, paidByQuota: 0, paidByBalance: 0 };
    const fresh = { ...none, priceMinor: 0, chargedMinor: 0, refused: 0, rehearsed: 0 };
    sums.set(name, { call, sums: fresh });
    return fresh;
  }

  return {
    add(call) {
      const own = sumsOf(call);
      if (call.sandbox) own.rehearsed += 1;
      else if (call.seq === null) own.refused += 1;
      else own.calls += 1;
      if (!call.charged) return;
      own.charged += 1;
      if (call.paidBy === 'quota') own.paidByQuota += 1;
      if (call.paidBy === 'balance') own.paidByBalance += 1;
      own.priceMinor += call.priceMinor;
      own.chargedMinor += call.chargedMinor;
    },
    write() {
      for (const { call, sums: own } of sums.values())
        add.run(call.account, call.day, call.protocol, call.action, call.key, ...Object.values(own));
      sums.clear();
    },
    drop: () => sums.clear(),
  };
}
