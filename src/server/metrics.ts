// What operators watch, in Prometheus' format. Labels come from our own tables, so their number is bounded.

import { setTimeout } from 'node:timers/promises';
import type { Registry } from 'prom-client';
import { type Batches, renderBatches } from './batch-metrics.ts';
import { type CallMeasurement, createCallMetrics } from './call-metrics.ts';
import { createCounter, createFigure } from './metric-text.ts';

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

/** Longer than the 10 ms between ticks of the library's measurement. */
const LAG_TICK_MS = 15;

export function createMetrics({ readLedger, isRegistryPresent }: MetricReaders): Metrics {
  const calls = createCallMetrics();
  const sourceFailures = createCounter(
    'lineproof_source_failures_total',
    'Questions that a source could not answer, by source and fault.',
    ['source', 'fault'],
  );
  const refusedCodes = createCounter(
    'lineproof_codes_refused_total',
    'One-time codes that a guard refused to send, by guard and country of the number.',
    ['guard', 'country'],
  );
  const messages = createCounter(
    'lineproof_messages_total',
    'Messages with codes, by channel and what became of them: sent, delivered, failed, expired.',
    ['channel', 'state'],
  );
  let droppedNotices = 0;
  let runtime: Promise<Registry> | undefined;
  const figures = [
    createFigure(
      'gauge',
      'lineproof_ledger_waiting',
      'Calls that wait for their ledger entry.',
      () => readLedger().inFlight,
    ),
    createFigure(
      'gauge',
      'lineproof_ledger_failed_batches',
      'Commits that failed since the start.',
      () => readLedger().failedBatches,
    ),
    createFigure(
      'gauge',
      'lineproof_call_log_dropped',
      'Rows that the bounded call log had no room for.',
      () => readLedger().droppedLogs,
    ),
    createFigure(
      'gauge',
      'lineproof_registry_present',
      '1 while the registry holds records that can be read; without it every number is without a record.',
      () => (isRegistryPresent() ? 1 : 0),
    ),
    createFigure(
      'counter',
      'lineproof_notices_dropped_total',
      "Status notices for which the queue of their account's webhook had no room.",
      () => droppedNotices,
    ),
    ...[sourceFailures, refusedCodes, messages],
  ];

  return {
    measure: calls.measure,
    countSourceFailure: sourceFailures.count,
    countRefusedCode: refusedCodes.count,
    countMessage: messages.count,
    countDroppedNotices(count) {
      droppedNotices += count;
    },
    async render() {
      runtime ??= watchRuntime().catch((error: unknown) => {
        // The next reading tries again.
        runtime = undefined;
        throw error;
      });
      const registry = await runtime;
      return {
        contentType: registry.contentType,
        text: `${calls.render()}${renderBatches(readLedger().batches)}${figures.map(({ render }) => render()).join('')}${await registry.metrics()}`,
      };
    },
  };
}

/** Loaded by the first who reads: a start does not wait for it, and whoever reads no metrics does not pay for it. */
async function watchRuntime(): Promise<Registry> {
  const { collectDefaultMetrics, Counter, Registry } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'lineproof_' });
  // It counts from now on; the process knows what it took before.
  const { user, system } = process.cpuUsage();
  for (const [name, us] of [
    ['user_', user],
    ['system_', system],
    ['', user + system],
  ] as const) {
    const seconds = registry.getSingleMetric(`lineproof_process_cpu_${name}seconds_total`);
    if (seconds instanceof Counter) seconds.inc(us / 1e6);
  }
  // The first lag lies between two ticks of the measurement, of which each of these waits sees one, however busy the thread.
  await setTimeout(LAG_TICK_MS);
  await setTimeout(LAG_TICK_MS);
  return registry;
}
