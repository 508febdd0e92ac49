// What `account calls` shows of an account: every call and refusal of a real server, with what it cost.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RecentCall } from '../../src/app/calls.ts';
import { callOverWire } from '../support/call-over-wire.ts';
import { runCommand, runJson } from '../support/command-line.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const person = makePerson(1);
const payload = JSON.stringify({ Mobile: person.number });

test('charged, free, refused and rehearsed calls are listed with what they cost, newest first, and with no other account’s', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  const live = await createAccount(data, ['--quota', '1', '--balance', '1000']);
  const sandbox = await createAccount(data, ['--sandbox']);
  await importPeople(data, [person]);
  const list = async ({ accountId }: NewAccount, ...more: string[]) =>
    (await runJson(['account', 'calls', accountId, '--data', data, ...more])) as RecentCall[];

  const server = await startServer({ data });
  t.after(() => server.kill());
  const call = (key: NewAccount, wire: Parameters<typeof callOverWire>[2]) =>
    callOverWire(server.port, key, wire);
  const answers = [
    await call(live, { payload }),
    await call(live, { payload }),
    await call(live, { payload: '{"Mobile":"1"}' }),
    await call(live, { payload: '{' }),
    await call(live, { payload, headers: { 'X-TC-Token': 'token' } }),
    await call(live, { payload, action: 'NoSuchAction' }),
    await call(live, { payload: '{"Nothing":1}' }),
  ];
  const rehearsed = await call(sandbox, { payload: '{"Mobile":"16900000000"}' });
  await call({ ...live, secretKey: 'wrong' }, { payload });

  assert.deepEqual(
    (await list(live)).filter(({ seq }) => seq !== null).map(({ requestId }) => requestId),
    answers
      .slice(0, 3)
      .reverse()
      .map(({ RequestId }) => RequestId),
    'while the server runs, what the ledger holds is there',
  );
  assert.equal(await server.stop(), 0);

  const shown = await list(live);
  assert.deepEqual(
    shown.map(({ requestId }) => requestId),
    answers.map(({ RequestId }) => RequestId).reverse(),
  );
  assert.deepEqual(
    shown.map(({ action, outcome, fault, resultCode, charged, paidBy, priceMinor }) =>
      [action, outcome ?? fault, resultCode, charged, paidBy, priceMinor > 0].join(' '),
    ),
    [
      'line-status parameter_unknown  false none false',
      ' action_unknown  false none false',
      ' token_invalid  false none false',
      'line-status body_malformed  false none false',
      'line-status number_invalid -2 false none false',
      'line-status known 0 true balance true',
      'line-status known 0 true quota true',
    ],
  );
  assert.deepEqual([...new Set(shown.map(({ secretId }) => secretId))], [live.secretId]);
  assert.deepEqual(await list(live, '--limit', '2'), shown.slice(0, 2));
  assert.deepEqual(
    (await list(sandbox)).map((one) => [one.requestId, one.sandbox, one.charged, one.priceMinor]),
    [[rehearsed.RequestId, true, false, 0]],
  );

  const text = await runCommand(['account', 'calls', live.accountId, '--data', data]);
  assert.equal(text.stdout.split('\n').length, shown.length + 1);
  assert.ok(!text.stdout.includes(person.number));
});

test('an account without calls has none, one that does not exist is an error, a wrong limit wrong usage', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  const { accountId } = await createAccount(data);
  const run = (...args: string[]) => runCommand(['account', 'calls', ...args, '--json', '--data', data]);
  assert.deepEqual(JSON.parse((await run(accountId)).stdout), []);
  const { code, stderr } = await run('42');
  assert.equal(code, 1);
  assert.match(stderr, /there is no account 42/);
  assert.equal((await run(accountId, '--limit', '0')).code, 2);
});
