// What `registry import` tells a script by its exit code.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runCommand } from '../support/command-line.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const root = makeTemporaryDirectory({ after });
const input = join(root, 'rows.csv');

async function importRows(rows: string, ...flags: string[]) {
  writeFileSync(input, `msisdn,status\n${rows}`);
  return runCommand(['registry', 'import', input, '--data', join(root, 'data'), ...flags]);
}

test('an import that accepts none of its rows ends with 1 and still reports what was rejected', async () => {
  const text = await importRows('1,normal\n13800138000,Normal\n');
  assert.equal(text.code, 1, text.stderr);
  assert.match(text.stdout, /no row was accepted: the registry is as it was/);
  const json = await importRows('1,normal\n13800138000,Normal\n', '--json');
  assert.equal(json.code, 1, json.stderr);
  const { accepted, rejected } = JSON.parse(json.stdout);
  assert.deepEqual([accepted, rejected], [0, 2]);
});

test('an import ends with 0 when any row is accepted, older than the registry or not, or there is none', async () => {
  assert.equal((await importRows('1,normal\n13800138000,normal\n')).code, 0);
  writeFileSync(input, 'msisdn,status,as_of\n13800138000,normal,2020-01-01\n');
  assert.equal((await runCommand(['registry', 'import', input, '--data', join(root, 'data')])).code, 0);
  assert.equal((await importRows('')).code, 0);
});

test('a file of blank lines ends an import with 1, and what is said tells what a file has', async () => {
  writeFileSync(input, '\n  \r\n\n');
  const { code, stderr } = await runCommand(['registry', 'import', input, '--data', join(root, 'data')]);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /has no rows: it is empty, or its lines are blank\. Its first line names columns \(msisdn,/,
  );
});
