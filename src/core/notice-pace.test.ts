import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOW_MS } from '../../test/support/accounts.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { createNoticePace } from './notice-pace.ts';

const HOUR_MS = 3_600_000;

function make(chance = 0xffffffff) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(chance);
  return createNoticePace({
    random: { ...systemRandom, bytes: () => bytes },
    ...{ atOncePerAccount: 3, retryBaseMs: 1000, retryMaxMs: 60_000, retriesPerHour: 5 },
  });
}

test('a receiver that takes notices gets some at once, one that does not gets one at a time', () => {
  const pace = make();
  for (let count = 0; count < 3; count += 1) {
    assert.equal(pace.mayStart(1, NOW_MS), true);
    pace.begin(1);
  }
  assert.equal(pace.mayStart(1, NOW_MS), false);
  assert.deepEqual(pace.held(NOW_MS), [1]);
  assert.equal(pace.mayStart(2, NOW_MS), true);
  pace.end(1, false, NOW_MS);
  pace.end(1, true, NOW_MS);
  assert.equal(pace.mayStart(1, NOW_MS), true);
  pace.end(1, false, NOW_MS);
  pace.begin(1);
  assert.equal(pace.mayStart(1, NOW_MS), false);
});

test('failures in a row pause a receiver, longer each time and never longer than the limit', () => {
  const pace = make();
  let nowMs = NOW_MS;
  const pauses: number[] = [];
  for (let count = 0; count < 12; count += 1) {
    pace.begin(1);
    pace.end(1, false, nowMs);
    let pauseMs = 0;
    while (!pace.mayStart(1, nowMs + pauseMs)) pauseMs += 500;
    pauses.push(pauseMs);
    nowMs += pauseMs;
  }
  assert.deepEqual(pauses, [0, 0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
  pace.begin(1);
  pace.end(1, true, nowMs);
  assert.deepEqual(pace.held(nowMs), []);
});

test('half of a wait is chance', () => {
  assert.equal(make(0).retryAt(1, 3, NOW_MS) - NOW_MS, 2000);
  assert.equal(make(0xffffffff).retryAt(1, 3, NOW_MS) - NOW_MS, 4000);
});

test('retries beyond the budget wait for the next hour, of that account only', () => {
  const pace = make();
  const nextHourMs = (Math.floor(NOW_MS / HOUR_MS) + 1) * HOUR_MS;
  for (let count = 0; count < 5; count += 1) assert.equal(pace.retryAt(1, 1, NOW_MS), NOW_MS + 1000);
  assert.ok(pace.retryAt(1, 1, NOW_MS) >= nextHourMs);
  assert.equal(pace.retryAt(2, 1, NOW_MS), NOW_MS + 1000);
  assert.equal(pace.retryAt(1, 1, nextHourMs), nextHourMs + 1000);
});
