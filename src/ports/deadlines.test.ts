import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createManualClock } from '../../test/support/manual-clock.ts';
import { createDeadlines } from './deadlines.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('each deadline falls due in its time, in whatever order they were set', async () => {
  const clock = createManualClock();
  const deadlines = createDeadlines(clock);
  const due: string[] = [];
  for (const [name, afterMs] of [
    ['c', 300],
    ['a', 100],
    ['b', 200],
    ['never', 250],
  ] as const) {
    const deadline = deadlines.add(afterMs, () => due.push(name));
    if (name === 'never') deadlines.remove(deadline);
  }
  for (const [byMs, expected] of [
    [99, []],
    [1, ['a']],
    [100, ['a', 'b']],
    [99, ['a', 'b']],
    [1, ['a', 'b', 'c']],
  ] as const) {
    clock.advance(byMs);
    await turn();
    assert.deepEqual(due, expected);
  }
  assert.equal(clock.delays().length, 0);
});

test('a thousand deadlines sleep once, and closing ends that', () => {
  const clock = createManualClock();
  const deadlines = createDeadlines(clock);
  for (let count = 0; count < 1000; count += 1) deadlines.add(100 + (count % 7), () => assert.fail('due'));
  assert.equal(clock.delays().length, 1);
  deadlines.close();
  clock.advance(1000);
  assert.equal(clock.delays().length, 0);
});

test('a deadline that one falling due adds is watched, though another one is far off', async () => {
  const clock = createManualClock();
  const deadlines = createDeadlines(clock);
  const due: string[] = [];
  deadlines.add(1000, () => due.push('far'));
  deadlines.add(100, () => {
    due.push('first');
    deadlines.add(50, () => due.push('grace'));
  });
  for (const [byMs, expected] of [
    [100, ['first']],
    [50, ['first', 'grace']],
    [850, ['first', 'grace', 'far']],
  ] as const) {
    clock.advance(byMs);
    await turn();
    assert.deepEqual(due, expected);
  }
});
