// kill -9 in the middle of an import, while another process reads: the old data stays, the next import starts anew.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  formatSyntheticRow,
  generateSubscribers,
  SYNTHETIC_HEADER,
} from '../../src/sources/registry/generate-subscribers.ts';
import { HEADER, openRegistryBench, type RegistryBench } from './registry-bench.ts';

const CHILD = fileURLToPath(new URL('./import-child.ts', import.meta.url));
const ROWS = 60_000;

function writeInput(b: RegistryBench): string {
  const input = join(b.directory, 'large.csv');
  const rows = [...generateSubscribers({ rows: ROWS, seed: 4 })].map(formatSyntheticRow);
  writeFileSync(input, SYNTHETIC_HEADER + rows.join(''));
  return input;
}

/** Starts an import in a process of its own and waits until it has come to the given phase. */
async function startChild(
  b: RegistryBench,
  input: string,
  phase: 'reading' | 'writing',
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CHILD, b.paths.directory, input], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.ok(child.stdout);
  for await (const line of createInterface(child.stdout)) if (line === phase) break;
  return child;
}

for (const phase of ['reading', 'writing'] as const) {
  test(`killed while ${phase}: the old data stays, and the next import succeeds and leaves nothing behind`, async () => {
    const b = openRegistryBench();
    try {
      await b.import(`${HEADER}13800138000,normal,,,,,\n`);
      const child = await startChild(b, writeInput(b), phase);
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      assert.deepEqual(await exited, [null, 'SIGKILL']);
      assert.ok(existsSync(join(b.paths.directory, 'registry-import')), 'it was not killed in the middle');

      assert.equal(b.administration.statistics().rows, 1);
      assert.equal(await b.show('13800138000'), 'normal - - 2026-11-21');
      const result = await b.import(`${HEADER}13900139000,normal,,,,,\n`);
      assert.equal(result.accepted, 1);
      assert.equal(b.administration.statistics().rows, 2);
      const left = readdirSync(b.paths.directory).filter(
        (name) => !/^registry(-import\.lock|\.db(-wal|-shm)?)$/.test(name),
      );
      assert.deepEqual(left, []);
    } finally {
      b.close();
    }
  });
}

test('while an import in another process writes, readers see the old rows only, then all new rows at once', async () => {
  const b = openRegistryBench();
  try {
    await b.import(`${HEADER}13800138000,normal,,,,,\n`);
    const child = await startChild(b, writeInput(b), 'writing');
    let done = false;
    const exited = once(child, 'exit').then(() => {
      done = true;
    });
    const counts = new Set<number>();
    while (!done) {
      counts.add(b.administration.statistics().rows);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await exited;
    counts.add(b.administration.statistics().rows);
    assert.deepEqual([...counts], [1, ROWS + 1]);
  } finally {
    b.close();
  }
});
