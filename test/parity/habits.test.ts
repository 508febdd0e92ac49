// What the Python, Go, Java and PHP SDKs do differently from the Node one, sent over bare sockets to a real server.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Answer, exchange, openClient } from '../support/http-client.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { signTc3, signV1, type Tc3Subject, toBytes, type WireRequest } from '../support/sign-request.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const person = makePerson(1);
let server: RunningServer;
let account: NewAccount;
// The server ends before its directory goes.
after(() => server?.stop());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  mkdirSync(data, { mode: 0o700 });
  account = await createAccount(data, ['--quota', '1000', '--rate', '1000']);
  await importPeople(data, [person]);
  server = await startServer({ data });
});

function signed(changes: Partial<Tc3Subject> = {}): WireRequest {
  return signTc3(account, {
    host: `127.0.0.1:${server.port}`,
    action: 'MobileStatus',
    payload: JSON.stringify({ Mobile: person.number }),
    timestampSeconds: Math.floor(Date.now() / 1000),
    ...changes,
  });
}

async function ask(request: WireRequest | Buffer): Promise<Answer> {
  const result = await exchange(server.port, Buffer.isBuffer(request) ? request : toBytes(request));
  assert.ok(result.kind === 'answer', result.kind);
  return result.answer;
}

function isSuccess(answer: Answer, what: string): void {
  const text = answer.body.toString();
  assert.equal(answer.status, 200, what);
  assert.equal(answer.headers.get('content-type'), 'application/json', what);
  assert.match(text, /"Result":"0"/, `${what}: ${text}`);
  assert.doesNotMatch(text, /"Error"/);
}

test('Hosts as sent with a scheme, a path, capitals or without the port are signed as they are', async () => {
  const hosts = [
    `http://127.0.0.1:${server.port}`,
    `127.0.0.1:${server.port}/tencent`,
    `LOCALHOST:${server.port}`,
    'faceid.tencentcloudapi.com',
    'faceid.intl.tencentcloudapi.com',
    '[::1]:8080',
  ];
  for (const host of hosts) isSuccess(await ask(signed({ host })), host);
});

test('the host may be signed without its port, as the Node SDK does', async () => {
  const request = signed({ host: '127.0.0.1' });
  const headers = { ...request.headers, Host: `127.0.0.1:${server.port}` };
  isSuccess(await ask({ ...request, headers }), 'without port');
});

test('Go, Python, Java and PHP sign / whatever path they ask', async () => {
  for (const target of ['/tencent', '/tencent/']) isSuccess(await ask({ ...signed(), target }), target);
});

test("Java's charset, its empty region, Go's spelling of headers and the region null are accepted", async () => {
  isSuccess(await ask(signed({ contentType: 'application/json; charset=utf-8' })), 'charset');
  for (const region of ['', 'null', 'ap-guangzhou']) {
    const request = signed();
    isSuccess(await ask({ ...request, headers: { ...request.headers, 'X-TC-Region': region } }), region);
  }
  const bytes = toBytes(signed()).toString('latin1');
  isSuccess(await ask(Buffer.from(bytes.replaceAll('X-TC-', 'X-Tc-'), 'latin1')), 'X-Tc-');
});

test('a payload that was not signed is accepted when the header says so', async () => {
  isSuccess(await ask(signed({ unsignedPayload: true })), 'UNSIGNED-PAYLOAD');
});

test("Python's JSON with spaces and escapes is hashed as it came", async () => {
  const payload = `{"Phone": "${person.number}", "Name": ${escapeJson(person.name)}, "IdCard": "${person.idCard}"}`;
  isSuccess(await ask(signed({ action: 'PhoneVerification', payload })), 'escapes');
});

function escapeJson(text: string): string {
  const units = [...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `"${units.join('')}"`;
}

test('v1: a nonce of 19 digits, an empty region and plus signs for spaces', async () => {
  const host = `127.0.0.1:${server.port}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const common = { Action: 'MobileStatus', Version: '2018-03-01', Timestamp: timestamp };
  const parameters = {
    ...common,
    Mobile: person.number,
    Nonce: '7377933587044990727',
    Region: '',
    RequestClient: 'SDK GO 1.3.166',
  };
  for (const method of ['GET', 'POST'] as const) {
    const request = signV1(account, { method, host, algorithm: 'HmacSHA1', parameters });
    const bytes = toBytes(request).toString('latin1').replaceAll('%20', '+');
    const fixed = bytes.replace(
      /Content-Length: \d+/,
      `Content-Length: ${bytes.split('\r\n\r\n')[1]?.length ?? 0}`,
    );
    isSuccess(await ask(Buffer.from(fixed, 'latin1')), method);
  }
});

test('PHP waits for 100 Continue before a large body', async () => {
  const request = signed();
  const headers = { ...request.headers, Expect: '100-continue' };
  isSuccess(await ask({ ...request, headers }), 'Expect');
});

test('the trace id comes back, also with an error', async () => {
  const traceId = '0b0f4fd0-5a5c-4a0e-9d6c-3b1d1b1f1a11';
  for (const request of [signed(), signed({ action: 'NoSuchAction' })]) {
    const answer = await ask({ ...request, headers: { ...request.headers, 'X-TC-TraceId': traceId } });
    assert.equal(answer.headers.get('x-tc-traceid'), traceId);
  }
});

test('requests on one connection are answered in turn, also when several are sent at once', async () => {
  const client = await openClient(server.port);
  for (let turn = 0; turn < 3; turn += 1) isSuccess(await client.send(toBytes(signed())), `turn ${turn}`);
  client.close();
  const two = Buffer.concat([toBytes(signed()), toBytes(signed())]);
  isSuccess(await ask(two), 'pipelined');
});

test('a method other than GET and POST is told so in the protocol', async () => {
  const answer = await ask(
    Buffer.from(toBytes(signed()).toString('latin1').replace('POST', 'PUT'), 'latin1'),
  );
  assert.equal(answer.status, 200);
  assert.match(answer.body.toString(), /"Code":"UnsupportedProtocol"/);
});
