// Bad input over raw sockets: whatever arrives, the answer is a documented one, and the server is still there.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import fc from 'fast-check';
import { DOCUMENTED_CODES } from '../support/documented-codes.ts';
import { type Answer, exchange } from '../support/http-client.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { signTc3, signV1, toBytes } from '../support/sign-request.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const ACTIONS = [
  ...['MobileStatus', 'MobileNetworkTimeVerification', 'PhoneVerification', 'PhoneVerificationCMCC'],
  ...['PhoneVerificationCTCC', 'PhoneVerificationCUCC', 'CheckPhoneAndName'],
];
const KMS_ACTIONS = [
  ...[
    'GenerateDataKey',
    'Decrypt',
    'Encrypt',
    'DescribeKey',
    'ListKeys',
    'GetServiceStatus',
    'GenerateRandom',
  ],
];
const FIELDS = [
  ...['Mobile', 'Phone', 'Name', 'IdCard', 'VerifyMode', 'CiphertextBlob', 'EncryptList', 'Iv', 'Encryption'],
  ...['Algorithm', 'TagList', 'KeyId', 'KeySpec', 'NumberOfBytes', 'Plaintext', 'EncryptionContext', 'Limit'],
  ...[
    'Encryption.Iv',
    'EncryptList.0',
    'EncryptList.99999999',
    'Encryption.EncryptList.0',
    '__proto__',
    'constructor',
  ],
];
/** Broken HTTP may be answered below the protocol. */
const BROKEN_HTTP = [400, 408, 413, 414, 417, 431];
const ELSEWHERE = [404, 405, ...BROKEN_HTTP];
const RUNS = propertyRuns(150);

const person = makePerson(1);
let server: RunningServer;
let account: NewAccount;
// The server ends before its directory goes.
after(async () => {
  const log = server?.stderr() ?? '';
  assert.equal(await server?.stop(), 0);
  assert.doesNotMatch(log, /uncaught|unhandled|a call met a defect/i);
});
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  mkdirSync(data, { mode: 0o700 });
  account = await createAccount(data, ['--quota', '100000', '--rate', '100000', '--daily-limit', '100000']);
  await importPeople(data, [person]);
  server = await startServer({ data });
});

afterEach(async () => {
  const answer = await send(sign('MobileStatus', JSON.stringify({ Mobile: person.number })));
  assert.match(answer?.body.toString() ?? '', /"Result":"0"/, 'a good call after the bad ones');
});

function sign(action: string, payload: string | Buffer, version = '2018-03-01'): Buffer {
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const subject = { host: `127.0.0.1:${server.port}`, action, version, payload, timestampSeconds };
  return toBytes(signTc3(account, subject));
}

/** The answer, or undefined when the connection was closed without one. */
async function send(bytes: Buffer, halfClose = false): Promise<Answer | undefined> {
  const result = await exchange(server.port, bytes, { halfClose });
  assert.notEqual(result.kind, 'silent', 'the server neither answered nor closed');
  if (result.kind === 'answer') return result.answer;
  return undefined;
}

function judge(answer: Answer | undefined, alsoAllowed: readonly number[] = []): void {
  assert.ok(answer !== undefined, 'the connection was closed without an answer');
  const text = answer.body.toString();
  assert.doesNotMatch(text, /\bat [^\n]*:\d+:\d+|\.ts:\d|node:internal|node_modules/, 'a stack trace');
  if (alsoAllowed.includes(answer.status)) return;
  assert.equal(answer.status, 200, text);
  assert.equal(answer.headers.get('content-type'), 'application/json');
  const { Response } = JSON.parse(text) as { Response: { RequestId: string; Error?: { Code: string } } };
  assert.match(Response.RequestId, /^[0-9a-f-]{36}$/);
  const code = Response.Error?.Code;
  if (code === undefined) return;
  assert.ok(DOCUMENTED_CODES.has(code), code);
  // Nothing that a caller sends is a fault of ours.
  assert.notEqual(code, 'InternalError', text);
}

/** Values that JSON can carry, biased towards what the fields expect. */
const leaf = fc.oneof(
  fc.constantFrom(
    person.number,
    person.name,
    person.idCard,
    '',
    '0',
    '1',
    'AES-256-CBC',
    'SM4-GCM',
    'bm90LWs=',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: leaf },
  { weight: 1, arbitrary: fc.array(leaf, { maxLength: 6 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...FIELDS), leaf, { maxKeys: 6 }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const key = fc.oneof(fc.constantFrom(...FIELDS), fc.string({ unit: 'binary', maxLength: 20 }));
const fields = fc.dictionary(key, value, { maxKeys: 8 });
const headerText = fc.stringMatching(/^[\x21-\x7e\x80-\xff]{0,60}$/);

test('signed JSON with any fields', async () => {
  const choice = fc.oneof(
    fc.tuple(fc.constantFrom(...ACTIONS), fc.constant('2018-03-01')),
    fc.tuple(fc.constantFrom(...KMS_ACTIONS), fc.constant('2019-01-18')),
    fc.tuple(fc.constant('GetCallerIdentity'), fc.constant('2018-08-13')),
  );
  await fc.assert(
    fc.asyncProperty(choice, fields, async ([action, version], body) => {
      judge(await send(sign(action, JSON.stringify(body), version)));
    }),
    propertyRuns(300),
  );
});

test('signed bodies that are no JSON object: invalid UTF-8, nesting, numbers, nothing', async () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.jsonValue().map((json) => Buffer.from(JSON.stringify(json))),
    fc.integer({ min: 1, max: 30_000 }).map((depth) => Buffer.from('['.repeat(depth))),
    fc
      .integer({ min: 1, max: 5000 })
      .map((depth) => Buffer.from(`{"Mobile":${'{"a":'.repeat(depth)}1${'}'.repeat(depth + 1)}`)),
    fc.constant(Buffer.from(`{"Mobile":"${person.number}","Mobile":"${'9'.repeat(1000)}"}`)),
    fc.constant(Buffer.from(`\ufeff{"Mobile":"${person.number}"}`)),
    fc.constant(Buffer.from(`{"__proto__":{"Mobile":"${person.number}"}}`)),
  );
  await fc.assert(
    fc.asyncProperty(body, async (bytes) => judge(await send(sign('MobileStatus', bytes)))),
    RUNS,
  );
});

test('signed forms and queries with any fields', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  const parameters = fc.dictionary(key, text, { maxKeys: 8 });
  const method = fc.constantFrom('GET' as const, 'POST' as const);
  const algorithm = fc.constantFrom('HmacSHA1' as const, 'HmacSHA256' as const);
  const host = (): string => `127.0.0.1:${server.port}`;
  await fc.assert(
    fc.asyncProperty(
      parameters,
      method,
      algorithm,
      fc.constantFrom(...ACTIONS),
      async (given, verb, hash, action) => {
        const common = {
          Action: action,
          Version: '2018-03-01',
          Nonce: '1',
          Timestamp: `${Math.floor(Date.now() / 1000)}`,
        };
        const request = signV1(account, {
          method: verb,
          host: host(),
          algorithm: hash,
          parameters: { ...given, ...common },
        });
        judge(await send(toBytes(request)));
      },
    ),
    RUNS,
  );
});

test('queries and forms as raw text, signed with TC3 over GET', async () => {
  const query = fc.stringMatching(/^[!$-;=?-Z_a-z~%&]{0,200}$/);
  await fc.assert(
    fc.asyncProperty(query, fc.constantFrom(...ACTIONS), async (text, action) => {
      const request = signTc3(account, {
        method: 'GET',
        host: `127.0.0.1:${server.port}`,
        action,
        query: text,
        contentType: 'application/x-www-form-urlencoded',
        payload: '',
        timestampSeconds: Math.floor(Date.now() / 1000),
      });
      judge(await send(toBytes(request)));
    }),
    RUNS,
  );
});

test('any headers, any Host, unsigned or with a mangled signature', async () => {
  const names = [
    ...[
      'Host',
      'Authorization',
      'Content-Type',
      'X-TC-Action',
      'X-TC-Version',
      'X-TC-Timestamp',
      'X-TC-Token',
    ],
    ...['X-TC-Region', 'X-TC-Language', 'X-TC-TraceId', 'X-TC-Content-SHA256', 'X-Odd', 'Accept', 'Cookie'],
  ];
  const changes = fc.dictionary(fc.constantFrom(...names), headerText, { maxKeys: 6 });
  await fc.assert(
    fc.asyncProperty(changes, async (headers) => {
      const host = `127.0.0.1:${server.port}`;
      const payload = JSON.stringify({ Mobile: person.number });
      const timestampSeconds = Math.floor(Date.now() / 1000);
      const request = signTc3(account, { host, action: 'MobileStatus', payload, timestampSeconds });
      const lines = Object.entries({ ...request.headers, ...headers }).map(
        ([name, text]) => `${name}: ${text}\r\n`,
      );
      const head = `POST / HTTP/1.1\r\n${lines.join('')}Content-Length: ${payload.length}\r\n\r\n`;
      judge(await send(Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(payload)])), BROKEN_HTTP);
    }),
    RUNS,
  );
});

test('any method and path', async () => {
  const method = fc.oneof(
    fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'FOO'),
  );
  const path = fc.oneof(
    fc.constantFrom(
      '/',
      '/tencent',
      '/tencent/',
      '//',
      '/../',
      '/healthz',
      '/metrics',
      '/readyz',
      '/console',
      '*',
    ),
    fc.stringMatching(/^\/[!-~]{0,80}$/),
  );
  await fc.assert(
    fc.asyncProperty(method, path, async (verb, target) => {
      const answer = await send(
        Buffer.from(`${verb} ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`),
      );
      const isOurs = /^\/(tencent\/?)?(\?.*)?$/.test(target) && ['GET', 'POST'].includes(verb);
      if (isOurs) judge(answer, BROKEN_HTTP);
      else if (answer !== undefined)
        assert.ok(answer.status === 200 || answer.status < 500, `${answer.status}`);
      if (answer !== undefined) judgeText(answer);
    }),
    RUNS,
  );
});

function judgeText(answer: Answer): void {
  assert.doesNotMatch(answer.body.toString(), /\bat [^\n]*:\d+:\d+|\.ts:\d|node_modules/, 'a stack trace');
}

test('bytes that are no HTTP are answered or closed at once', async () => {
  const noise = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
    fc
      .string({ unit: 'binary', maxLength: 200 })
      .map((text) => Buffer.from(`POST / HTTP/1.1\r\n${text}\r\n\r\n`)),
    fc
      .integer({ min: 1, max: 200 })
      .map((n) => Buffer.from(`POST / HTTP/1.1\r\nContent-Length: ${n}\r\n\r\n{`)),
    fc
      .constantFrom('-1', '1e3', '99999999999999999999', '5, 6')
      .map((n) => Buffer.from(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${n}\r\n\r\n{}`)),
    fc.constant(Buffer.from('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n')),
    fc.constant(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n').subarray(0, 20)),
  );
  await fc.assert(
    fc.asyncProperty(noise, async (bytes) => {
      const answer = await send(bytes, true);
      if (answer !== undefined) judge(answer, ELSEWHERE);
    }),
    RUNS,
  );
});

test('oversized headers, queries and bodies get a documented refusal', async () => {
  const huge = 'x'.repeat(200_000);
  judge(await send(Buffer.from(`GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${huge}\r\n\r\n`)), BROKEN_HTTP);
  judge(await send(Buffer.from(`GET /?Action=${huge} HTTP/1.1\r\nHost: x\r\n\r\n`)), BROKEN_HTTP);
  const body = JSON.stringify({ Mobile: 'x'.repeat(11 * 1024 * 1024) });
  const refused = await send(sign('MobileStatus', body));
  judge(refused, []);
  assert.match(refused?.body.toString() ?? '', /RequestSizeLimitExceeded/);
  const announced = sign('MobileStatus', '{}')
    .toString('latin1')
    .replace('Content-Length: 2', 'Content-Length: 99999999');
  const answer = await send(Buffer.from(announced, 'latin1'));
  judge(answer, []);
});
