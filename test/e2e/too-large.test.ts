// What is larger than any body may be is refused with an answer that clients get to read, though they are still sending.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
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
after(() => server?.kill());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  server = await startServer({ data });
});

/** Rejects with whatever befalls the connection before all is sent and answered. */
function post(path: string, headers: Readonly<Record<string, string>>): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const posting = request(`${server.url}${path}`, { method: 'POST', headers }, (response) => {
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
        const [answered, text] = await post(path, { 'content-type': 'application/json', ...headers });
        assert.equal(answered, status, text);
        assert.match(text, new RegExp(`"${code}"`, 'i'));
      }
    });
}

test('fetch reads the refusal too', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const response = await fetch(server.url, { method: 'POST', body: TOO_LARGE });
    assert.match(await response.text(), /RequestSizeLimitExceeded/);
  }
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
