// What operators watch, in Prometheus' format. Labels come from our own tables, so their number is bounded.

import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { type Batches, renderBatches } from './batch-metrics.ts';
import { type CallMeasurement, createCallMetrics } from './call-metrics.ts';

export interface LedgerGauges {
  readonly inFlight: number;
  readonly droppedLogs: number;
  readonly failedBatches: number;
  readonly batches: Batches;
}

export interface MetricReaders {
  readLedger(): LedgerGauges;
  /** Does the registry hold records that can be read? */
  isRegistryPresent(): boolean;
}

export interface Metrics {
  measure(call: CallMeasurement): void;
  countSourceFailure(source: string, fault: string): void;
  /** Nothing was sent: by guard and country. */
  countRefusedCode(guard: string, country: string): void;
  /** A message came further: by channel and state. */
  countMessage(channel: string, state: string): void;
  /** Notices that the queues of their accounts had no room for. */
  countDroppedNotices(count: number): void;
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

export function createMetrics({ readLedger, isRegistryPresent }: MetricReaders): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'lineproof_' });
  const calls = createCallMetrics();
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  gauge('lineproof_ledger_waiting', 'Calls that wait for their ledger entry.', () => readLedger().inFlight);
  gauge(
    'lineproof_ledger_failed_batches',
    'Commits that failed since the start.',
    () => readLedger().failedBatches,
  );
  gauge(
    'lineproof_call_log_dropped',
    'Rows that the bounded call log had no room for.',
    () => readLedger().droppedLogs,
  );
  gauge(
    'lineproof_registry_present',
    '1 while the registry holds records that can be read; without it every number is without a record.',
    () => (isRegistryPresent() ? 1 : 0),
  );
  const sourceFailures = new Counter({
    name: 'lineproof_source_failures_total',
    help: 'Questions that a source could not answer, by source and fault.',
    labelNames: ['source', 'fault'],
    registers: [registry],
  });

  const refusedCodes = new Counter({
    name: 'lineproof_codes_refused_total',
    help: 'One-time codes that a guard refused to send, by guard and country of the number.',
    labelNames: ['guard', 'country'],
    registers: [registry],
  });
  const messages = new Counter({
    name: 'lineproof_messages_total',
    help: 'Messages with codes, by channel and what became of them: sent, delivered, failed, expired.',
    labelNames: ['channel', 'state'],
    registers: [registry],
  });
  const droppedNotices = new Counter({
    name: 'lineproof_notices_dropped_total',
    help: "Status notices for which the queue of their account's webhook had no room.",
    registers: [registry],
  });

  return {
    measure: calls.measure,
    countSourceFailure: (source, fault) => sourceFailures.inc({ source, fault }),
    countRefusedCode: (guard, country) => refusedCodes.inc({ guard, country }),
    countMessage: (channel, state) => messages.inc({ channel, state }),
    countDroppedNotices: (count) => droppedNotices.inc(count),
    async render() {
      return {
        contentType: registry.contentType,
        text: `${calls.render()}${renderBatches(readLedger().batches)}${await registry.metrics()}`,
      };
    },
  };
}
