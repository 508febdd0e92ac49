// A request that has to end before its answer, at each stage of it.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { startReceiver } from '../../test/support/receiver.ts';
import { failsWith, listen, openTransport, post, SIGNAL, turns } from '../../test/support/transport.ts';

async function listenWithoutAccepting(t: TestContext): Promise<number> {
  const text = `
    const { createServer } = require('node:net');
    const { parentPort } = require('node:worker_threads');
    const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const worker = new Worker(text, { eval: true });
  t.after(() => worker.terminate());
  const [port] = await once(worker, 'message');
  return Number(port);
}

test('the deadline covers the resolution, and nothing was sent', async (t) => {
  const { transport, clock } = openTransport(t, { resolve: () => new Promise(() => {}) });
  const request = transport.request(post('https://hook.example/'), 'public', SIGNAL);
  clock.advance(1000);
  await assert.rejects(request, failsWith('unreachable', 'timeout'));
});

test('the deadline covers connecting, and nothing was sent', async (t) => {
  // Its queue of connections is full and nobody takes any from it, so that the system lets the next one wait.
  const port = await listenWithoutAccepting(t);
  for (let count = 0; count < 8; count += 1) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    t.after(() => socket.destroy());
  }
  await turns();
  const { transport, clock } = openTransport(t);
  for (const reach of ['operator', 'public'] as const) {
    const request = transport.request(post(`http://127.0.0.1:${port}/`), reach, SIGNAL);
    await turns();
    clock.advance(1000);
    await assert.rejects(request, failsWith('unreachable', 'timeout'));
  }
});

test('the deadline covers the TLS handshake, and nothing was sent', async (t) => {
  let arrived = (): void => {};
  const accepted = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const port = await listen(t, () => arrived());
  const { transport, clock } = openTransport(t);
  const request = transport.request(post(`https://hook.example:${port}/`), 'public', SIGNAL);
  await accepted;
  clock.advance(999);
  await turns();
  clock.advance(1);
  await assert.rejects(request, failsWith('unreachable', 'timeout'));
});

test('the deadline covers waiting for a free connection, and nothing was sent', async (t) => {
  const receiver = await startReceiver(t, { answer: () => undefined });
  const { transport, clock } = openTransport(t, { connectionsMax: 1 });
  const first = transport.request(post(`${receiver.origin}/`, { timeoutMs: 5000 }), 'operator', SIGNAL);
  first.catch(() => {});
  await receiver.arrived(1);
  const second = transport.request(post(`${receiver.origin}/`), 'operator', SIGNAL);
  await turns();
  clock.advance(1000);
  await assert.rejects(second, failsWith('unreachable', 'timeout'));
  assert.equal(receiver.requests.length, 1);
});

test('the deadline covers the headers and the body of the answer, and says that the request may have left', async (t) => {
  const silent = await startReceiver(t, { answer: () => undefined });
  const halting = await startReceiver(t, {
    answer: (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      return undefined;
    },
  });
  for (const receiver of [silent, halting]) {
    const { transport, clock } = openTransport(t);
    const request = transport.request(post(`${receiver.origin}/`), 'operator', SIGNAL);
    await receiver.arrived(1);
    await turns();
    clock.advance(1000);
    await assert.rejects(request, failsWith('timeout', 'timeout'));
    assert.equal(clock.delays().length, 0);
  }
});

test('an abort ends a request at once, and tells whether it may have left', async (t) => {
  const receiver = await startReceiver(t, { answer: () => undefined });
  const { transport } = openTransport(t, { resolve: () => new Promise(() => {}) });
  const early = new AbortController();
  const unresolved = transport.request(post('https://hook.example/'), 'public', early.signal);
  early.abort();
  await assert.rejects(unresolved, failsWith('unreachable', 'aborted'));
  await assert.rejects(
    transport.request(post(`${receiver.origin}/`), 'operator', early.signal),
    failsWith('unreachable', 'aborted'),
  );
  assert.equal(receiver.requests.length, 0);
  const late = new AbortController();
  const unanswered = transport.request(post(`${receiver.origin}/`), 'operator', late.signal);
  await receiver.arrived(1);
  late.abort();
  await assert.rejects(unanswered, failsWith('broken', 'aborted'));
});

test('a closed transport ends what runs and takes nothing more', async (t) => {
  const receiver = await startReceiver(t, { answer: () => undefined });
  const { transport } = openTransport(t);
  const running = transport.request(post(`${receiver.origin}/`), 'operator', SIGNAL);
  await receiver.arrived(1);
  transport.close();
  await assert.rejects(running, failsWith('broken', 'closed'));
  await assert.rejects(
    transport.request(post(`${receiver.origin}/`), 'operator', SIGNAL),
    failsWith('unreachable', 'closed'),
  );
});
