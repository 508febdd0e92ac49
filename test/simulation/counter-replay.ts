// Replays the daily counters from the ledger's entries, in order, and compares with what clients were told: no counter ever
// went over the limit, and nobody was refused before one of the call's counters was full.

export interface CountedEntry {
  readonly requestId: string;
  readonly action: string;
  readonly outcome: string;
  /** The keyed hashes of the counters that the call counted in, side by side as hexadecimal; none when it was refused. */
  readonly counters: string;
}

/** What was asked, field by field in the order in which the action counts them. */
export type Asked = readonly string[];

const COUNTER_DIGITS = 32;

/** `asked` answers undefined for a request whose answer no client received. */
export function findCounterBreaches(
  entries: readonly CountedEntry[],
  limit: number,
  asked: (requestId: string) => Asked | undefined,
): string[] {
  const breaches: string[] = [];
  const counts = new Map<string, number>();
  /** Which counter a value has, as far as answered calls have shown. */
  const counterOf = new Map<string, string>();
  for (const { requestId, action, outcome, counters } of entries) {
    const values = asked(requestId);
    const keyOf = (value: string, field: number): string => `${action}/${field}/${value}`;
    if (outcome === 'daily_limit') {
      const isFull = (value: string, field: number): boolean =>
        counts.get(counterOf.get(keyOf(value, field)) ?? '') === limit;
      if (values !== undefined && !values.some(isFull))
        breaches.push(`${requestId} was refused, and none of its counters was full`);
      continue;
    }
    const own = splitCounters(counters);
    if (values !== undefined && values.length !== own.length)
      breaches.push(`${requestId} counted in ${own.length} counters, not in ${values.length}`);
    values?.forEach((value, field) => void counterOf.set(keyOf(value, field), own[field] ?? ''));
    for (const counter of own) {
      const count = (counts.get(counter) ?? 0) + 1;
      counts.set(counter, count);
      if (count > limit) breaches.push(`${requestId} is number ${count} of a counter that ends at ${limit}`);
    }
  }
  return breaches;
}

function splitCounters(digits: string): string[] {
  return digits.match(new RegExp(`.{${COUNTER_DIGITS}}`, 'g')) ?? [];
}
