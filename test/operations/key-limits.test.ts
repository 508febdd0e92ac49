// Restrictions of keys as an owner sets them and clients of both protocols meet them, on a server that runs meanwhile.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { IssuedKey } from '../../src/storage/sqlite/accounts/draw-key.ts';
import { callAceData, errorOf } from '../support/call-acedata.ts';
import { callOverWire } from '../support/call-over-wire.ts';
import { runCommand, runJson } from '../support/command-line.ts';
import { createAccount } from '../support/new-account.ts';
import { startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const person = makePerson(1);

test('what a key is restricted to, its limits, rotation and revocation hold at the next call of either protocol', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  const { accountId } = await createAccount(data, ['--quota', '100']);
  await importPeople(data, [person]);
  const run = (...words: string[]) => runJson([...words, '--data', data]);
  let server = await startServer({ data });
  t.after(() => server.kill());
  const ask = async (key: IssuedKey) => {
    const payload = JSON.stringify({ Mobile: person.number });
    const tencent = await callOverWire(server.port, key, { payload });
    const acedata = await callAceData(server.port, { token: key.token, body: { mobile: person.number } });
    return [tencent.Error?.Code ?? tencent.Result, errorOf(acedata).code || acedata.json.result];
  };

  const key = (await run('key', 'create', accountId, '--service', 'line-tenure')) as IssuedKey;
  assert.deepEqual(await ask(key), ['AuthFailure.UnauthorizedOperation', 'token_mismatched']);
  await run('key', 'limits', key.secretId, '--service', 'line-status', '--calls-max', '5');
  assert.deepEqual(await ask(key), ['0', '0']);
  assert.deepEqual(await ask(key), ['0', '0']);
  const rotated = (await run('key', 'rotate', key.secretId)) as IssuedKey;
  assert.deepEqual(await ask(key), ['AuthFailure.SecretIdNotFound', 'invalid_token']);
  assert.deepEqual(await ask(rotated), ['0', 'used_up'], 'rotating lifts no limit');
  assert.equal(await server.stop(), 0);

  server = await startServer({ data });
  assert.deepEqual(await ask(rotated), ['LimitExceeded', 'used_up'], 'nor does a restart');
  await run('key', 'limits', rotated.secretId, '--calls-max', 'none', '--expires', '2020-01-01');
  assert.deepEqual(await ask(rotated), ['AuthFailure.SecretIdNotFound', 'token_expired']);
  await run('key', 'limits', rotated.secretId, '--expires', 'none');
  assert.deepEqual(await ask(rotated), ['0', '0']);
  await run('key', 'revoke', rotated.secretId);
  assert.deepEqual(await ask(rotated), ['AuthFailure.SecretIdNotFound', 'invalid_token']);
  assert.equal(await server.stop(), 0);
  const verified = await runCommand(['ledger', 'verify', '--data', data]);
  assert.equal(verified.code, 0, verified.stdout);
});
