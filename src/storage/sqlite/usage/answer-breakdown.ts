// What was called in a period, what became of it and how long it took, in one answer; and when keys were used last. Pauses
// between bounded steps.

import type { DatabaseSync } from 'node:sqlite';
import { FAULTS } from '../../../domain/fault.ts';
import { percentilesOf } from '../../../domain/latency-histogram.ts';
import type { UsageBreakdown, UsageDayFilter, UsageLatencies, UsageOutcome } from '../../../ports/usage.ts';
import { answerDays, daysOf } from './answer-days.ts';
import { conditionsOf } from './conditions.ts';

export function* answerBreakdown(
  database: DatabaseSync,
  filter: UsageDayFilter,
  sandbox: boolean,
): Generator<void, UsageBreakdown, undefined> {
  const days = yield* answerDays(database, filter);
  const outcomes = yield* answerOutcomes(database, filter, sandbox);
  return { days, outcomes, latencies: yield* answerLatencies(database, filter) };
}

function* answerOutcomes(
  database: DatabaseSync,
  filter: UsageDayFilter,
  sandbox: boolean,
): Generator<void, UsageOutcome[], undefined> {
  const { text, values } = conditionsOf(filter);
  const read = database.prepare(
    `SELECT protocol, action, outcome, sum(calls) AS calls FROM outcomes
     WHERE day = ? AND ${text} AND sandbox = ? GROUP BY protocol, action, outcome ORDER BY protocol, action, outcome`,
  );
  const found: UsageOutcome[] = [];
  for (const day of daysOf(database, 'outcomes', filter)) {
    for (const row of read.all(day, ...values, sandbox ? 1 : 0)) {
      const outcome = String(row.outcome);
      found.push({
        ...{ day, protocol: String(row.protocol), action: String(row.action), outcome },
        ...{ isFault: Object.hasOwn(FAULTS, outcome), calls: Number(row.calls) },
      });
    }
    yield;
  }
  return found;
}

function* answerLatencies(
  database: DatabaseSync,
  filter: UsageDayFilter,
): Generator<void, UsageLatencies, undefined> {
  const { text, values } = conditionsOf(filter);
  const read = database.prepare(
    `SELECT protocol, action, bucket, sum(calls) AS calls FROM latencies
     WHERE day = ? AND ${text} GROUP BY protocol, action, bucket`,
  );
  const all = new Map<number, number>();
  const actions = new Map<string, { protocol: string; action: string; counts: Map<number, number> }>();
  const days: UsageLatencies['days'][number][] = [];
  for (const day of daysOf(database, 'latencies', filter)) {
    const ofDay = new Map<number, number>();
    for (const row of read.all(day, ...values)) {
      const { protocol, action } = { protocol: String(row.protocol), action: String(row.action) };
      const name = `${protocol} ${action}`;
      const known = actions.get(name) ?? { protocol, action, counts: new Map() };
      actions.set(name, known);
      for (const counts of [all, ofDay, known.counts])
        counts.set(Number(row.bucket), (counts.get(Number(row.bucket)) ?? 0) + Number(row.calls));
    }
    const percentiles = percentilesOf(ofDay);
    if (percentiles !== undefined) days.push({ day, ...percentiles });
    yield;
  }
  return {
    all: percentilesOf(all),
    actions: [...actions.values()].flatMap(({ counts, ...names }) => {
      const percentiles = percentilesOf(counts);
      return percentiles === undefined ? [] : [{ ...names, ...percentiles }];
    }),
    days,
  };
}

/** Of those that were used; by key. */
export function* answerLastUses(
  database: DatabaseSync,
  keys: readonly number[],
): Generator<void, Map<number, number>, undefined> {
  const read = database.prepare('SELECT time_ms FROM key_uses WHERE key = ?');
  const found = new Map<number, number>();
  for (const key of keys) {
    const row = read.get(key);
    if (row !== undefined) found.set(key, Number(row.time_ms));
  }
  yield;
  return found;
}
