import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createLatencyHistogram } from './latency-histogram.ts';

test('a quantile is never below the true one, at most 0.4 % (or 1 us) above it, and never above the highest', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 60_000_000 }), { minLength: 1, maxLength: 300 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (samples, share) => {
        const histogram = createLatencyHistogram();
        for (const sample of samples) histogram.add(sample);
        const sorted = samples.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
        const told = histogram.quantileUs(share);
        assert.ok(told >= exact && told <= exact * 1.004 + 1, `${told} for ${exact}`);
        assert.ok(told <= histogram.maxUs(), `${told} above ${histogram.maxUs()}`);
      },
    ),
  );
});

test('latencies beyond the last bucket are still counted', () => {
  const histogram = createLatencyHistogram();
  histogram.add(1e9);
  assert.equal(histogram.count(), 1);
  assert.ok(histogram.quantileUs(0.99) > 60_000_000);
  assert.equal(histogram.maxUs(), 1e9);
});
