import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import type { HotRequest } from './hot-route.ts';
import { createWebServer, type ListenOptions, type WebServer } from './listen.ts';

const BODY_MAX_BYTES = 1000;

let server: WebServer;
let port: number;
let seen: HotRequest[];
let hold: Promise<void> | undefined;
let nowMs: number;

beforeEach(() => start());
afterEach(() => server.stop(0));

async function start(options: Partial<ListenOptions> = {}): Promise<void> {
  seen = [];
  hold = undefined;
  nowMs = 0;
  server = createWebServer({
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    readAddress: () => '127.0.0.1',
    headersMaxBytes: 8192,
    headersTimeoutMs: 10_000,
    requestTimeoutMs: 10_000,
    keepAliveTimeoutMs: 10_000,
    maxConnections: 100,
    bodiesMaxBytes: 10 * BODY_MAX_BYTES,
    ...options,
    hotRoute: {
      bodyMaxBytes: BODY_MAX_BYTES,
      nowMs: () => nowMs,
      matches: (method, url) => method === 'POST' && url.startsWith('/'),
      async answer(request) {
        seen.push(request);
        if (request.body.toString() === 'defect') throw new Error('defect');
        if (request.body.toString() === 'bad header') return { headers: ['X-Echo', 'a\r\nb'], body: '' };
        if (request.body.toString() === 'teapot') return { status: 418, headers: [], body: 'short' };
        await hold;
        return { headers: ['Content-Type', 'text/plain'], body: `got ${request.body.length}` };
      },
      refuse: (_, reason) => ({ headers: ['Content-Type', 'text/plain'], body: reason }),
    },
  });
  server.routes.get('/slow', () => 'other');
  port = Number(new URL(await server.listen()).port);
}

async function open(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {
    // What the tests look at is whether the connection closes.
  });
  await once(socket, 'connect');
  return socket;
}

/** Everything that arrives until the text does, or the connection ends. */
async function readUntil(socket: Socket, text: string): Promise<string> {
  let received = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    received += chunk.toString();
    if (text !== '' && received.includes(text)) break;
  }
  return received;
}

const post = (body: string, more = ''): string =>
  `POST / HTTP/1.1\r\nHost: 127.0.0.1:8080/tencent\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;

test('the signed route gets the raw bytes, whatever Host says; the rest goes to the framework', async () => {
  const socket = await open();
  socket.write(post('{"a": 1}'));
  const answer = await readUntil(socket, 'got 8');
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\nContent-Type: text\/plain\r\nContent-Length: 5\r\n/);
  assert.equal(seen[0]?.body.toString(), '{"a": 1}');
  assert.ok(seen[0]?.rawHeaders.includes('127.0.0.1:8080/tencent'));
  socket.write('GET /slow HTTP/1.1\r\nHost: http://odd:1\r\nConnection: close\r\n\r\n');
  assert.match(await readUntil(socket, ''), /200 OK[\s\S]*other$/);
});

test('an answer has the status that its route gives it, from either reader, and the next one its own', async () => {
  const socket = await open();
  socket.write(post('teapot'));
  assert.match(await readUntil(socket, 'short'), /^HTTP\/1\.1 418 I'm a Teapot\r\n/);
  socket.write(post('plain'));
  assert.match(await readUntil(socket, 'got 5'), /^HTTP\/1\.1 200 OK\r\n/);
  socket.write(post('teapot', 'Connection: close\r\n'));
  assert.match(await readUntil(socket, ''), /^HTTP\/1\.1 418 /);
});

test('pipelined requests are answered in order on one connection', async () => {
  const socket = await open();
  socket.write(post('1') + post('22') + post('333', 'Connection: close\r\n'));
  const answers = (await readUntil(socket, '')).match(/got \d/g);
  assert.deepEqual(answers, ['got 1', 'got 2', 'got 3']);
});

test('a body announced as too large is refused before it is sent, and the connection closes', async () => {
  const socket = await open();
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${BODY_MAX_BYTES + 1}\r\n\r\n`);
  assert.match(await readUntil(socket, ''), /Connection: close[\s\S]*body_too_large$/);
  assert.equal(seen.length, 0);
});

test('a chunked body that grows too large is refused although it never ends', async () => {
  const socket = await open();
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  const chunk = `200\r\n${'x'.repeat(512)}\r\n`;
  socket.write(chunk + chunk + chunk);
  assert.match(await readUntil(socket, 'too_large'), /body_too_large$/);
  assert.equal(seen.length, 0);
  socket.destroy();
});

test('bodies that together hold more than all may are refused, and what is answered is given back', async () => {
  await server.stop(0);
  await start({ bodiesMaxBytes: 500 });
  for (const length of [400, 600, 400]) {
    const socket = await open();
    // In two pieces, so that it is Node's server that collects it.
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`);
    socket.write('x'.repeat(length));
    const answer = await readUntil(socket, length > 500 ? 'overloaded' : 'got');
    assert.match(answer, length > 500 ? /Connection: close[\s\S]*overloaded$/ : /got 400$/);
    const closed = once(socket, 'close');
    socket.destroy();
    await closed;
  }
});

for (const [what, tail] of [
  ['a plain request', ''],
  ['a request that Node reads', 'Connection: keep-alive, x\r\n'],
] as const) {
  test(`a client that closes its sending side after ${what} still gets the answer`, async () => {
    const socket = await open();
    socket.end(post('ok', tail));
    assert.match(await readUntil(socket, 'got 2'), /200 OK/);
    socket.destroy();
  });
}

test('a connection that nobody uses is closed, and at once when the server stops', async () => {
  await server.stop(0);
  await start({ keepAliveTimeoutMs: 5000 });
  const used = await open();
  used.write(post('ok'));
  await readUntil(used, 'got 2');
  const closed = once(used.resume(), 'close');
  nowMs += 5001;
  await closed;
  const idle = await open();
  idle.write(post('ok'));
  await readUntil(idle, 'got 2');
  const gone = once(idle.resume(), 'close');
  await server.stop(60_000);
  await gone;
});

test('a request that comes before the last answer is answered after it', async () => {
  const gate = Promise.withResolvers<void>();
  hold = gate.promise;
  const socket = await open();
  socket.write(post('1'));
  while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
  socket.write(post('22'));
  socket.write(post('333', 'Connection: close\r\n'));
  gate.resolve();
  assert.deepEqual((await readUntil(socket, '')).match(/got \d/g), ['got 1', 'got 2', 'got 3']);
});

test('answers of both readers have the same head', async () => {
  const heads = [];
  for (const more of ['', 'Connection: keep-alive, x\r\n']) {
    const socket = await open();
    socket.write(post('ok', more));
    heads.push((await readUntil(socket, 'got 2')).replace(/Date: [^\r]+/, 'Date: some'));
    socket.destroy();
  }
  assert.equal(
    heads[0]?.replace(/Keep-Alive: timeout=\d+/, ''),
    heads[1]?.replace(/Keep-Alive: timeout=\d+/, ''),
  );
});

test('Expect: 100-continue is answered, then the call', async () => {
  const socket = await open();
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n');
  assert.match(await readUntil(socket, '\r\n\r\n'), /^HTTP\/1\.1 100 Continue/);
  socket.write('ab');
  assert.match(await readUntil(socket, 'got 2'), /200 OK/);
  socket.destroy();
});

test('what is not HTTP gets 400, a head that is too large 431, and both connections close with a text that says why', async () => {
  for (const [bytes, status, why] of [
    ['NONSENSE\r\n\r\n', '400 Bad Request', /^this is not valid HTTP: .+\n$/],
    [
      `POST / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(10_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
      /^the head of the request is larger than 8192 bytes\n$/,
    ],
    [
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na',
      '400 Bad Request',
      /^this is not valid HTTP: .+\n$/,
    ],
  ] as const) {
    assertClosingText(await exchange(bytes), status, why);
  }
});

const HEADS = [
  ['with two Host headers', 'Host: x\r\nhost: y\r\n', /^a request must have one Host header\n$/],
  ['without a Host header', '', /^a request must have one Host header\n$/],
  [
    'two Authorization headers',
    'Host: x\r\nAuthorization: a\r\nauthorization: b\r\n',
    /^a request must not have more than one Authorization header\n$/,
  ],
] as const;
for (const [what, head, why] of HEADS) {
  for (const [path, tail] of [
    ['/', ''],
    ['/', 'Connection: keep-alive, x\r\n'],
    ['/slow', ''],
  ] as const) {
    test(`a request to ${path}${tail === '' ? '' : ' that Node reads'} ${what} is malformed: 400, and no route sees it`, async () => {
      const method = path === '/' ? 'POST' : 'GET';
      const answer = await exchange(`${method} ${path} HTTP/1.1\r\n${head}Content-Length: 1\r\n${tail}\r\na`);
      assertClosingText(answer, '400 Bad Request', why);
      assert.equal(seen.length, 0);
    });
  }
}

test('a malformed request behind a good one is answered after it', async () => {
  const answer = await exchange(`${post('1')}POST / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n`);
  assert.match(answer, /^HTTP\/1\.1 200 OK[\s\S]*got 1HTTP\/1\.1 400 Bad Request/);
});

test('a request of HTTP/1.0 needs no Host header', async () => {
  assert.match(await exchange('GET /slow HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 OK[\s\S]*other$/);
});

/** What the server sends until it closes the connection. */
async function exchange(bytes: string): Promise<string> {
  const socket = await open();
  socket.write(bytes);
  return readUntil(socket, '');
}

function assertClosingText(answer: string, status: string, why: RegExp): void {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  assert.ok(head.startsWith(`HTTP/1.1 ${status}\r\n`), head);
  assert.match(body, why);
  assert.match(head, /^Content-Type: text\/plain; charset=utf-8$/m);
  assert.match(head, /^Connection: close$/m);
  assert.match(head, new RegExp(`^Content-Length: ${body.length}$`, 'm'));
}

test('a client that goes away in the middle of its body starts nothing and harms nobody', async () => {
  const gone = await open();
  gone.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhalf');
  gone.destroy();
  const socket = await open();
  socket.write(post('ok'));
  assert.match(await readUntil(socket, 'got 2'), /200 OK/);
  assert.deepEqual(
    seen.map(({ body }) => body.toString()),
    ['ok'],
  );
  socket.destroy();
});

test('a defect of the route or an impossible header costs one connection, not the process', async () => {
  for (const body of ['defect', 'bad header']) {
    const socket = await open();
    socket.write(post(body));
    assert.equal(await readUntil(socket, ''), '');
  }
  const socket = await open();
  socket.write(post('ok'));
  assert.match(await readUntil(socket, 'got 2'), /200 OK/);
  socket.destroy();
});

test('a client that is too slow with its head or its body is cut off', async () => {
  await server.stop(0);
  await start({ headersTimeoutMs: 100, requestTimeoutMs: 200 });
  for (const bytes of ['POST / HT', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhalf']) {
    const socket = await open();
    socket.write(bytes);
    const answer = await readUntil(socket, '');
    assertClosingText(answer, '408 Request Timeout', /^the request did not arrive in time\n$/);
  }
  assert.equal(seen.length, 0);
});

test('stopping answers what is in flight, closes its connection and accepts nothing new', async () => {
  const gate = Promise.withResolvers<void>();
  const socket = await open();
  hold = gate.promise;
  socket.write(post('ok'));
  while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const stopped = server.stop(10_000);
  await assert.rejects(open());
  gate.resolve();
  assert.match(await readUntil(socket, ''), /200 OK[\s\S]*got 2$/);
  await stopped;
});

test('stopping cuts off who has not finished when the grace is over', async () => {
  const socket = await open();
  hold = new Promise(() => {});
  socket.write(post('ok'));
  while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await server.stop(20);
  assert.equal(await readUntil(socket, ''), '');
});

test('a certificate that is none is refused with a reason', () => {
  assert.throws(
    () =>
      createWebServer({
        ...{ host: '127.0.0.1', port: 0, headersMaxBytes: 8192, headersTimeoutMs: 1, requestTimeoutMs: 1 },
        ...{ keepAliveTimeoutMs: 1, maxConnections: 1, bodiesMaxBytes: 1, tls: { cert: 'no', key: 'no' } },
        readAddress: () => '',
        hotRoute: {
          bodyMaxBytes: 1,
          nowMs: () => 0,
          matches: () => false,
          answer: () => Promise.reject(new Error('unused')),
          refuse: () => ({ headers: [], body: '' }),
        },
      }),
    /TLS certificate or key cannot be used/,
  );
});
