// The CSV of usage over real sockets, to readers that stop reading and to readers that go away.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { codeMailedTo } from '../support/mailed-code.ts';
import { createManagementClient } from '../support/management-client.ts';
import { watchPeakMemory } from '../support/peak-memory.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const ANN = { email: 'ann@example.org', password: 'seven green bicycles' };
const ROWS = 260_000;
/** Longer than a busy machine keeps a reader waiting that wants to read. */
const STALLED_MS = 2500;
const MEGABYTE = 1_048_576;
/** What the buffers of a loopback connection hold, with room to spare. */
const IN_SOCKETS_MAX = 12 * MEGABYTE;
const WITHIN_MS = 20_000;

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let headers: Record<string, string>;
after(() => server?.kill());
const data = `${makeTemporaryDirectory({ after })}/data`;

before(async () => {
  server = await startServer({
    data,
    args: [
      ...['--password-memory-kib', '8192', '--password-passes', '1'],
      ...['--management-stalled-ms', String(STALLED_MS)],
    ],
  });
  client = createManagementClient(server.port);
  await client.call('POST /people/register', { body: ANN });
  const body = { ...ANN, code: await codeMailedTo(server, ANN.email) };
  const { cookie, json } = await client.call('POST /people/confirm', { body });
  headers = client.withSession(cookie);
  // The view exists once it was asked.
  assert.equal((await client.call('GET /usage/apis', { headers })).status, 200);
  fillUsage(String(json.account_id));
});

/** As many calls as no socket's buffers hold. */
function fillUsage(accountId: string): void {
  const accounts = new DatabaseSync(join(data, 'accounts.db'), { readOnly: true });
  const row = accounts.prepare('SELECT id FROM accounts WHERE account_id = ?').get(accountId);
  accounts.close();
  const usage = new DatabaseSync(join(data, 'usage.db'), { timeout: 10_000 });
  usage
    .prepare(
      `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
       INSERT INTO calls SELECT ?, ? - n, 1000 + n, 20405, 1, 'acedata', 'line-status',
         printf('00000000-0000-4000-8000-%012d', n), 'known', '0', 200, 0, 1, 'quota', 20, 0, NULL, NULL, NULL, NULL
       FROM numbers`,
    )
    .run(ROWS, Number(row?.id), Date.now());
  usage.close();
}

/** Asks and reads nothing yet. */
async function askForCsv(): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: server.port });
  await once(socket, 'connect');
  socket.pause();
  const lines = [`GET /api/v1/usage/apis/export HTTP/1.1`, 'Host: 127.0.0.1', `Cookie: ${headers.cookie}`];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return socket;
}

async function statusWhenFree(line: string): Promise<number> {
  let status = 429;
  for (let waitedMs = 0; status === 429 && waitedMs < WITHIN_MS; waitedMs += 50) {
    ({ status } = await client.call(line, { headers }));
    if (status === 429) await delay(50);
  }
  return status;
}

test('a reader that stops is dropped after a while; until then no more is made than the sockets hold', async () => {
  const memory = watchPeakMemory(server.pid);
  const socket = await askForCsv();
  socket.on('error', () => {});
  const beganMs = performance.now();
  while ((await client.call('GET /usage/apis?limit=1', { headers })).status === 429) {
    assert.ok(performance.now() - beganMs < WITHIN_MS, 'the export goes on for ever');
    await delay(50);
  }
  assert.ok(performance.now() - beganMs >= STALLED_MS * 0.9, 'not before its time');
  let received = 0;
  let text = '';
  socket.on('data', (piece) => {
    received += piece.length;
    if (text.length < 1000) text += piece.toString('latin1');
  });
  const closed = once(socket, 'close');
  socket.resume();
  await closed;
  assert.match(text, /^HTTP\/1.1 200 /);
  assert.ok(received > 0 && received < IN_SOCKETS_MAX, `${received} bytes were made`);
  const peak = memory.stop();
  assert.ok(peak === undefined || peak < 400 * MEGABYTE, `${peak} bytes of memory`);
  const whole = await client.call('GET /usage/apis/export', { headers });
  assert.ok(whole.text.length > 2 * IN_SOCKETS_MAX, 'the whole is larger than what was made');
  assert.equal(whole.text.split('\n').length - 2, ROWS, 'who reads on gets everything');
});

test('readers that go away at any moment leave the account free to ask again', async () => {
  for (let waitMs = 0; waitMs < 40; waitMs += 1) {
    const socket = await askForCsv();
    socket.on('error', () => {});
    if (waitMs > 0) await delay(waitMs / 4);
    socket.destroy();
  }
  assert.equal(await statusWhenFree('GET /usage/apis?limit=1'), 200);
  assert.equal((await client.call('GET /usage/apis/aggregate', { headers })).status, 200);
});
