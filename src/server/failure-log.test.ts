import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFailureLog } from './failure-log.ts';
import { createLog } from './log.ts';

function bench(everyMs: number) {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('info', [], { write: (line: string) => void lines.push(JSON.parse(line)) });
  let nowMs = 0;
  const failures = createFailureLog({ log, clock: { nowMs: () => nowMs, sleep: async () => {} }, everyMs });
  return {
    lines,
    at(timeMs: number, what: string, requestId: string) {
      nowMs = timeMs;
      failures.report(what, { requestId, err: new Error('disk I/O error') });
    },
  };
}

const seen = (lines: readonly Record<string, unknown>[]) =>
  lines.map(({ msg, requestId, leftOut }) => [msg, requestId, leftOut]);

test('of a failure that repeats, the first and then one in each interval is logged, with the number left out', () => {
  const { lines, at } = bench(1000);
  for (const timeMs of [0, 1, 999, 1000, 1500, 2000]) at(timeMs, 'broken', `r${timeMs}`);
  assert.deepEqual(seen(lines), [
    ['broken', 'r0', undefined],
    ['broken', 'r1000', 2],
    ['broken', 'r2000', 1],
  ]);
  assert.match(JSON.stringify(lines[0]), /disk I\/O error/);
});

test('kinds of failure do not hide each other, and a clock set back hides none', () => {
  const { lines, at } = bench(1000);
  at(5000, 'one', 'a');
  at(5000, 'other', 'b');
  at(100, 'one', 'c');
  assert.deepEqual(seen(lines), [
    ['one', 'a', undefined],
    ['other', 'b', undefined],
    ['one', 'c', undefined],
  ]);
});
