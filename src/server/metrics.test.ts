import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMetrics } from './metrics.ts';

const LEDGER = {
  inFlight: 3,
  droppedLogs: 0,
  failedBatches: 0,
  batches: { bounds: [1, 4], commits: [2, 3, 1], calls: 19 },
};

async function linesOf(present: boolean): Promise<string[]> {
  const metrics = createMetrics({ readLedger: () => LEDGER, isRegistryPresent: () => present });
  metrics.countSourceFailure('registry', 'source_unavailable');
  metrics.countSourceFailure('registry', 'source_unavailable');
  return (await metrics.render()).text.split('\n');
}

test('commits of the ledger are counted by the calls in them, in cumulative buckets', async () => {
  const lines = await linesOf(true);
  for (const line of [
    'lineproof_ledger_batch_calls_bucket{le="1"} 2',
    'lineproof_ledger_batch_calls_bucket{le="4"} 5',
    'lineproof_ledger_batch_calls_bucket{le="+Inf"} 6',
    'lineproof_ledger_batch_calls_sum 19',
    'lineproof_ledger_batch_calls_count 6',
    'lineproof_ledger_waiting 3',
  ])
    assert.ok(lines.includes(line), line);
});

test('failures of a source are counted, and a registry that is missing shows', async () => {
  const failures = 'lineproof_source_failures_total{source="registry",fault="source_unavailable"} 2';
  assert.ok((await linesOf(true)).includes(failures));
  assert.ok((await linesOf(true)).includes('lineproof_registry_present 1'));
  assert.ok((await linesOf(false)).includes('lineproof_registry_present 0'));
});

test('the first reading of process and runtime is one of figures: lags that were measured, all processor time so far', async () => {
  const figureOf = (lines: readonly string[], name: string) =>
    Number(lines.find((line) => line.startsWith(`lineproof_${name} `))?.split(' ')[1]);
  const { user, system } = process.cpuUsage();
  const lines = await linesOf(true);
  for (const lag of ['min', 'mean', 'max', 'stddev', 'p99']) {
    const seconds = figureOf(lines, `nodejs_eventloop_lag_${lag}_seconds`);
    assert.ok(seconds >= 0 && seconds < 60, `${lag} ${seconds}`);
  }
  assert.ok(figureOf(lines, 'process_cpu_seconds_total') >= (user + system) / 1e6);
  assert.ok(figureOf(lines, 'process_cpu_user_seconds_total') >= user / 1e6);
  assert.ok(figureOf(lines, 'process_cpu_system_seconds_total') >= system / 1e6);
});
