// `npm run bench:codes`: durable cycles of sending and entering a code, the message carried to a webhook, against a bare web
// framework that does the same two calls and one webhook, in alternating rounds. See `npm run bench:codes -- --help`.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UNLIMITED_SENDS } from '../test/support/call-contacts.ts';
import { NODE_ARGS } from '../test/support/command-line.ts';
import { createAccount } from '../test/support/new-account.ts';
import { startServer } from '../test/support/start-server.ts';
import type { CycleJob, CycleResult } from './code-cycles.ts';
import type { DriverAnswer } from './codes-driver.ts';
import { type CycleSample, renderCycles, summariseCycles } from './codes-report.ts';
import { positive } from './options.ts';
import { readThreadSeconds, startServerProgram } from './processes.ts';
import { renderProfiles } from './profile.ts';
import { writeResults } from './write-results.ts';

const HELP = `npm run bench:codes -- [options]
  --rounds N       alternating rounds (5)
  --seconds S      measured seconds of each round (5)
  --warm-up S      seconds before each that do not count (1)
  --compile S      seconds that each server is warmed up for at first (6)
  --in-flight N    cycles at once (16)
  --wire NAME      rest: bearer token; tencent: signed (rest)
  --floor-client C fetch: the floor calls its webhook by Node's fetch; request: by Node's older client (fetch)
  --profile        profile the server and print where its threads spend their time
  --no-results     write no file
  -- SERVE-FLAGS   handed to the server
`;
const FLOOR_TOKEN = 'floor-token-0123456789abcdef';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    'warm-up': { type: 'string', default: '1' },
    compile: { type: 'string', default: '6' },
    'in-flight': { type: 'string', default: '16' },
    wire: { type: 'string', default: 'rest' },
    'floor-client': { type: 'string', default: 'fetch' },
    profile: { type: 'boolean', default: false },
    'no-results': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const rounds = positive(values.rounds, '--rounds');
const seconds = positive(values.seconds, '--seconds');
const warmUpSeconds = positive(values['warm-up'], '--warm-up');
const inFlight = positive(values['in-flight'], '--in-flight');
const floorClient = values['floor-client'] === 'request' ? 'request' : 'fetch';
const wire = values.wire === 'tencent' ? 'tencent' : 'rest';

const directory = mkdtempSync(join(tmpdir(), 'lineproof-bench-codes-'));
const data = join(directory, 'data');
const profiles = values.profile ? join(directory, 'profiles') : undefined;
mkdirSync(data, { mode: 0o700 });
const account = await createAccount(data, ['--quota', '1000000000', '--rate', '1000000']);
const driver = fork(new URL('codes-driver.ts', import.meta.url).pathname, {
  execArgv: ['--max-semi-space-size=16'],
});
const [ready] = (await once(driver, 'message')) as [DriverAnswer];
const sinkPort = ready.kind === 'ready' ? ready.sinkPort : 0;
const floor = await startServerProgram(
  'codes-floor.ts',
  [String(sinkPort), FLOOR_TOKEN, floorClient],
  // As Node comes: the server's own flags would slow it down.
  [],
);
const server = await startServer({
  data,
  args: [
    ...UNLIMITED_SENDS,
    ...['--code-channels', '{"phone":"webhook"}', '--gateway-url', `http://127.0.0.1:${sinkPort}/`],
    ...['--log-requests', 'none', ...positionals],
  ],
  nodeArgs: [...NODE_ARGS, ...(profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`])],
  env: { NODE_ENV: 'production' },
});
const targets = {
  floor: { kind: 'floor', port: floor.port, token: FLOOR_TOKEN },
  lineproof: { kind: wire, port: server.port, ...account },
} as const;
const pids = { floor: floor.pid, lineproof: server.pid };
const samples: CycleSample[] = [];

try {
  const compileSeconds = positive(values.compile, '--compile');
  for (const name of ['floor', 'lineproof'] as const)
    await run({ target: targets[name], inFlight, warmUpSeconds: 0, seconds: compileSeconds });
  for (let round = 0; round < rounds; round += 1) {
    // Whoever goes second meets a warmer machine: take turns.
    const names = ['floor', 'lineproof'] as const;
    for (const name of round % 2 === 0 ? names : names.toReversed()) samples.push(await measure(name, round));
  }
  const line = summariseCycles(samples);
  process.stdout.write(renderCycles(line, inFlight));
  const options = { rounds, seconds, warmUpSeconds, inFlight, wire, serveArgs: positionals };
  if (!values['no-results'])
    process.stdout.write(`written to ${writeResults('codes-', { options, line, samples })}\n`);
} finally {
  driver.kill();
  floor.stop();
  const code = await server.stop();
  if (profiles !== undefined) process.stdout.write(renderProfiles(profiles));
  rmSync(directory, { recursive: true, force: true });
  if (code !== 0) process.stderr.write(`the server ended with ${code}:\n${server.stderr().slice(-2000)}\n`);
}

async function run(job: CycleJob): Promise<CycleResult> {
  driver.send(job);
  const [answer] = (await once(driver, 'message')) as [DriverAnswer];
  if (answer.kind !== 'result') throw new Error(answer.kind === 'failed' ? answer.reason : answer.kind);
  return answer.result;
}

async function measure(name: CycleSample['server'], round: number): Promise<CycleSample> {
  const sum = (): number =>
    [...readThreadSeconds(pids[name]).values()].reduce((total, one) => total + one, 0);
  const before = sum();
  const result = await run({ target: targets[name], inFlight, warmUpSeconds, seconds });
  const spent = sum() - before;
  // The warm-up's cycles are in the processor time too.
  const cycles = (result.cycles * (seconds + warmUpSeconds)) / seconds;
  const cpuUs = spent === 0 ? undefined : (spent * 1e6) / cycles;
  const { rate, p50Us, p99Us } = result;
  process.stderr.write(
    `${name.padEnd(9)} round ${round + 1}: ${Math.round(rate)} cycles/s, p50 ${p50Us} us, p99 ${p99Us} us\n`,
  );
  return { ...result, server: name, round, cpuUs };
}
