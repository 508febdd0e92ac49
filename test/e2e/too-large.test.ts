// What is larger than any body may be is refused with an answer that clients get to read, though they are still sending.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeServerCertificate } from '../support/certificate.ts';
import { openClient } from '../support/http-client.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const TOO_LARGE = Buffer.alloc(12 * 1024 * 1024, 'x');
const ROUNDS = 5;
const REFUSALS = [
  ['/', 200, 'RequestSizeLimitExceeded'],
  ['/identity/phone/check-1e', 400, 'bad_request'],
  ['/api/v1/people/login', 413, 'too_large'],
] as const;

let server: RunningServer;
let overTls: RunningServer;
after(() => Promise.all([server?.kill(), overTls?.kill()]));
const root = makeTemporaryDirectory({ after });
const { ca, cert, key } = makeServerCertificate(['localhost']);

before(async () => {
  const [certFile, keyFile] = [join(root, 'cert.pem'), join(root, 'key.pem')];
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key, { mode: 0o600 });
  const tls = ['--tls-cert', certFile, '--tls-key', keyFile];
  server = await startServer({ data: join(root, 'plain') });
  overTls = await startServer({ data: join(root, 'tls'), args: tls });
});

/** Rejects with whatever befalls the connection before all is sent and answered. */
function post(
  scheme: 'http' | 'https',
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<[number, string]> {
  const { request } = scheme === 'http' ? http : https;
  const { port } = scheme === 'http' ? server : overTls;
  const options = { method: 'POST', headers, ca };
  return new Promise((resolve, reject) => {
    const posting = request(`${scheme}://localhost:${port}${path}`, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve([response.statusCode ?? 0, text]));
    });
    posting.on('error', reject);
    posting.end(TOO_LARGE);
  });
}

for (const [path, status, code] of REFUSALS) {
  for (const [kind, headers] of [
    ['of a known length', { 'content-length': String(TOO_LARGE.length) }],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ] as const)
    test(`${path} answers a body ${kind} that is too large, and the client reads it`, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const scheme of ['http', 'https'] as const) {
          const all = { 'content-type': 'application/json', ...headers };
          const [answered, text] = await post(scheme, path, all);
          assert.equal(answered, status, text);
          assert.match(text, new RegExp(`"${code}"`, 'i'));
        }
      }
    });
}

test('fetch reads the refusal too', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const response = await fetch(server.url, { method: 'POST', body: TOO_LARGE });
    assert.match(await response.text(), /RequestSizeLimitExceeded/);
  }
});

test('whoever sent CONNECT and stays does not keep the server from stopping', async (t) => {
  const stopping = await startServer({ data: join(root, 'stopping') });
  t.after(() => stopping.kill());
  const socket = connect({ host: '127.0.0.1', port: stopping.port, allowHalfOpen: true });
  socket.on('error', () => {});
  const answered = once(socket, 'data');
  socket.write('CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n');
  await answered;
  socket.write('more');
  assert.equal(await stopping.stop(), 0);
  socket.destroy();
});

test('CONNECT is answered, as no proxy is here', async () => {
  for (const head of [
    'CONNECT / HTTP/1.1\r\nHost: x',
    'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443',
  ]) {
    const connection = await openClient(server.port);
    const answer = await connection.send(Buffer.from(`${head}\r\n\r\n`));
    assert.equal(answer?.status, 400);
    assert.match(answer?.body.toString() ?? '', /no proxy/);
    connection.close();
  }
});
