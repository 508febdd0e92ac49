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
