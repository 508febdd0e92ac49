// What became of calls, by account, day, protocol and action, and when each key was used last: collected in memory while
// calls are projected, written to their tables once a step.

import type { DatabaseSync } from 'node:sqlite';
import type { ProjectedCall } from './day-sums.ts';

export interface OutcomeSums {
  add(call: ProjectedCall): void;
  /** Inside a transaction only. */
  write(): void;
  drop(): void;
}

export function createOutcomeSums(database: DatabaseSync): OutcomeSums {
  const outcomes = new Map<string, { readonly call: ProjectedCall; calls: number }>();
  const uses = new Map<number, number>();
  const addOutcome = database.prepare(
    `INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET calls = calls + excluded.calls`,
  );
  const putUse = database.prepare(
    `INSERT INTO key_uses VALUES (?, ?)
     ON CONFLICT DO UPDATE SET time_ms = max(time_ms, excluded.time_ms)`,
  );

  function drop(): void {
    outcomes.clear();
    uses.clear();
  }

  return {
    add(call) {
      const { account, day, protocol, action, outcome, sandbox, key, timeMs } = call;
      const name = `${account} ${day} ${protocol} ${action} ${outcome} ${sandbox}`;
      const known = outcomes.get(name);
      if (known === undefined) outcomes.set(name, { call, calls: 1 });
      else known.calls += 1;
      uses.set(key, Math.max(uses.get(key) ?? timeMs, timeMs));
    },
    write() {
      for (const { call, calls } of outcomes.values())
        addOutcome.run(
          ...[call.account, call.day, call.protocol, call.action],
          ...[call.outcome, call.sandbox ? 1 : 0, calls],
        );
      for (const [key, timeMs] of uses) putUse.run(key, timeMs);
      drop();
    },
    drop,
  };
}
