import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, renderReport, type Sample, summarise } from './report.ts';

function sample(server: Sample['server'], round: number, rate: number): Sample {
  const rest = { answered: 1, known: 1, failed: 0, seconds: 1, p50Us: 100, p99Us: 200, maxUs: 300 };
  return { ...rest, server, round, rate, connections: 32, cpuUs: undefined, mainThreadUs: undefined };
}

test('the median of an even number of values lies between the middle two', () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([9, 1, 5]), 5);
});

test('a ratio compares neighbours in time, so that a slow machine slows both', () => {
  const samples = [
    sample('floor', 0, 100),
    sample('lineproof', 0, 60),
    sample('floor', 1, 50),
    sample('lineproof', 1, 30),
    sample('floor', 2, 200),
    sample('lineproof', 2, 100),
  ];
  const line = summarise(samples, 32);
  assert.equal(line.ratio, 0.6);
  assert.match(renderReport([line], undefined), /0\.55 reached/);
});

test('a missed goal is said', () => {
  const line = summarise([sample('floor', 0, 100), sample('lineproof', 0, 50)], 32);
  assert.match(renderReport([line], undefined), /0\.55 MISSED/);
});
