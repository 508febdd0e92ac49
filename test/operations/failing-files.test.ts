// Files that cannot be read or written for a while: the server says that it is not ready, callers may try again, the
// operator sees why, and it all ends by itself.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openClient } from '../support/http-client.ts';
import { createAccount } from '../support/new-account.ts';
import { signTc3, toBytes } from '../support/sign-request.ts';
import { startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

async function serve(t: TestContext) {
  const data = join(makeTemporaryDirectory(t), 'data');
  mkdirSync(data, { mode: 0o700 });
  const person = makePerson(1);
  const account = await createAccount(data, ['--quota', '10']);
  await importPeople(data, [person]);
  const server = await startServer({ data });
  t.after(() => server.stop());
  const client = await openClient(server.port);
  t.after(() => client.close());
  return {
    server,
    async ask(): Promise<string> {
      const request = signTc3(account, {
        host: `127.0.0.1:${server.port}`,
        action: 'MobileStatus',
        version: '2018-03-01',
        payload: JSON.stringify({ Mobile: person.number }),
        timestampSeconds: Math.floor(Date.now() / 1000),
      });
      return (await client.send(toBytes(request))).body.toString();
    },
    async unreadyReasons(): Promise<string[]> {
      const answer = await fetch(`${server.url}/readyz`);
      const { reasons } = (await answer.json()) as { reasons: string[] };
      assert.equal(answer.status, reasons.length === 0 ? 200 : 503);
      return reasons;
    },
    readMetrics: async () => await (await fetch(`${server.url}/metrics`)).text(),
    open(t: TestContext, file: string): DatabaseSync {
      const database = new DatabaseSync(join(data, file));
      t.after(() => database.isOpen && database.close());
      database.exec('PRAGMA busy_timeout = 5000');
      return database;
    },
  };
}

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(50);
}

test('a registry that cannot be read is busy to callers, unready to balancers, and named in log and metrics', async (t) => {
  const { server, ask, unreadyReasons, readMetrics, open } = await serve(t);
  assert.match(await ask(), /"Result":"0"/);
  assert.match(await readMetrics(), /^lineproof_registry_present 1$/m);
  const registry = open(t, 'registry.db');
  registry.exec('ALTER TABLE subscribers RENAME TO hidden');
  await waitFor(async () => (await unreadyReasons()).includes('the registry cannot be read'));
  const answer = await ask();
  assert.match(answer, /"Result":"-3"/);
  const metrics = await readMetrics();
  assert.match(
    metrics,
    /^lineproof_source_failures_total\{source="registry",fault="source_unavailable"\} 1$/m,
  );
  assert.match(metrics, /^lineproof_registry_present 0$/m);
  const requestId = /"RequestId":"([^"]+)"/.exec(answer)?.[1] ?? '';
  // The answer may arrive before the line about it.
  await waitFor(async () => server.stderr().includes(requestId));
  const line =
    server
      .stderr()
      .split('\n')
      .find((text) => text.includes(requestId)) ?? '';
  assert.match(line, /no such table.*a source could not answer/);
  registry.exec('ALTER TABLE hidden RENAME TO subscribers');
  await waitFor(async () => (await unreadyReasons()).length === 0);
  assert.match(await ask(), /"Result":"0"/);
});

test('accounts that cannot be read are no unknown keys: callers may try again', async (t) => {
  const { server, ask, unreadyReasons, open } = await serve(t);
  const accounts = open(t, 'accounts.db');
  accounts.exec('ALTER TABLE api_keys RENAME TO hidden');
  assert.match(await ask(), /"Code":"ServiceUnavailable"/);
  assert.deepEqual(await unreadyReasons(), ['the accounts cannot be read']);
  // The answer may arrive before the line about it.
  await waitFor(async () => /a call could not be served/.test(server.stderr()));
  accounts.exec('ALTER TABLE hidden RENAME TO api_keys');
  assert.deepEqual(await unreadyReasons(), []);
  assert.match(await ask(), /"Result":"0"/);
});

test('a ledger that cannot be written answers nothing that it could not record, until it can again', async (t) => {
  const { server, ask, unreadyReasons, open } = await serve(t);
  const ledger = open(t, 'ledger.db');
  ledger.exec('BEGIN IMMEDIATE');
  assert.match(await ask(), /"Code":"ServiceUnavailable"/);
  assert.deepEqual(await unreadyReasons(), ['the ledger cannot be written']);
  // The answer may arrive before the line about it.
  await waitFor(async () => /the ledger could not be written/.test(server.stderr()));
  ledger.exec('ROLLBACK');
  // Without a call: a balancer sends none.
  await waitFor(async () => (await unreadyReasons()).length === 0);
  assert.match(await ask(), /"Result":"0"/);
});
