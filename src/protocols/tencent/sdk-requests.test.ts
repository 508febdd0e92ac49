// Whole requests as the official SDKs sent them (fixtures/sdk-requests.jsonl), with the clock set to each.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { errorOf, protocolOver, REQUEST_ID } from '../../../test/support/tencent-protocol.ts';
import type { TencentRequest } from './index.ts';

interface Recorded {
  readonly id: string;
  readonly head: readonly string[];
  readonly body: string;
}

const FILE = new URL('fixtures/sdk-requests.jsonl', import.meta.url);
const RECORDED = readFileSync(FILE, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

const MULTIPART = ['node-7', 'py-8'];
const UNSIGNED = ['node-6'];
const FOREIGN_TOKEN = ['node-1'];

function requestOf({ head, body }: Recorded): TencentRequest {
  const [start = '', ...headers] = head;
  const [method = '', url = ''] = start.split(' ');
  const rawHeaders = headers.flatMap((line) => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  const timestamp = /(?:X-TC-Timestamp: |Timestamp=)(\d+)/.exec(`${head.join('\n')}\n${body}`)?.[1];
  return {
    requestId: REQUEST_ID,
    method,
    url,
    rawHeaders,
    body: Buffer.from(body),
    receivedAtMs: Number(timestamp) * 1000,
  };
}

function expectedError({ id }: Recorded): string | undefined {
  if (MULTIPART.includes(id)) return 'UnsupportedProtocol';
  if (UNSIGNED.includes(id)) return 'AuthFailure.InvalidAuthorization';
  return FOREIGN_TOKEN.includes(id) ? 'AuthFailure.TokenFailure' : undefined;
}

test('every request passes authentication or is refused for what it is', () => {
  const protocol = protocolOver();
  assert.ok(RECORDED.length >= 19);
  for (const recorded of RECORDED) {
    assert.equal(errorOf(protocol, requestOf(recorded))?.Code, expectedError(recorded), recorded.id);
  }
});

const SIGNED = RECORDED.filter(({ id }) => !UNSIGNED.includes(id));

function assertMismatch(request: TencentRequest, what: string): void {
  assert.equal(errorOf(protocolOver(), request)?.Code, 'AuthFailure.SignatureFailure', what);
}

test('a changed byte of the body breaks the signature', () => {
  for (const recorded of SIGNED.filter(({ body }) => body !== '')) {
    const request = requestOf(recorded);
    const body = recorded.body.replace(/13800138000|16137688175|"1"|18766554433/, (text) =>
      text.replace('1', '2'),
    );
    assert.notEqual(body, recorded.body, recorded.id);
    assertMismatch({ ...request, body: Buffer.from(body) }, recorded.id);
  }
});

test('a changed byte of the query breaks the signature', () => {
  const queried = SIGNED.map(requestOf).filter(({ url }) => url.includes('?'));
  assert.ok(queried.length >= 4);
  for (const request of queried) {
    for (const [from, to] of [
      ['Mobile=x', 'Mobile=y'],
      ['16137688175', '16137688176'],
    ] as const) {
      if (request.url.includes(from)) assertMismatch({ ...request, url: request.url.replace(from, to) }, to);
    }
  }
});

test('a changed timestamp breaks the signature', () => {
  for (const recorded of SIGNED) {
    const request = requestOf(recorded);
    const later = (text: string) => text.replace(/^\d+$/, (seconds) => String(Number(seconds) + 1));
    const changed = {
      ...request,
      rawHeaders: request.rawHeaders.map((text, i) =>
        request.rawHeaders[i - 1] === 'X-TC-Timestamp' ? later(text) : text,
      ),
      url: request.url.replace(/(?<=Timestamp=)\d+/, later),
      body: Buffer.from(request.body.toString().replace(/(?<=Timestamp=)\d+/, later)),
    };
    assert.notDeepEqual(changed, request, recorded.id);
    assertMismatch(changed, recorded.id);
  }
});

test('a request outside the window of five minutes has expired, on either side', () => {
  for (const recorded of SIGNED) {
    const request = requestOf(recorded);
    for (const [seconds, code] of [
      [-301, 'AuthFailure.SignatureExpire'],
      [-300, expectedError(recorded)],
      [300, expectedError(recorded)],
      [301, 'AuthFailure.SignatureExpire'],
    ] as const) {
      const shifted = { ...request, receivedAtMs: request.receivedAtMs + seconds * 1000 };
      assert.equal(errorOf(protocolOver(), shifted)?.Code, code, `${recorded.id} ${seconds}`);
    }
  }
});

test('the recorded values arrive under our own names', () => {
  const input = (id: string) => {
    const recorded = RECORDED.find((candidate) => candidate.id === id);
    assert.ok(recorded);
    return protocolOver().readCall(requestOf(recorded)).input;
  };
  const person = {
    idCard: '11204416541220243X',
    name: "韦小宝 O'Neil(a*b)!~+&=%",
    msisdn: '16137688175',
  };
  for (const id of ['node-2', 'node-3', 'node-4', 'py-0', 'py-1', 'py-2', 'py-3', 'py-5', 'py-6']) {
    assert.deepEqual(input(id), person, id);
  }
  assert.deepEqual(input('node-0'), { msisdn: '13800138000' });
  assert.deepEqual(input('nintl-4'), { type: 1, contact: '18766554433', verifyCode: '123456' });
});
