import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCallMetrics } from './call-metrics.ts';

test('calls are counted by result, durations by action in cumulative buckets', () => {
  const metrics = createCallMetrics();
  const call = { protocol: 'tencent', action: 'line-status', kind: 'outcome' } as const;
  metrics.measure({ ...call, result: 'known', durationMs: 0 });
  metrics.measure({ ...call, result: 'known', durationMs: 3 });
  metrics.measure({ ...call, result: 'no_record', durationMs: 60_000 });
  const lines = metrics.render().split('\n');
  const labels = 'protocol="tencent",action="line-status"';
  for (const line of [
    `lineproof_calls_total{${labels},kind="outcome",result="known"} 2`,
    `lineproof_calls_total{${labels},kind="outcome",result="no_record"} 1`,
    `lineproof_call_duration_seconds_bucket{${labels},le="0.0005"} 1`,
    `lineproof_call_duration_seconds_bucket{${labels},le="0.005"} 2`,
    `lineproof_call_duration_seconds_bucket{${labels},le="5"} 2`,
    `lineproof_call_duration_seconds_bucket{${labels},le="+Inf"} 3`,
    `lineproof_call_duration_seconds_sum{${labels}} 60.003`,
    `lineproof_call_duration_seconds_count{${labels}} 3`,
  ])
    assert.ok(lines.includes(line), line);
});

test('the text is well formed: every line is a comment or a sample, and the last one ends', () => {
  const metrics = createCallMetrics();
  metrics.measure({ protocol: 'tencent', action: '', kind: 'fault', result: 'key_unknown', durationMs: 1 });
  const text = metrics.render();
  assert.ok(text.endsWith('\n'));
  for (const line of text.trimEnd().split('\n'))
    assert.match(line, /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\} [\d.]+)$/);
});
