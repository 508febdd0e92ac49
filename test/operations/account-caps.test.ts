// Usage caps as an operator sets them and a client meets them, on a server that runs meanwhile.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RecentCall } from '../../src/app/calls.ts';
import { callOverWire } from '../support/call-over-wire.ts';
import { runCommand, runJson } from '../support/command-line.ts';
import { createAccount } from '../support/new-account.ts';
import { startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const person = makePerson(1);
const payload = JSON.stringify({ Mobile: person.number });

test('a cap counts what the month has cost already, holds over a restart, and lifting it lets calls through', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  const account = await createAccount(data, ['--quota', '1', '--balance', '1000']);
  await importPeople(data, [person]);
  let server = await startServer({ data });
  t.after(() => server.kill());
  const ask = async () => {
    const { Result, Error: error } = await callOverWire(server.port, account, { payload });
    return error === undefined ? `answered ${Result}` : `${error.Code}: ${error.Message}`;
  };
  const limit = (...flags: string[]) =>
    runJson(['account', 'limits', account.accountId, '--data', data, ...flags]);
  const balance = async () =>
    (
      (await runJson(['account', 'show', account.accountId, '--data', data])) as {
        funds: { balanceMinor: number };
      }
    ).funds.balanceMinor;

  assert.deepEqual([await ask(), await ask()], ['answered 0', 'answered 0']);
  await limit('--cap-calls-per-month', '3');
  assert.deepEqual([await ask(), await ask()], ['answered 0', 'LimitExceeded: Quota limit exceeded.']);
  const left = await balance();
  assert.equal(await server.stop(), 0);

  server = await startServer({ data });
  assert.equal(await ask(), 'LimitExceeded: Quota limit exceeded.');
  assert.equal(await balance(), left, 'a refused call costs nothing');
  await limit('--cap-calls-per-month', 'none', '--cap-money-per-day', '1000');
  assert.equal(await ask(), 'answered 0');
  assert.equal(await server.stop(), 0);

  const calls = (await runJson(['account', 'calls', account.accountId, '--data', data])) as RecentCall[];
  assert.equal(calls.filter(({ fault }) => fault === 'cap_reached').length, 2);
  const verified = await runCommand(['ledger', 'verify', '--data', data]);
  assert.equal(verified.code, 0, verified.stdout);
});
