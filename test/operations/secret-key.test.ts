// Secrets of keys that clients bring along: read where others cannot see them, and not shown again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCommand } from '../support/command-line.ts';
import { createAccount } from '../support/new-account.ts';
import { startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const SECRET = 'BroughtSecretKey0000000000000001';
const FROM_INPUT = ['--secret-id', 'brought-by-input', '--secret-key', '-'];

test('a secret key on standard input opens an account, signs its calls, and is printed nowhere', async (t) => {
  const data = makeTemporaryDirectory(t);
  const create = ['account', 'create', '--name', 'Migrated', '--activate', 'all', '--data', data];
  const made = await runCommand([...create, ...FROM_INPUT], { input: `${SECRET}\n` });
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stdout, /^SecretKey as given$/m);
  const server = await startServer({ data });
  t.after(() => server.kill());
  const sign = ['sign', 'GetCallerIdentity', '--endpoint', server.url, '--json', ...FROM_INPUT];
  const signed = await runCommand(sign, { input: SECRET });
  assert.equal(signed.code, 0, signed.stderr);
  const { url, headers, body } = JSON.parse(signed.stdout) as {
    url: string;
    headers: Record<string, string>;
    body: string;
  };
  const { host: _host, Host: _Host, ...sent } = headers;
  const answer = await (await fetch(url, { method: 'POST', headers: sent, body })).text();
  assert.match(answer, /"AccountId"/, answer);
  for (const { stdout, stderr } of [made, signed]) assert.ok(!`${stdout}${stderr}`.includes(SECRET));
});

test('another key may come along by standard input; JSON leaves its secret out', async (t) => {
  const data = makeTemporaryDirectory(t);
  const { accountId } = await createAccount(data);
  const create = ['key', 'create', accountId, '--data', data, '--json'];
  const made = await runCommand([...create, ...FROM_INPUT], { input: `${SECRET}\r\n` });
  assert.equal(made.code, 0, made.stderr);
  assert.deepEqual(Object.keys(JSON.parse(made.stdout)).sort(), ['accountId', 'secretId', 'token']);
});

test('a brought secret is not shown again, a drawn one is shown once', async (t) => {
  const data = makeTemporaryDirectory(t);
  const create = ['account', 'create', '--name', 'Shop', '--data', data];
  const given = await runCommand([...create, '--secret-id', 'brought', '--secret-key', SECRET]);
  assert.match(given.stdout, /^SecretKey as given$/m);
  assert.ok(!given.stdout.includes(SECRET));
  assert.match((await runCommand(create)).stdout, /^SecretKey [A-Za-z0-9]{32}$/m);
});

test('standard input that is no secret key is wrong usage', async (t) => {
  const data = makeTemporaryDirectory(t);
  for (const input of ['', '\n', 'two lines\nof text\n', 'x'.repeat(100_000)]) {
    const sign = await runCommand(['sign', 'GetCallerIdentity', ...FROM_INPUT], { input });
    assert.equal(sign.code, 2, sign.stderr);
    const create = ['account', 'create', '--name', 'Shop', '--data', data, ...FROM_INPUT];
    assert.equal((await runCommand(create, { input })).code, 2);
  }
});
