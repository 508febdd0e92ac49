// The daily rows of the breakdown added up by whatever names them, with the errors and latencies that go with it.

import type { Answer } from '../../api/call.ts';

export type Breakdown = Answer<'GET /usage/apis/breakdown'>;
export type Latency = NonNullable<Breakdown['latency']['all']>;
type Day = Breakdown['items'][number];
type Named = Pick<Day, 'date' | 'action' | 'protocol'>;

export interface Sums {
  readonly name: string;
  readonly protocol: string;
  readonly calls: number;
  readonly charged: number;
  readonly byQuota: number;
  readonly errors: number;
  /** Answers that cost nothing. */
  readonly free: number;
  readonly amount: number;
  readonly latency: Latency | undefined;
}

export const byAction = ({ action, protocol }: Pick<Named, 'action' | 'protocol'>) => `${protocol} ${action}`;
export const byDate = ({ date }: Pick<Named, 'date'>) => date;

/** Of the sandbox alone, where nothing is charged, or of all other calls. A row counts both. */
export function sumBy(
  { items, outcomes }: Breakdown,
  sandbox: boolean,
  nameOf: (row: Named) => string,
  latencyOf: (name: string) => Latency | undefined = () => undefined,
): Sums[] {
  const errors = new Map<string, number>();
  for (const row of outcomes)
    if (row.error) errors.set(nameOf(row), (errors.get(nameOf(row)) ?? 0) + row.requests);
  return [...Map.groupBy(items, nameOf)]
    .map(([name, days]): Sums => {
      const sum = (read: (day: Day) => number) => days.reduce((total, day) => total + read(day), 0);
      const calls = sum((day) => (sandbox ? day.sandbox : day.requests - day.sandbox));
      const paid = (read: (day: Day) => number) => (sandbox ? 0 : sum(read));
      const charged = paid((day) => day.charged);
      const failed = errors.get(name) ?? 0;
      return {
        ...{ name, calls, charged, protocol: days[0]?.protocol ?? '' },
        byQuota: paid((day) => day.paid_by_quota),
        errors: failed,
        free: Math.max(0, calls - charged - failed),
        amount: paid((day) => day.amount),
        latency: latencyOf(name),
      };
    })
    .filter(({ calls }) => calls > 0);
}

const DAY_MS = 86_400_000;
const FEWEST_DAYS = 7;

/** Of the period, from the first day with calls on, but a week at least: what is new is not lost at the end of an axis. */
export function datesShown({ date_from: from, date_to: to }: Breakdown, called: readonly string[]): string[] {
  const endMs = Date.parse(to);
  const first = Math.min(...called.map((date) => Date.parse(date)), endMs - (FEWEST_DAYS - 1) * DAY_MS);
  const startMs = Math.max(Date.parse(from), first);
  return Array.from({ length: Math.round((endMs - startMs) / DAY_MS) + 1 }, (_, index) =>
    new Date(startMs + index * DAY_MS).toISOString().slice(0, 10),
  );
}
