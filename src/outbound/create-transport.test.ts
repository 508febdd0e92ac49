// Against real servers on loopback.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { startReceiver } from '../../test/support/receiver.ts';
import { failsWith, listen, openTransport, post, SIGNAL } from '../../test/support/transport.ts';

test('no header can add another one or change where the request goes', async (t) => {
  const receiver = await startReceiver(t);
  const { transport } = openTransport(t);
  for (const headers of [
    ...[
      { a: 'b\r\nc: d' },
      { a: 'b\nc' },
      { a: 'b\0' },
      { 'a\r\nb': 'c' },
      { 'a b': 'c' },
      { '': 'c' },
      { a: '中' },
    ],
    ...[
      { Host: 'x' },
      { 'Content-Length': '0' },
      { 'transfer-encoding': 'chunked' },
      { connection: 'close' },
    ],
  ] as Record<string, string>[])
    await assert.rejects(
      transport.request(post(`${receiver.origin}/`, { headers }), 'operator', SIGNAL),
      failsWith('refused', 'bad_header'),
    );
  assert.equal(receiver.requests.length, 0);
});

test('nobody listening is unreachable; a connection cut after the request was sent is broken', async (t) => {
  const { transport } = openTransport(t);
  const port = await listen(t, (socket) => socket.once('data', () => socket.resetAndDestroy()));
  await assert.rejects(
    transport.request(post(`http://127.0.0.1:${port}/`), 'operator', SIGNAL),
    failsWith('broken', 'ECONNRESET'),
  );
  const halfway = await listen(t, (socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')),
  );
  await assert.rejects(
    transport.request(post(`http://127.0.0.1:${halfway}/`), 'operator', SIGNAL),
    failsWith('broken'),
  );
  for (const text of [
    'SSH-2.0-OpenSSH\r\n',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
  ]) {
    const odd = await listen(t, (socket) => socket.once('data', () => socket.end(text)));
    await assert.rejects(
      transport.request(post(`http://127.0.0.1:${odd}/`), 'operator', SIGNAL),
      failsWith('broken'),
    );
  }
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port: free } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  await assert.rejects(
    transport.request(post(`http://127.0.0.1:${free}/`), 'operator', SIGNAL),
    failsWith('unreachable', 'ECONNREFUSED'),
  );
});

test('an endless answer is cut off between two characters, and its connection ended', async (t) => {
  const port = await listen(t, (socket) => {
    const write = (): void => {
      if (!socket.destroyed) socket.write('验'.repeat(1000), write);
    };
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      write();
    });
  });
  const { transport } = openTransport(t);
  const answer = await transport.request(
    post(`http://127.0.0.1:${port}/`, { answerMaxBytes: 100 }),
    'operator',
    SIGNAL,
  );
  assert.deepEqual(answer, { status: 200, body: '验'.repeat(33) });
});

test('an answer of exactly the size is whole', async (t) => {
  const receiver = await startReceiver(t, { answer: () => [200, 'x'.repeat(100)] });
  const { transport } = openTransport(t);
  const request = post(`${receiver.origin}/`, { answerMaxBytes: 100 });
  assert.equal((await transport.request(request, 'operator', SIGNAL)).body, 'x'.repeat(100));
});

test("the operator's requests share a bounded number of kept connections; accounts' URLs share none", async (t) => {
  const receiver = await startReceiver(t);
  const { transport, clock } = openTransport(t);
  const send = (reach: 'operator' | 'public') =>
    transport.request(post(`${receiver.origin}/`), reach, SIGNAL);
  for (let round = 0; round < 5; round += 1)
    await Promise.all(Array.from({ length: 20 }, () => send('operator')));
  const connections = new Set(receiver.requests.map(({ connection }) => connection));
  assert.ok(connections.size <= 4, `${connections.size} connections`);
  const before = receiver.requests.length;
  for (let count = 0; count < 3; count += 1) await send('public');
  const own = new Set(receiver.requests.slice(before).map(({ connection }) => connection));
  assert.deepEqual([own.size, [...own].some((connection) => connections.has(connection))], [3, false]);
  // One sleep watches all deadlines, and ends with the transport.
  assert.equal(clock.delays().length, 1);
  transport.close();
  assert.equal(clock.delays().length, 0);
});

test('errors name no host, no address and no path', async (t) => {
  const { transport } = openTransport(t, {
    resolve: async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND hook.example'), { code: 'ENOTFOUND' });
    },
  });
  for (const url of ['https://hook.example/secret', 'https://10.9.8.7/secret', 'http://127.0.0.1:1/secret']) {
    const reach = url.startsWith('http:') ? 'operator' : 'public';
    await assert.rejects(transport.request(post(url), reach, SIGNAL), (error: Error) => {
      assert.doesNotMatch(`${error.message} ${JSON.stringify(error)}`, /hook|example|10\.9|127\.0|secret/);
      assert.equal(error.cause, undefined);
      return true;
    });
  }
});
