// Bad input to the AceData calls over raw sockets: whatever arrives, the answer is a documented one, no personal value
// comes back, and the server is still there.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import fc from 'fast-check';
import { type AceDataCall, aceDataBytes, CHECK_1E, CHECK_2E, CHECK_3E } from '../support/call-acedata.ts';
import { type Answer, exchange } from '../support/http-client.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

/** From the vendor's documents. */
const STATUSES: Readonly<Record<string, number>> = {
  ...{ token_mismatched: 400, api_not_implemented: 400, bad_request: 400, no_token: 400, invalid_token: 401 },
  ...{ used_up: 403, disabled: 403, no_api: 404, too_many_requests: 429, api_error: 500, timeout: 504 },
};
/** Broken HTTP may be answered below the protocol. */
const BROKEN_HTTP = [400, 408, 413, 414, 417, 431];
const PATHS = [CHECK_1E, CHECK_2E, CHECK_3E];
const FIELDS = [
  ...['mobile', 'phone', 'name', 'id_card', 'verify_mode', 'encryption', 'encrypt_list', 'ciphertext_blob'],
  ...['iv', 'tag_list', 'algorithm', 'encryptList', 'CiphertextBlob', '__proto__', 'constructor', 'toString'],
];
const RUNS = propertyRuns(150);

const person = makePerson(1);
let server: RunningServer;
let account: NewAccount;
// The server ends before its directory goes.
after(async () => {
  const log = server?.stderr() ?? '';
  assert.equal(await server?.stop(), 0);
  assert.doesNotMatch(log, /uncaught|unhandled|a call met a defect/i);
  for (const secret of [person.number, person.name, person.idCard, account.token])
    assert.ok(!log.includes(secret), 'personal data in the log');
});
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  mkdirSync(data, { mode: 0o700 });
  account = await createAccount(data, ['--quota', '100000', '--rate', '100000', '--daily-limit', '100000']);
  await importPeople(data, [person]);
  server = await startServer({ data, args: ['--log-requests', 'all', '--log-level', 'trace'] });
});

afterEach(async () => {
  const answer = await send({ body: { mobile: person.number } });
  assert.match(answer?.body.toString() ?? '', /"result":"0"/, 'a good call after the bad ones');
});

async function send(call: AceDataCall | Buffer): Promise<Answer | undefined> {
  const bytes = Buffer.isBuffer(call) ? call : aceDataBytes({ token: account.token, ...call });
  const met = await exchange(server.port, bytes);
  assert.notEqual(met.kind, 'silent', 'the server neither answered nor closed');
  return met.kind === 'answer' ? met.answer : undefined;
}

function judge(answer: Answer | undefined, isBrokenHttp = false): void {
  assert.ok(answer !== undefined, 'the connection was closed without an answer');
  const { status, headers } = answer;
  const text = answer.body.toString();
  assert.doesNotMatch(text, /\bat [^\n]*:\d+:\d+|\.ts:\d|node:internal|node_modules/, 'a stack trace');
  for (const secret of [person.name, person.idCard, account.token]) assert.ok(!text.includes(secret));
  if (isBrokenHttp && BROKEN_HTTP.includes(status) && text === '') return;
  assert.equal(headers.get('content-type'), 'application/json', text);
  const json = JSON.parse(text) as { result?: string; error?: { code: string }; trace_id?: string };
  if (status === 200) {
    assert.match(json.result ?? '', /^(?:0|1|-[1-6])$/);
    return;
  }
  const code = json.error?.code ?? '';
  assert.equal(status, STATUSES[code], text);
  assert.match(json.trace_id ?? '', /^[0-9a-f-]{36}$/);
  // Nothing that a caller sends is a fault of ours.
  assert.notEqual(code, 'api_error', text);
}

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
  { weight: 2, arbitrary: fc.array(fc.oneof(leaf, fc.constantFrom(...FIELDS)), { maxLength: 6 }) },
  { weight: 2, arbitrary: fc.dictionary(fc.constantFrom(...FIELDS), leaf, { maxKeys: 6 }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const key = fc.oneof(fc.constantFrom(...FIELDS), fc.string({ unit: 'binary', maxLength: 20 }));

test('JSON with any fields', async () => {
  const body = fc.dictionary(key, value, { maxKeys: 8 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...PATHS), body, async (path, fields) => {
      judge(await send({ path, body: JSON.stringify(fields) }));
    }),
    propertyRuns(300),
  );
});

test('bodies that are no plain JSON object: invalid UTF-8, nesting, numbers, names twice, nothing', async () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.jsonValue().map((json) => Buffer.from(JSON.stringify(json))),
    fc.integer({ min: 1, max: 60_000 }).map((depth) => Buffer.from('['.repeat(depth))),
    fc
      .integer({ min: 1, max: 8000 })
      .map((depth) => Buffer.from(`{"mobile":${'{"a":'.repeat(depth)}1${'}'.repeat(depth + 1)}`)),
    fc
      .tuple(fc.constantFrom('mobile', '\\u006dobile'), fc.constantFrom('mobile', '\\u006Dobile'))
      .map(([a, b]) => Buffer.from(`{"${a}":"${person.number}","${b}":"1"}`)),
    fc.constant(Buffer.from(`\ufeff{"mobile":"${person.number}"}`)),
    fc.constant(Buffer.from(`{"__proto__":{"mobile":"${person.number}"}}`)),
  );
  await fc.assert(
    fc.asyncProperty(body, async (bytes) => judge(await send({ body: bytes }))),
    RUNS,
  );
});

test('any headers and any Authorization', async () => {
  const text = fc.stringMatching(/^[\x21-\x7e\x80-\xff]{0,60}$/);
  const names = [
    'Authorization',
    'Content-Type',
    'Accept',
    'Accept-Language',
    'Content-Encoding',
    'Cookie',
    'X-Odd',
  ];
  const authorization = fc.oneof(
    text,
    text.map((token) => `Bearer ${token}`),
    fc.integer({ min: 1, max: 20_000 }).map((length) => `Bearer ${'x'.repeat(length)}`),
    fc.constant(() => `bearer ${account.token}`).map((make) => make()),
  );
  const headers = fc.tuple(fc.dictionary(fc.constantFrom(...names), text, { maxKeys: 5 }), authorization);
  await fc.assert(
    fc.asyncProperty(headers, async ([given, Authorization]) => {
      judge(await send({ body: { mobile: person.number }, headers: { Authorization, ...given } }), true);
    }),
    RUNS,
  );
});

test('any method and any path below /identity', async () => {
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'QUERY');
  const path = fc.oneof(
    fc.constantFrom(
      ...PATHS,
      '/identity',
      '/identity/',
      '/identity?',
      '/identity/../',
      '/identity/idcard/ocr',
    ),
    fc.constantFrom('/identity/%70hone/check-1e', '/identity/phone/check-1e//', '/identity/phone/CHECK-1E'),
    fc.constantFrom('http://x/identity/phone/check-1e', '/identity/phone/check-1e?a=/../b'),
    fc.stringMatching(/^\/identity\/[!-"$-~]{0,80}$/),
  );
  await fc.assert(
    fc.asyncProperty(method, path, async (verb, target) => {
      judge(await send({ method: verb, path: target, body: { mobile: person.number } }), true);
    }),
    RUNS,
  );
});

test('bytes in pieces, in a row and chunked are the same request', async () => {
  const chunked = `POST ${CHECK_1E} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${account.token}\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const body = JSON.stringify({ mobile: person.number });
  const half = body.length >> 1;
  const chunks = [body.slice(0, half), body.slice(half), '']
    .map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    .join('');
  judge(await send(Buffer.from(chunked + chunks)));
  const one = aceDataBytes({ token: account.token, body: { mobile: person.number } });
  judge(await send(Buffer.concat([one, one])));
});
