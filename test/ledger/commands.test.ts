// The ledger's commands as an operator runs them.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { runCommand, runJson } from '../support/command-line.ts';
import { createAccount } from '../support/new-account.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test('verify says ok with exit code 0 and names what was altered with exit code 1', async (t) => {
  const data = makeTemporaryDirectory(t);
  await createAccount(data, ['--quota', '5', '--balance', '100']);
  const verify = ['ledger', 'verify', '--data', data];
  const sound = (await runJson(verify)) as { entries: number; lastSignedHash: string };
  assert.ok(sound.entries > 0);
  assert.deepEqual(sound, {
    entries: sound.entries,
    ok: true,
    lastSignedSeq: sound.entries,
    lastSignedHash: sound.lastSignedHash,
    unsignedTail: 0,
  });
  const head = `${sound.entries}:${sound.lastSignedHash}`;
  assert.ok((await runCommand(verify)).stdout.includes(head), 'for people, too');
  assert.equal((await runCommand([...verify, '--head', head])).code, 0);
  assert.equal((await runCommand([...verify, '--head', `9${head}`])).code, 1);
  assert.equal((await runCommand([...verify, '--head', 'newest'])).code, 2);

  const database = new DatabaseSync(join(data, 'ledger.db'));
  database.exec('UPDATE entries SET amount = 500 WHERE seq = 2');
  database.close();
  const altered = await runCommand([...verify, '--json']);
  assert.equal(altered.code, 1);
  const { ok, firstBadSeq } = JSON.parse(altered.stdout) as { ok: boolean; firstBadSeq: number };
  assert.deepEqual([ok, firstBadSeq], [false, 2]);
  assert.match((await runCommand(verify)).stdout, /^NOT OK: entry 2 was altered/);
});

test('verify finds a ledger that was signed under another master key', async (t) => {
  const data = makeTemporaryDirectory(t);
  await createAccount(data, ['--quota', '5']);
  const env = { LINEPROOF_MASTER_KEY: Buffer.alloc(32, 9).toString('base64') };
  const { code, stdout } = await runCommand(['ledger', 'verify', '--data', data], { env });
  assert.equal(code, 1, stdout);
  assert.match(stdout, /not the one of this master key/);
});

test('export writes only entries to standard output, for the account and period asked', async (t) => {
  const data = makeTemporaryDirectory(t);
  const first = await createAccount(data, ['--quota', '1']);
  const second = await createAccount(data, ['--balance', '7']);
  const lines = async (...more: string[]) => {
    const { code, stdout, stderr } = await runCommand([
      ...['ledger', 'export', '--format', 'ndjson', '--data', data],
      ...more,
    ]);
    assert.equal(code, 0, stderr);
    return stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { accountId: string; kind: string });
  };
  const accountsOf = (entries: readonly { accountId: string }[]) => [
    ...new Set(entries.map(({ accountId }) => accountId)),
  ];
  assert.deepEqual(accountsOf(await lines()), [first.accountId, second.accountId]);
  const own = await lines('--account', second.accountId);
  assert.deepEqual(
    own.map(({ accountId, kind }) => [accountId, kind]),
    [[second.accountId, 'top_up']],
  );
  assert.deepEqual(await lines('--to', '2020-01-01'), []);
});

test('wrong usage ends with 2, what is not there with 1', async (t) => {
  const data = makeTemporaryDirectory(t);
  const code = async (...args: string[]) => (await runCommand(['ledger', ...args, '--data', data])).code;
  assert.equal(await code('export', '--from', '2026-02-30'), 2);
  assert.equal(await code('export', '--format', 'xml'), 2);
  assert.equal(await code('export', '--from', '2026-11-02', '--to', '2026-11-01'), 2);
  assert.equal(await code('export'), 1);
  assert.equal(await code('verify'), 1);
  await createAccount(data, ['--quota', '1']);
  assert.equal(await code('export', '--account', '42'), 1);
});
