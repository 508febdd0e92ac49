// How the server starts and ends: gently on one signal, even if it arrives twice; at once on a later second one; not at
// all on a taken port.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { makeServerCertificate } from '../support/certificate.ts';
import { runCommand, runJson } from '../support/command-line.ts';
import { openClient } from '../support/http-client.ts';
import { createAccount } from '../support/new-account.ts';
import { signTc3, toBytes } from '../support/sign-request.ts';
import { startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test('one Ctrl-C that arrives twice, as from a terminal and npm, drains and signs the ledger', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  mkdirSync(data, { mode: 0o700 });
  const person = makePerson(1);
  const account = await createAccount(data, ['--quota', '10']);
  await importPeople(data, [person]);
  const server = await startServer({ data });
  const client = await openClient(server.port);
  const request = signTc3(account, {
    host: `127.0.0.1:${server.port}`,
    action: 'MobileStatus',
    version: '2018-03-01',
    payload: JSON.stringify({ Mobile: person.number }),
    timestampSeconds: Math.floor(Date.now() / 1000),
  });
  assert.match((await client.send(toBytes(request))).body.toString(), /"Result":"0"/);
  process.kill(server.pid, 'SIGINT');
  process.kill(server.pid, 'SIGTERM');
  assert.equal(await server.stop(), 0, server.stderr());
  client.close();
  const verified = (await runJson(['ledger', 'verify', '--data', data])) as Record<string, unknown>;
  assert.equal(verified.ok, true);
  assert.equal(verified.unsignedTail, 0);
});

test('a terminal that is closed ends the server as gently as any other signal', async (t) => {
  const server = await startServer({ data: join(makeTemporaryDirectory(t), 'data') });
  process.kill(server.pid, 'SIGHUP');
  assert.equal(await server.ended(), 0, server.stderr());
  assert.match(server.stderr(), /"msg":"stopped"/);
});

test('a second signal ends a server that still waits for a client', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  const server = await startServer({ data });
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {
    // The server cuts it off.
  });
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhalf');
  await waitFor(async () => (await fetch(`${server.url}/healthz`)).ok);
  const ended = server.stop();
  let isOver = false;
  ended.then(() => {
    isOver = true;
  });
  await waitFor(() => {
    if (!isOver) process.kill(server.pid, 'SIGTERM');
    return isOver;
  });
  assert.equal(await ended, 1);
  socket.destroy();
});

test('a server whose data directory is open to other users says so at its start', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  mkdirSync(data, { mode: 0o700 });
  const warning = /is open to other users: chmod go-rwx/;
  const closed = await startServer({ data });
  assert.equal(await closed.stop(), 0);
  assert.doesNotMatch(closed.stderr(), warning);
  chmodSync(data, 0o777);
  writeFileSync(join(data, 'lineproof.json'), '{}', { mode: 0o644 });
  const open = await startServer({ data });
  assert.equal(await open.stop(), 0);
  assert.equal(open.stderr().match(new RegExp(warning, 'g'))?.length, 2, open.stderr());
});

test('whatever keeps a first start from serving, it says so and ends, and the next one prints the keys', async (t) => {
  const root = makeTemporaryDirectory(t);
  const other = await startServer({ data: join(root, 'other') });
  t.after(() => other.kill());
  const data = join(root, 'data');
  const pem = join(root, 'no.pem');
  writeFileSync(pem, 'this is no PEM');
  const none = join(root, 'none.pem');
  const [cert, key] = [join(root, 'cert.pem'), join(root, 'key-of-another.pem')];
  writeFileSync(cert, makeServerCertificate(['lineproof.example']).cert);
  writeFileSync(key, makeServerCertificate(['lineproof.example']).key);
  const starts: readonly (readonly [readonly string[], RegExp])[] = [
    [['--port', `${other.port}`], /cannot listen on .*EADDRINUSE.*--port/],
    [['--tls-cert', none, '--tls-key', pem], /: --tls-cert: \S+none\.pem cannot be read \(ENOENT\)\n$/],
    [['--tls-cert', pem, '--tls-key', none], /: --tls-key: \S+none\.pem cannot be read \(ENOENT\)\n$/],
    [['--tls-cert', pem, '--tls-key', root], /: --tls-key: \S+ cannot be read \(EISDIR\)\n$/],
    [['--tls-cert', pem, '--tls-key', pem], /\(no start line\): both are PEM/],
    [['--tls-cert', cert, '--tls-key', key], /\(key values mismatch\): .*belong together/],
    [['--host', 'nosuch.invalid'], /--outbox-anywhere yes/],
    [
      ['--host', 'nosuch.invalid', '--outbox-anywhere', 'yes'],
      /cannot listen on nosuch\.invalid(?!.*--port).*--host/,
    ],
    [['--extra-hosts', 'a.example,b.example,c.example,d.example,e.example'], /extra host names/],
  ];
  for (const [flags, said] of starts) {
    const args = ['serve', '--first-run', '--port', '0', '--data', data, ...flags];
    const { code, stdout, stderr } = await runCommand(args);
    assert.equal(code, 1, `${flags.join(' ')}\n${stderr}`);
    assert.match(stderr, said);
    assert.equal(stdout, '');
  }
  assert.equal(await other.stop(), 0);
  const first = await startServer({ data, args: ['--first-run'], json: false });
  assert.equal(first.stdout().match(/SecretKey/g)?.length, 2);
  assert.equal(await first.stop(), 0);
});

async function waitFor(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(50);
}
