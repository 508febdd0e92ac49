// The daily rows of the aggregate added up by whatever names them.

import type { UsageDay } from './overview.tsx';

export interface Sums {
  readonly name: string;
  readonly requests: number;
  readonly charged: number;
  readonly refused: number;
  readonly sandbox: number;
  /** Live answers that cost nothing. */
  readonly free: number;
  readonly amount: number;
}

export function sumBy(days: readonly UsageDay[], nameOf: (day: UsageDay) => string): Sums[] {
  const sums = new Map<string, Sums>();
  for (const day of days) {
    const name = nameOf(day);
    const { requests, charged, refused, sandbox, amount } = day;
    const before = sums.get(name) ?? {
      name,
      requests: 0,
      charged: 0,
      refused: 0,
      sandbox: 0,
      free: 0,
      amount: 0,
    };
    sums.set(name, {
      name,
      requests: before.requests + requests,
      charged: before.charged + charged,
      refused: before.refused + refused,
      sandbox: before.sandbox + sandbox,
      free: before.free + requests - charged - refused - sandbox,
      amount: before.amount + amount,
    });
  }
  return [...sums.values()];
}
