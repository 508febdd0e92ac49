// Every quota and balance as its entries say, to be compared with what the ledger holds.

import { remark } from '../../../domain/remark.ts';
import type { Entry } from './entry.ts';
import { Finding } from './finding.ts';
import { BALANCE } from './schema.ts';

export interface FundRow {
  readonly account: number;
  readonly service: string;
  readonly amount: number;
}

export interface RecomputedFunds {
  apply(entry: Entry): void;
  compare(rows: readonly FundRow[]): void;
}

export function recomputeFunds(): RecomputedFunds {
  const funds = new Map<string, number>();
  return {
    apply(entry) {
      const { account, service, seq } = entry;
      const change = changeOf(entry);
      if (change === 0) return;
      const fund = entry.kind === 'top_up' || entry.paidBy === 'balance' ? BALANCE : service;
      const key = `${account} ${fund}`;
      const left = (funds.get(key) ?? 0) + change;
      if (left < 0)
        throw new Finding(`entry ${seq} takes more than there was`, remark('entry_overdrawn', { seq }), seq);
      funds.set(key, left);
    },
    compare(rows) {
      const left = new Map(funds);
      for (const { account, service, amount } of rows) {
        const key = `${account} ${service}`;
        const should = left.get(key) ?? 0;
        if (should !== amount)
          throw new Finding(
            `account ${account} has ${amount} of ${service}, its entries say ${should}`,
            remark('fund_other', { account, amount, fund: service, should }),
          );
        left.delete(key);
      }
      for (const [key, amount] of left)
        if (amount !== 0)
          throw new Finding(
            `the row of account and fund ${key} is missing`,
            remark('fund_missing', { fund: key }),
          );
    },
  };
}

function changeOf({ kind, paidBy, amount, seq }: Entry): number {
  if (amount < 0)
    throw new Finding(`entry ${seq} has a negative amount`, remark('entry_negative', { seq }), seq);
  if (kind !== 'call') return amount;
  return paidBy === 'none' ? 0 : -amount;
}
