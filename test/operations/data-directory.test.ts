// --data and the other directories of the command line that cannot be what they are said to be.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runCommand } from '../support/command-line.ts';
import { createAccount } from '../support/new-account.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const root = makeTemporaryDirectory({ after });
const file = join(root, 'file');
writeFileSync(file, 'msisdn,status\n');
const DEADLINE_MS = 20_000;

/** One line, of ours, and soon. */
async function assertRefused(args: readonly string[], code: number, said: RegExp): Promise<void> {
  const result = await runCommand(args, { deadlineMs: DEADLINE_MS });
  assert.equal(result.code, code, `${args.join(' ')}\n${result.stderr}`);
  assert.match(result.stderr, said);
  assert.doesNotMatch(result.stderr, /\bE[A-Z]{3,}\b/, 'no raw system error');
  const withoutProgress = result.stderr.replace(/^\w+ \d+%\n/gm, '');
  assert.equal(withoutProgress.match(/\n/g)?.length, 1, result.stderr);
  assert.equal(result.stdout, '');
}

for (const args of [
  ['serve', '--port', '0'],
  ['doctor'],
  ['account', 'create', '--name', 'x'],
  ['account', 'list'],
  ['registry', 'import', file],
  ['registry', 'stats'],
  ['ledger', 'verify'],
  ['backup', join(root, 'backup')],
  ['restore', join(root, 'backup')],
]) {
  test(`${args.filter((word) => /^[a-z]+$/.test(word)).join(' ')} says that --data is a file, and that it lies below one: wrong usage`, async () => {
    await assertRefused([...args, '--data', file], 2, /file is not a directory/);
    await assertRefused(
      [...args, '--data', join(file, 'below')],
      2,
      /below cannot be a directory: .*file is not/,
    );
  });
}

test('a data directory that the system refuses to make is refused soon, with the reason', async () => {
  for (const args of [
    ['serve', '--port', '0'],
    ['account', 'create', '--name', 'x'],
    ['registry', 'import', file],
  ])
    await assertRefused(
      [...args, '--data', '/proc/lineproof/data'],
      2,
      /\/proc\/lineproof\/data cannot be made: /,
    );
  assert.equal(statSync(file).size, 'msisdn,status\n'.length);
});

test('a directory in which nothing can be made is refused with the reason', async () => {
  for (const args of [
    ['serve', '--port', '0'],
    ['account', 'create', '--name', 'x'],
    ['registry', 'import', file],
  ])
    await assertRefused([...args, '--data', '/proc'], 1, /\/proc cannot be used \(.+\): check --data/);
});

test('a backup into a file, or where no directory can be made, is refused and leaves nothing behind', async () => {
  const data = join(root, 'data');
  mkdirSync(data, { mode: 0o700 });
  await createAccount(data);
  await assertRefused(['backup', file, '--data', data], 2, /file is not a directory/);
  await assertRefused(['backup', '/proc/lineproof', '--data', data], 2, /\/proc\/lineproof cannot be made: /);
  const backup = join(root, 'sound');
  assert.equal((await runCommand(['backup', backup, '--with-master-key', '--data', data])).code, 0);
  await assertRefused(
    ['restore', backup, '--data', '/proc/lineproof'],
    2,
    /\/proc\/lineproof cannot be made: /,
  );
  assert.ok(existsSync(file));
});
