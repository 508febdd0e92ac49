// The number ranges that a running server publishes are the operator's table of the moment.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { NumberRange } from '../../src/ports/source.ts';
import { runCommand, runJson } from '../support/command-line.ts';
import { startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const ASK_EVERY_MS = 50;

test('a range that the operator sets or removes while the server runs shows in what it publishes', async (t) => {
  const data = makeTemporaryDirectory(t);
  const server = await startServer({ data });
  t.after(() => server.stop());
  const published = async () => (await (await fetch(`${server.url}/number-ranges`)).json()) as NumberRange[];
  const find = async (prefix: string) => (await published()).find((range) => range.prefix === prefix);
  assert.deepEqual(await find('+86138'), { prefix: '+86138', holder: 'mobile', actions: [] });
  assert.equal(await find('+1202'), undefined);

  await runJson([
    'ranges',
    'set',
    '+1202',
    '--holder',
    'Example',
    '--actions',
    'line-status',
    '--data',
    data,
  ]);
  await runJson(['ranges', 'remove', '+86138', '--data', data]);
  while ((await find('+86138')) !== undefined) await delay(ASK_EVERY_MS);
  assert.deepEqual(await find('+1202'), { prefix: '+1202', holder: 'Example', actions: ['line-status'] });
  assert.deepEqual(await published(), await runJson(['ranges', 'list', '--data', data]));
});

test('what ranges export writes is the whole table again after ranges import --replace', async (t) => {
  const data = makeTemporaryDirectory(t);
  const file = join(data, 'ranges.csv');
  const list = () => runJson(['ranges', 'list', '--data', data]);
  await runJson(['ranges', 'set', '+1202', '--holder', '=1+1', '--actions', 'line-status', '--data', data]);
  const before = await list();
  writeFileSync(file, (await runCommand(['ranges', 'export', '--data', data])).stdout);
  await runJson(['ranges', 'set', '+1203', '--holder', 'other', '--data', data]);
  await runJson(['ranges', 'import', file, '--replace', '--data', data]);
  assert.deepEqual(await list(), before);
  writeFileSync(file, 'prefix,holder\n');
  assert.notEqual((await runCommand(['ranges', 'import', file, '--replace', '--data', data])).code, 0);
  assert.deepEqual(await list(), before);
});
