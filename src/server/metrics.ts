// What operators watch, in Prometheus' format. Labels come from our own tables, so their number is bounded.

import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { type CallMeasurement, createCallMetrics } from './call-metrics.ts';

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
  const calls = createCallMetrics();
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

  return {
    measure: calls.measure,
    async render() {
      return { contentType: registry.contentType, text: `${calls.render()}${await registry.metrics()}` };
    },
  };
}
