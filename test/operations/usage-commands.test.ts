// The usage commands as an operator runs them, beside a running server and without one.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { callOverWire } from '../support/call-over-wire.ts';
import { runCommand, runJson } from '../support/command-line.ts';
import { createAccount } from '../support/new-account.ts';
import { startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

interface Listed {
  readonly count: number;
  readonly calls: readonly {
    readonly outcome: string;
    readonly secretId: string;
    readonly requestId: string;
  }[];
}
interface Sums {
  readonly days: readonly { readonly calls: number; readonly refused: number }[];
  readonly totals: { readonly calls: number; readonly chargedMinor: number; readonly toppedUpMinor: number };
}

test('list, aggregate and export say the same of an account, while the server runs, after it, and when usage.db is gone', async (t) => {
  const data = makeTemporaryDirectory(t);
  const account = await createAccount(data, ['--balance', '1000']);
  const other = await createAccount(data, ['--balance', '1000']);
  const server = await startServer({ data });
  t.after(() => server.kill());
  const ask = (key: typeof account, payload: string) => callOverWire(server.port, key, { payload });
  for (const mobile of ['13800138000', '123']) await ask(account, JSON.stringify({ Mobile: mobile }));
  await ask(account, '{}');
  await ask(other, JSON.stringify({ Mobile: '13800138001' }));

  const of = ['--account', account.accountId, '--data', data];
  const look = async () => {
    const list = (await runJson(['usage', 'list', ...of])) as Listed;
    const sums = (await runJson(['usage', 'aggregate', ...of])) as Sums;
    const csv = (await runCommand(['usage', 'export', ...of])).stdout.trimEnd().split('\n');
    return { list, sums, csv };
  };
  // What the server has only just told may still be on its way to the call log's file.
  while (((await runJson(['usage', 'list', ...of])) as Listed).count < 3);
  const before = await look();
  assert.deepEqual(
    before.list.calls.map(({ outcome }) => outcome),
    ['parameter_missing', 'number_invalid', 'no_record'],
  );
  assert.ok(before.list.calls.every(({ secretId }) => secretId === account.secretId));
  assert.deepEqual([before.sums.totals.calls, before.sums.totals.toppedUpMinor], [2, 1000]);
  assert.equal(before.csv.length, 4);
  assert.equal(before.csv[0], 'Usage ID,API,Status Code,Deducted Amount,Original Amount,Trace ID,Created At');
  assert.match(before.csv[3] ?? '', /MobileStatus/);

  const filtered = (await runJson(['usage', 'list', ...of, '--outcome', 'no_record'])) as Listed;
  assert.equal(filtered.count, 1);
  assert.equal(await server.stop(), 0);
  for (const ending of ['', '-wal', '-shm']) rmSync(join(data, `usage.db${ending}`), { force: true });
  assert.deepEqual(await look(), before);
});

test('wrong usage ends with 2, what is not there with 1', async (t) => {
  const data = makeTemporaryDirectory(t);
  const account = await createAccount(data);
  const other = await createAccount(data);
  const code = async (...args: string[]) => (await runCommand(['usage', ...args, '--data', data])).code;
  assert.equal(await code('list'), 2);
  assert.equal(await code('list', '--account', account.accountId, '--limit', '101'), 2);
  assert.equal(await code('aggregate', '--account', account.accountId, '--from', '2026-02-30'), 2);
  assert.equal(await code('export', '--account', account.accountId, '--service', 'nonsense'), 2);
  for (const word of ['aggregate', 'export', 'list']) {
    const backwards = ['--from', '2026-11-02', '--to', '2026-11-01'];
    assert.equal(await code(word, '--account', account.accountId, ...backwards), 2, word);
    const oneDay = ['--from', '2026-11-02', '--to', '2026-11-02'];
    assert.equal(await code(word, '--account', account.accountId, ...oneDay), 0, word);
  }
  assert.equal(await code('list', '--account', '42'), 1);
  assert.equal(await code('list', '--account', account.accountId, '--key', other.secretId), 1);
});
