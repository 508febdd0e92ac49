import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, renderReport, type Sample, summarise, summariseHalf } from './report.ts';
import { SCHEDULINGS } from './scheduling.ts';

function sample(server: Sample['server'], round: number, rate: number): Sample {
  const rest = { answered: 1, known: 1, failed: 0, seconds: 1, p50Us: 100, p99Us: 200, maxUs: 300 };
  const unknown = {
    askedRate: undefined,
    scheduling: 'fair' as const,
    cpuUs: undefined,
    mainThreadUs: undefined,
  };
  return { ...rest, server, round, rate, connections: 32, ...unknown };
}

function paced(server: Sample['server'], round: number, p99Us: number): Sample {
  return { ...sample(server, round, 50), askedRate: 50, p99Us };
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
  assert.match(renderReport([line], []), /0\.55 reached/);
});

test('a missed goal is said', () => {
  const line = summarise([sample('floor', 0, 100), sample('lineproof', 0, 50)], 32);
  assert.match(renderReport([line], []), /0\.55 MISSED/);
});

test('half load is judged by the median of its rounds, and does not count for the ratio', () => {
  const full = [sample('floor', 0, 100), sample('lineproof', 0, 60)];
  const half = [
    paced('floor', 0, 900),
    paced('lineproof', 0, 4000),
    paced('lineproof', 1, 9000),
    paced('lineproof', 2, 4500),
  ];
  const samples = [...full, ...half];
  const report = renderReport(
    [summarise(samples, 32)],
    [summariseHalf(samples, 'lineproof', 'fair') ?? assert.fail()],
  );
  assert.match(report, /ratio at 32 connections 0\.600/);
  assert.match(report, /p99 4\.50 ms \(rounds: 4\.00, 9\.00, 4\.50; floor at the same rate 0\.90\).*reached/);
  const slow = summariseHalf([paced('floor', 0, 900), paced('lineproof', 0, 5001)], 'lineproof', 'fair');
  assert.match(renderReport([], [slow ?? assert.fail()]), /p99 under 5 ms MISSED/);
  assert.equal(summariseHalf(full, 'lineproof', 'fair'), undefined);
});

test('half load under the real-time class is told apart from half load under fair scheduling', () => {
  const realTime = (sample: Sample): Sample => ({ ...sample, scheduling: 'real-time' });
  const samples = [
    paced('floor', 0, 900),
    paced('lineproof', 0, 6000),
    realTime(paced('floor', 0, 500)),
    realTime(paced('lineproof', 0, 2000)),
  ];
  const halves = SCHEDULINGS.map((scheduling) => summariseHalf(samples, 'lineproof', scheduling));
  const report = renderReport(
    [],
    halves.flatMap((half) => half ?? []),
  );
  assert.match(report, /fair scheduling: .*p99 6\.00 ms .*floor at the same rate 0\.90.*MISSED/);
  assert.match(report, /real-time scheduling: .*p99 2\.00 ms .*floor at the same rate 0\.50.*reached/);
});

test('calls of either protocol have a row and a verdict of their own against the same floor', () => {
  const samples = [sample('floor', 0, 100), sample('lineproof', 0, 60), sample('check-1e', 0, 50)];
  const report = renderReport([summarise(samples, 32), summarise(samples, 32, 'check-1e')], []);
  assert.match(report, /lineproof: ratio at 32 connections 0\.600: 0\.55 reached/);
  assert.match(report, /check-1e: ratio at 32 connections 0\.500: 0\.55 MISSED/);
  assert.equal(report.match(/ floor /g)?.length, 1);
});
