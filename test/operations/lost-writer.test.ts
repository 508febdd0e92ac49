// A server whose ledger's writer has ended can never charge again: it answers what is in flight and ends, so that a
// supervisor starts it anew.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { runJson } from '../support/command-line.ts';
import { openClient } from '../support/http-client.ts';
import { createAccount } from '../support/new-account.ts';
import { signTc3, toBytes } from '../support/sign-request.ts';
import { startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const PRELOAD = new URL('../support/dying-writer.ts', import.meta.url).href;

test("when the ledger's writer ends, the server answers what is in flight and ends with 1; the next one serves", async (t) => {
  const root = makeTemporaryDirectory(t);
  const data = join(root, 'data');
  mkdirSync(data, { mode: 0o700 });
  const person = makePerson(1);
  const account = await createAccount(data, ['--quota', '10']);
  await importPeople(data, [person]);
  const kill = join(root, 'kill');
  const server = await startServer({
    data,
    nodeArgs: ['--import', PRELOAD],
    env: { LINEPROOF_TEST_KILL: kill },
  });
  const bytesFor = (port: number) =>
    toBytes(
      signTc3(account, {
        host: `127.0.0.1:${port}`,
        action: 'MobileStatus',
        version: '2018-03-01',
        payload: JSON.stringify({ Mobile: person.number }),
        timestampSeconds: Math.floor(Date.now() / 1000),
      }),
    );
  const client = await openClient(server.port);
  const bytes = bytesFor(server.port);
  assert.match((await client.send(bytes)).body.toString(), /"Result":"0"/);

  const half = Math.floor(bytes.length / 2);
  const answer = client.send(bytes.subarray(0, half));
  // The server has what was sent before the health check that follows it.
  assert.ok((await fetch(`${server.url}/healthz`)).ok);
  writeFileSync(kill, '');
  while (!server.stderr().includes('the server cannot go on')) await delay(20);
  client.continue(bytes.subarray(half));
  assert.match((await answer).body.toString(), /"Code":"ServiceUnavailable"/);
  assert.equal(await server.ended(), 1);
  assert.match(server.stderr(), /ended by a test/);

  const next = await startServer({ data });
  const again = await openClient(next.port);
  assert.match((await again.send(bytesFor(next.port))).body.toString(), /"Result":"0"/);
  again.close();
  assert.equal(await next.stop(), 0);
  const verified = (await runJson(['ledger', 'verify', '--data', data])) as Record<string, unknown>;
  assert.equal(verified.ok, true);
});
