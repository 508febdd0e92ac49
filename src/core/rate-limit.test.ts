import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../domain/fault.ts';
import { createRateLimit } from './rate-limit.ts';

const SECOND_MS = 1_000_000_000_000;

function refusal(run: () => void): Fault | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof Fault);
    return error;
  }
}

test('exactly the limit passes in each second, whatever the order and number of calls', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.array(fc.nat(4000), { maxLength: 200 }),
      (limit, offsets) => {
        const rateLimit = createRateLimit(100);
        const passed = new Map<number, number>();
        const asked = new Map<number, number>();
        for (const offset of [...offsets].sort((a, b) => a - b)) {
          const second = Math.floor(offset / 1000);
          asked.set(second, (asked.get(second) ?? 0) + 1);
          if (refusal(() => rateLimit.take(1, 'a', limit, SECOND_MS + offset)) === undefined) {
            passed.set(second, (passed.get(second) ?? 0) + 1);
          }
        }
        for (const [second, count] of asked) assert.equal(passed.get(second), Math.min(limit, count));
      },
    ),
  );
});

test('a refused call says how many were seen, the limit and when to come again, and does not consume', () => {
  const rateLimit = createRateLimit(100);
  for (let i = 0; i < 20; i += 1) rateLimit.take(1, 'a', 20, SECOND_MS + 400);
  for (let i = 0; i < 3; i += 1) {
    const fault = refusal(() => rateLimit.take(1, 'a', 20, SECOND_MS + 400));
    assert.deepEqual(fault?.detail, { seen: 21, limit: 20, retryAfterMs: 600 });
  }
});

test('accounts and actions do not share a window', () => {
  const rateLimit = createRateLimit(100);
  rateLimit.take(1, 'a', 1, SECOND_MS);
  rateLimit.take(1, 'b', 1, SECOND_MS);
  rateLimit.take(2, 'a', 1, SECOND_MS);
  assert.equal(refusal(() => rateLimit.take(2, 'a', 1, SECOND_MS))?.code, 'rate_limited');
});

test('windows are bounded: past ones make room, and when all are of this second the call is refused', () => {
  const rateLimit = createRateLimit(2);
  rateLimit.take(1, 'a', 1, SECOND_MS);
  rateLimit.take(2, 'a', 1, SECOND_MS);
  assert.equal(refusal(() => rateLimit.take(3, 'a', 1, SECOND_MS))?.code, 'overloaded');
  rateLimit.take(3, 'a', 1, SECOND_MS + 1000);
});
