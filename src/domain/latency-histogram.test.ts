// Percentiles of what a histogram has kept, against the durations themselves.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { latencyBucketOf, percentilesOf } from './latency-histogram.ts';

const durations = fc.array(fc.double({ min: 0.01, max: 60_000, noNaN: true }), {
  minLength: 1,
  maxLength: 300,
});

function countsOf(all: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const one of all) counts.set(latencyBucketOf(one), (counts.get(latencyBucketOf(one)) ?? 0) + 1);
  return counts;
}

test('every percentile is within 10 % of the one of the durations themselves', () => {
  fc.assert(
    fc.property(durations, (all) => {
      const sorted = all.toSorted((one, other) => one - other);
      const found = percentilesOf(countsOf(all));
      assert.equal(found?.calls, all.length);
      for (const [share, ms] of [
        [0.5, found?.p50Ms],
        [0.95, found?.p95Ms],
        [0.99, found?.p99Ms],
      ] as const) {
        const exact = sorted[Math.ceil(all.length * share) - 1] ?? 0;
        assert.ok(ms !== undefined && Math.abs(ms - exact) <= exact * 0.1, `${share}: ${ms} for ${exact}`);
      }
    }),
  );
});

test('what took no time, or longer than is told apart, has a bucket too; of nothing there are no percentiles', () => {
  assert.equal(latencyBucketOf(0), 0);
  assert.equal(latencyBucketOf(-1), 0);
  assert.equal(latencyBucketOf(1e12), latencyBucketOf(1e9));
  assert.equal(percentilesOf(new Map()), undefined);
});
