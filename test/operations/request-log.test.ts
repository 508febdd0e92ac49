// Which requests the server's log names: those of known keys that fail, so that a stranger cannot fill the disk.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openClient } from '../support/http-client.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { signTc3, toBytes } from '../support/sign-request.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const STRANGER = { secretId: 'AKIDstranger', secretKey: 'unknown' };

type Key = Pick<NewAccount, 'secretId' | 'secretKey'>;

async function serveAndCall(
  t: { after(end: () => void): void },
  args: readonly string[],
): Promise<{ lines: readonly Record<string, unknown>[]; metrics: string; account: NewAccount }> {
  const data = join(makeTemporaryDirectory(t), 'data');
  mkdirSync(data, { mode: 0o700 });
  const account = await createAccount(data, ['--quota', '10']);
  const server = await startServer({ data, args });
  const client = await openClient(server.port);
  const send = async (key: Key, payload: string) => client.send(bytesOf(server, key, payload));
  await send(STRANGER, '{"Mobile":"13800138000"}');
  await send({ ...account, secretKey: 'wrong' }, '{"Mobile":"13800138000"}');
  await send(account, '{"Unknown":"parameter"}');
  await send(account, '{"Mobile":"13800138000"}');
  client.close();
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.equal(await server.stop(), 0);
  const lines = server
    .stderr()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'call');
  return { lines, metrics, account };
}

function bytesOf(server: RunningServer, key: Key, payload: string): Buffer {
  const host = `127.0.0.1:${server.port}`;
  const timestampSeconds = Math.floor(Date.now() / 1000);
  return toBytes(
    signTc3(key, { host, action: 'MobileStatus', version: '2018-03-01', payload, timestampSeconds }),
  );
}

test('by default failed calls of accounts are logged; requests that nobody signed are counted only', async (t) => {
  const { lines, metrics, account } = await serveAndCall(t, []);
  assert.deepEqual(
    lines.map(({ result, account }) => ({ result, account })),
    [{ result: 'parameter_unknown', account: account.accountId }],
  );
  assert.match(metrics, /lineproof_calls_total\{.*result="key_unknown"\} 1/);
  assert.match(metrics, /lineproof_calls_total\{.*result="signature_mismatch"\} 1/);
});

test('an operator who asks for all sees the requests of strangers too', async (t) => {
  const { lines } = await serveAndCall(t, ['--log-requests', 'all']);
  const results = lines.map(({ result }) => result);
  assert.deepEqual(results, ['key_unknown', 'signature_mismatch', 'parameter_unknown', 'no_record']);
});
