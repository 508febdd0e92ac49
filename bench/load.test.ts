import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { judge } from './http-connection.ts';
import { runLoad } from './load.ts';

async function serve(t: TestContext, answer: (authorization: string) => string): Promise<number> {
  const server: Server = createServer((request, response) => {
    const body = answer(String(request.headers.authorization));
    request.resume().on('end', () => response.end(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

test('closed load counts every answer by what it says', async (t) => {
  let turn = 0;
  const port = await serve(t, () => `{"Response":{"Result":"${(turn++ & 1) === 0 ? '0' : '-1'}"}}`);
  const target = { kind: 'bearer', port, token: 't' } as const;
  const result = await runLoad({
    target,
    numbers: ['1', '2'],
    connections: 4,
    warmUpSeconds: 0,
    seconds: 0.1,
  });
  assert.ok(result.answered > 0);
  assert.ok(result.known > 0 && result.known < result.answered);
  assert.equal(result.failed, 0);
});

test('answers that are no result count as failed', async (t) => {
  const port = await serve(t, () => '{"Response":{"Error":{}}}');
  const target = { kind: 'signed', port, secretId: 'i', secretKey: 'k' } as const;
  const result = await runLoad({ target, numbers: ['1'], connections: 1, warmUpSeconds: 0, seconds: 0.05 });
  assert.equal(result.failed, result.answered);
});

test('open load keeps to the rate it was given', async (t) => {
  const port = await serve(t, () => '{"Response":{"Result":"0"}}');
  const target = { kind: 'bearer', port, token: 't' } as const;
  const job = { target, numbers: ['1', '2'], connections: 8, warmUpSeconds: 0, seconds: 0.5, rate: 400 };
  const { answered } = await runLoad(job);
  assert.ok(answered > 100 && answered < 300, `${answered} of 200`);
});

test('open load uses its connections in turn: none is idle so long that the server closes it', async (t) => {
  const ports = new Set<number | undefined>();
  const server = createServer((request, response) => {
    ports.add(request.socket.remotePort);
    request.resume().on('end', () => response.end('{"Response":{"Result":"0"}}'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const target = { kind: 'bearer', port: (server.address() as AddressInfo).port, token: 't' } as const;
  await runLoad({ target, numbers: ['1', '2'], connections: 8, warmUpSeconds: 0, seconds: 0.4, rate: 200 });
  assert.equal(ports.size, 8);
});

test('a load without an end goes on until it is told to stop, and tells when it begins to count', async (t) => {
  const port = await serve(t, () => '{"Response":{"Result":"0"}}');
  const target = { kind: 'bearer', port, token: 't' } as const;
  const stopping = new AbortController();
  let counting = 0;
  const { answered, seconds } = await runLoad(
    { target, numbers: ['1', '2'], connections: 2, warmUpSeconds: 0, rate: 1000 },
    {
      stop: stopping.signal,
      onCounting() {
        counting += 1;
        setTimeout(() => stopping.abort(), 100);
      },
    },
  );
  assert.equal(counting, 1);
  assert.ok(answered > 0 && seconds < 5, `${answered} in ${seconds} s`);
});

test('a server that closes ends the load with an error', async (t) => {
  const broken = createServer((request) => request.socket.destroy());
  broken.listen(0, '127.0.0.1');
  await once(broken, 'listening');
  t.after(() => broken.close());
  const target = { kind: 'bearer', port: (broken.address() as AddressInfo).port, token: 't' } as const;
  await assert.rejects(
    runLoad({ target, numbers: ['1'], connections: 1, warmUpSeconds: 0, seconds: 5 }),
    /closed|ECONNRESET/,
  );
});

test('an answer in pieces is judged when it is whole', () => {
  const whole = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{"Result":"0"}');
  for (let length = 0; length < whole.length; length += 1)
    assert.equal(judge(whole.subarray(0, length)), undefined);
  assert.equal(judge(whole), 'known');
  assert.equal(judge(Buffer.from('HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n')), 'failed');
});
