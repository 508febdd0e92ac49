// Two million rows by the real command beside a real server: the old rows until the end, then all of the new ones, in
// little memory, whatever is killed on the way.

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { generateSubscribers, type SyntheticRow } from '../../src/sources/registry/generate-subscribers.ts';
import { callOverWire } from '../support/call-over-wire.ts';
import { NODE_ARGS, runCommand, runJson } from '../support/command-line.ts';
import { LINE_STATUS_CODES } from '../support/line-status-codes.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { type MemoryWatch, watchPeakMemory } from '../support/peak-memory.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { callWithoutPause, type LiveCalls } from './live-calls.ts';

const SEED = 11;
const ROWS = 2_000_000;
/** The first rows of the file are in the registry before. */
const HELD_ROWS = 1000;
const COMING_ROWS = 1000;
const MEMORY_MAX_BYTES = 500e6;
const DEADLINE_MS = 900_000;
const UNLIMITED = ['--quota', '100000000', '--rate', '1000000', '--daily-limit', '100000000'];

const first = [...generateSubscribers({ rows: HELD_ROWS + COMING_ROWS, seed: SEED })];
const isKnown = ({ status }: SyntheticRow): boolean => status in LINE_STATUS_CODES;
const held = first.slice(0, HELD_ROWS).filter(isKnown);
const coming = first.slice(HELD_ROWS).filter(isKnown);

let server: RunningServer;
let account: NewAccount;
// The server ends before its directory goes.
after(async () => assert.equal(await server?.stop(), 0, server?.stderr()));
const directory = makeTemporaryDirectory({ after });
const data = join(directory, 'data');
const file = join(directory, 'rows.csv');

before(async () => {
  mkdirSync(data, { mode: 0o700 });
  account = await createAccount(data, UNLIMITED);
  const small = join(directory, 'held.csv');
  await runJson(['registry', 'generate', '--rows', `${HELD_ROWS}`, '--seed', `${SEED}`, '--out', small]);
  await runJson(['registry', 'import', small, '--data', data]);
  const options = { deadlineMs: DEADLINE_MS };
  await runJson(['registry', 'generate', '--rows', `${ROWS}`, '--seed', `${SEED}`, '--out', file], options);
  server = await startServer({ data, nodeArgs: NODE_ARGS });
});

function importFile(onStart: (child: ChildProcess) => void): ReturnType<typeof runCommand> {
  const options = { nodeArgs: NODE_ARGS, deadlineMs: DEADLINE_MS, onStart };
  return runCommand(['registry', 'import', file, '--data', data, '--json'], options);
}

function startCalls(): LiveCalls {
  return callWithoutPause({ port: server.port, account, held, coming });
}

async function countRows(): Promise<number> {
  return ((await runJson(['registry', 'stats', '--data', data])) as { rows: number }).rows;
}

for (const line of ['reading 50%', 'writing 10%', 'writing 90%']) {
  test(`killed with kill -9 at "${line}": the old rows stay, in the file and in every live answer`, async () => {
    const calls = startCalls();
    let progress = '';
    const { code } = await importFile((child) => {
      child.stderr?.on('data', (chunk: Buffer) => {
        progress += chunk.toString();
        if (progress.includes(line)) child.kill('SIGKILL');
      });
    });
    assert.equal(code, null, 'it was not killed');
    assert.ok(existsSync(join(data, 'registry-import')), 'it was not killed in the middle');
    assert.equal(await countRows(), HELD_ROWS);
    const { answers, arrived } = await calls.stop();
    assert.ok(answers > 100 && !arrived, `${answers} answers`);
  });
}

test('two million rows arrive at once, in under 500 MB of memory, while live calls are answered rightly', async (t) => {
  const calls = startCalls();
  let memory: MemoryWatch | undefined;
  const { code, stdout, stderr } = await importFile(({ pid = 0 }) => {
    memory = watchPeakMemory(pid);
  });
  assert.equal(code, 0, stderr);
  const peakBytes = memory?.stop();
  const { accepted, rejected, stored } = JSON.parse(stdout) as Record<string, number>;
  assert.deepEqual([accepted, rejected, stored], [ROWS, 0, ROWS]);
  assert.equal(await countRows(), ROWS);
  const { answers, arrived } = await calls.stop();
  assert.ok(answers > 100 && arrived, `${answers} answers`);
  t.diagnostic(`${peakBytes} bytes, ${answers} live answers`);
  // Elsewhere than on Linux it cannot be read.
  if (existsSync('/proc/self/status')) {
    assert.ok(peakBytes !== undefined && peakBytes > 0 && peakBytes < MEMORY_MAX_BYTES, `${peakBytes} bytes`);
  }
});

test('afterwards every row of the file is there, each with its own status, dates, carrier and elements', async () => {
  const expected = new Set<string>();
  for (const row of generateSubscribers({ rows: ROWS, seed: SEED })) expected.add(exportedLineOf(row));
  assert.equal(expected.size, ROWS);
  const out = join(directory, 'export.csv');
  await runJson(['registry', 'export', out, '--data', data], { deadlineMs: DEADLINE_MS });
  let header = true;
  for await (const line of createInterface({ input: createReadStream(out) })) {
    if (!header) assert.ok(expected.delete(line), 'a row that the file did not bring, or twice');
    header = false;
  }
  assert.equal(expected.size, 0);
});

test('names and ID cards came along: people of all parts of the file are matched', async () => {
  const step = ROWS / 200;
  let index = 0;
  let matched = 0;
  for (const { msisdn, status, name, idCard } of generateSubscribers({ rows: ROWS, seed: SEED })) {
    index += 1;
    if (index % step !== 0 || status !== 'normal' || name === '' || idCard === '') continue;
    const payload = JSON.stringify({ Phone: msisdn, Name: name, IdCard: idCard });
    const { Result } = await callOverWire(server.port, account, { action: 'PhoneVerification', payload });
    assert.equal(Result, '0');
    matched += 1;
  }
  assert.ok(matched > 100, `${matched}`);
});

function exportedLineOf(row: SyntheticRow): string {
  const elements = [row.name, row.idCard].map((element) => (element === '' ? 'no' : 'yes'));
  // The quote keeps spreadsheets from taking the number for a formula.
  return [`'+86${row.msisdn}`, row.status, row.activatedOn, row.carrier, row.asOf, ...elements].join(',');
}
