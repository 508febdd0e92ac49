// What operators watch, in Prometheus' format. Labels come from our own tables, so their number is bounded.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface CallMeasurement {
  readonly protocol: string;
  /** Core action name, or '' when the request did not get that far. */
  readonly action: string;
  /** Outcome or fault code. */
  readonly result: string;
  readonly kind: 'outcome' | 'fault';
  readonly durationMs: number;
}

export interface LedgerGauges {
  readonly inFlight: number;
  readonly droppedLogs: number;
  readonly failedBatches: number;
}

export interface Metrics {
  measure(call: CallMeasurement): void;
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

export function createMetrics(readLedger: () => LedgerGauges): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'lineproof_' });
  const calls = new Counter({
    name: 'lineproof_calls_total',
    help: 'Calls by protocol, action and outcome or fault.',
    labelNames: ['protocol', 'action', 'kind', 'result'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'lineproof_call_duration_seconds',
    help: 'Time from the request head to the answer.',
    labelNames: ['protocol', 'action'],
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  const gauge = (name: string, help: string, read: (ledger: LedgerGauges) => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read(readLedger()));
      },
    });
  };
  gauge('lineproof_ledger_waiting', 'Calls that wait for their ledger entry.', ({ inFlight }) => inFlight);
  gauge(
    'lineproof_ledger_failed_batches',
    'Commits that failed since the start.',
    ({ failedBatches }) => failedBatches,
  );
  gauge(
    'lineproof_call_log_dropped',
    'Rows that the bounded call log had no room for.',
    ({ droppedLogs }) => droppedLogs,
  );

  // Counting on the request path goes into plain objects; prom-client's label hashing waits until somebody looks.
  const pending = new Map<string, { count: number; durationsMs: number[]; call: CallMeasurement }>();
  const PENDING_DURATIONS_MAX = 10_000;

  function flush(): void {
    for (const { count, durationsMs, call } of pending.values()) {
      const { protocol, action, kind, result } = call;
      calls.inc({ protocol, action, kind, result }, count);
      for (const ms of durationsMs) durations.observe({ protocol, action }, ms / 1000);
    }
    pending.clear();
  }

  return {
    measure(call) {
      const key = `${call.protocol} ${call.action} ${call.result}`;
      const row = pending.get(key);
      if (row === undefined) pending.set(key, { count: 1, durationsMs: [call.durationMs], call });
      else {
        row.count += 1;
        row.durationsMs.push(call.durationMs);
        if (row.durationsMs.length >= PENDING_DURATIONS_MAX) flush();
      }
    },
    async render() {
      flush();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
