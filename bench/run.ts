// `npm run bench`: signed MobileStatus calls and check-1e calls with a bearer token, both with the durable ledger, against
// a bare web framework measured in the same run by the same load generator, in alternating rounds. See
// `npm run bench -- --help`.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE_ARGS } from '../test/support/command-line.ts';
import { startServer } from '../test/support/start-server.ts';
import type { Job, LoadResult } from './load.ts';
import { HELP, readBenchOptions } from './options.ts';
import { prepare } from './prepare.ts';
import { readThreadSeconds, startFloor, startLoadProcess } from './processes.ts';
import { renderProfiles } from './profile.ts';
import { type Line, MEASURED, renderReport, type Sample, summarise, summariseHalf } from './report.ts';
import { makeRealTime, SCHEDULINGS, type Scheduling } from './scheduling.ts';
import { writeResults } from './write-results.ts';

const COMPILE_SECONDS = 6;
const FLOOR_TOKEN = 'floor-token-0123456789abcdef';

const options = readBenchOptions(process.argv.slice(2));
if (options === undefined) {
  process.stdout.write(HELP);
  process.exit(0);
}
const { rounds, seconds, warmUpSeconds, connections: connectionCounts } = options;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const prepared = await prepare(options.rows, say);
const profiles = options.profile ? mkdtempSync(join(tmpdir(), 'lineproof-profile-')) : undefined;
const load = startLoadProcess();
// The same runtime flags for both.
const floor = await startFloor(prepared.numbersFile, FLOOR_TOKEN, NODE_ARGS);
const server = await startServer({
  data: prepared.data,
  args: options.serveArgs,
  nodeArgs: [...NODE_ARGS, ...(profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`])],
  env: { NODE_ENV: 'production' },
});

const targets = {
  floor: { kind: 'bearer', port: floor.port, token: FLOOR_TOKEN, pid: floor.pid },
  lineproof: { kind: 'signed', port: server.port, pid: server.pid, ...prepared.account },
  'check-1e': { kind: 'acedata', port: server.port, pid: server.pid, token: prepared.account.token },
} as const;
const samples: Sample[] = [];

try {
  // Compilers need some hundred thousand calls to be done with either server.
  for (const name of ['floor', ...MEASURED] as const)
    await run(name, { connections: 32, warmUpSeconds: 0, seconds: COMPILE_SECONDS });
  for (const connections of connectionCounts) {
    for (let round = 0; round < rounds; round += 1) {
      // Whoever goes second meets a warmer machine: take turns.
      const names = ['floor', ...MEASURED] as const;
      const order = round % 2 === 0 ? names : names.toReversed();
      for (const name of order) samples.push(await measure(name, connections, round));
    }
  }
  const lines = connectionCounts.flatMap((connections) =>
    MEASURED.map((name) => summarise(samples, connections, name)),
  );
  await measureHalves(lines, 'fair');
  if (makeRealTime([load.pid, floor.pid, server.pid])) await measureHalves(lines, 'real-time');
  else say('real-time scheduling: not allowed here, not measured');
  const halves = MEASURED.flatMap((name) =>
    SCHEDULINGS.flatMap((scheduling) => summariseHalf(samples, name, scheduling) ?? []),
  );
  process.stdout.write(renderReport(lines, halves));
  process.stdout.write(`written to ${writeResults('', { options, lines, halves, samples })}\n`);
} finally {
  load.stop();
  floor.stop();
  const code = await server.stop();
  if (profiles !== undefined) process.stdout.write(renderProfiles(profiles));
  if (profiles !== undefined) rmSync(profiles, { recursive: true });
  prepared.remove();
  if (code !== 0) say(`the server ended with ${code}:\n${server.stderr().slice(-2000)}`);
}

async function measure(
  name: Sample['server'],
  connections: number,
  round: number,
  askedRate?: number,
  scheduling: Scheduling = 'fair',
): Promise<Sample> {
  const { pid } = targets[name];
  const before = readThreadSeconds(pid);
  const pace = askedRate === undefined ? {} : { rate: askedRate };
  const result = await run(name, { connections, warmUpSeconds, seconds, ...pace });
  const after = readThreadSeconds(pid);
  // The warm-up's calls are in the processor time too.
  const calls = (result.answered * (seconds + warmUpSeconds)) / seconds;
  const spent = (labels: readonly string[]): number | undefined =>
    after.size === 0
      ? undefined
      : (labels.reduce((sum, label) => sum + (after.get(label) ?? 0) - (before.get(label) ?? 0), 0) * 1e6) /
        calls;
  const sample = {
    ...result,
    server: name,
    connections,
    round,
    askedRate,
    scheduling,
    cpuUs: spent([...after.keys()]),
    mainThreadUs: spent(['main']),
  };
  say(
    `${name.padEnd(9)} ${connections} connections, round ${round + 1}${askedRate === undefined ? '' : `, half load, ${scheduling}`}: ` +
      `${Math.round(result.rate)} calls/s, ` +
      `p50 ${result.p50Us} us, p99 ${result.p99Us} us`,
  );
  return sample;
}

async function run(name: Sample['server'], job: Omit<Job, 'target' | 'numbers'>): Promise<LoadResult> {
  const result = await load.run({ ...job, target: targets[name], numbers: prepared.numbers });
  if (result.failed > 0 || result.known !== result.answered)
    throw new Error(`${name}: ${result.failed} failed, ${result.known} known of ${result.answered} answers`);
  return result;
}

/** The floor and each measured server at half of the latter's highest rate, in rounds again. */
async function measureHalves(lines: readonly Line[], scheduling: Scheduling): Promise<void> {
  for (const name of MEASURED) {
    const own = lines.filter(({ server }) => server === name);
    const peak = own.toSorted((a, b) => b.ours.rate - a.ours.rate)[0];
    if (peak === undefined) continue;
    for (let round = 0; round < rounds; round += 1) {
      for (const server of ['floor', name] as const)
        samples.push(await measure(server, peak.connections, round, peak.ours.rate / 2, scheduling));
    }
  }
}
