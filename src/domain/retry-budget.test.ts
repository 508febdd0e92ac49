import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backOffMs, createRetryBudget } from './retry-budget.ts';

const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a wait is between half of the full one and the full one, which doubles with each retry', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60_000 }),
      fc.integer({ min: 1, max: 10 }),
      chances,
      (base, retry, chance) => {
        const waitMs = backOffMs(base, retry, chance);
        const fullMs = base * 2 ** (retry - 1);
        assert.ok(waitMs >= Math.floor(fullMs / 2) && waitMs <= fullMs, `${waitMs} of ${fullMs}`);
        assert.ok(Number.isInteger(waitMs));
      },
    ),
  );
});

test('waits stop doubling before they are no number any more', () => {
  assert.equal(backOffMs(1000, 10_000, 0.5), backOffMs(1000, 21, 0.5));
  assert.ok(Number.isSafeInteger(backOffMs(600_000, 1_000_000, 0.99)));
});

test('of each minute exactly so many retries are allowed', () => {
  const mayRetry = createRetryBudget(3);
  const allowed = (fromMs: number) =>
    Array.from({ length: 6 }, (_, at) => mayRetry(fromMs + at)).filter(Boolean).length;
  assert.equal(allowed(0), 3);
  assert.equal(allowed(59_990), 0);
  assert.equal(allowed(60_000), 3);
  assert.equal(allowed(180_000), 3, 'what was not used is not kept');
});

test('a budget of nothing allows nothing', () => {
  const mayRetry = createRetryBudget(0);
  assert.equal(mayRetry(0), false);
  assert.equal(mayRetry(60_000), false);
});

test('whatever the times, no minute has more retries than its budget', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.array(fc.nat(20_000), { maxLength: 200 }), (perMinute, gaps) => {
      const mayRetry = createRetryBudget(perMinute);
      const used = new Map<number, number>();
      let nowMs = 0;
      for (const gap of gaps) {
        nowMs += gap;
        const minute = Math.floor(nowMs / 60_000);
        if (mayRetry(nowMs)) used.set(minute, (used.get(minute) ?? 0) + 1);
      }
      for (const count of used.values()) assert.ok(count <= perMinute);
    }),
  );
});
