import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { runCycles } from './code-cycles.ts';
import { startCodeSink } from './code-sink.ts';
import { type CycleSample, renderCycles, summariseCycles } from './codes-report.ts';
import { startServerProgram } from './processes.ts';

const TOKEN = 'test-token';

async function startAll(t: TestContext) {
  const sink = await startCodeSink();
  t.after(() => sink.close());
  const floor = await startServerProgram('codes-floor.ts', [String(sink.port), TOKEN], []);
  t.after(() => floor.stop());
  const target = { kind: 'floor', port: floor.port, token: TOKEN } as const;
  return { sink, target, job: { target, inFlight: 4, warmUpSeconds: 0.05, seconds: 0.3 } };
}

test('the floor goes through whole cycles: each code that is entered came by the webhook', async (t) => {
  const { sink, job } = await startAll(t);
  const { cycles, rate, p50Us, p99Us, maxUs } = await runCycles(job, sink);
  assert.ok(cycles > 0 && rate > 0, `${cycles} cycles`);
  assert.ok(p50Us > 0 && p99Us >= p50Us && maxUs >= p99Us);
  assert.equal(sink.strangers(), 0);
  const again = await runCycles(job, sink);
  assert.ok(again.cycles > 0, 'a second job on the same sink');
});

test('a server that refuses measures nothing', async (t) => {
  const { sink, job, target } = await startAll(t);
  await assert.rejects(runCycles({ ...job, target: { ...target, token: 'x' } }, sink), /not sent: 401/);
});

function sample(server: CycleSample['server'], round: number, rate: number): CycleSample {
  return {
    server,
    round,
    rate,
    cycles: 1,
    seconds: 1,
    p50Us: 1000,
    p99Us: 2000,
    maxUs: 3000,
    cpuUs: undefined,
  };
}

test('the ratio of codes compares neighbours in time and says whether the goal is reached', () => {
  const samples = [
    ...[
      sample('floor', 0, 100),
      sample('lineproof', 0, 50),
      sample('floor', 1, 50),
      sample('lineproof', 1, 25),
    ],
    ...[sample('floor', 2, 200), sample('lineproof', 2, 60)],
  ];
  const line = summariseCycles(samples);
  assert.equal(line.ratio, 0.5);
  assert.match(
    renderCycles(line, 16),
    /16 in flight 0\.500 \(rounds: 0\.500, 0\.500, 0\.300\): 0\.4 reached/,
  );
  const slow = summariseCycles([sample('floor', 0, 100), sample('lineproof', 0, 39)]);
  assert.match(renderCycles(slow, 16), /0\.4 MISSED/);
});
