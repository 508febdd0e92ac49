import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorOf, protocolOver, tc3, v1 } from '../../../test/support/tencent-protocol.ts';
import { createCandidates } from './candidates.ts';
import type { TencentRequest } from './index.ts';

function candidatesOf(host: string, path: string, extraHosts: readonly string[] = []): string[] {
  const candidates = createCandidates(extraHosts)(host, path);
  const texts: string[] = [];
  for (let kind = 0; kind < candidates.kinds; kind += 1) {
    const candidate = candidates.at(kind);
    if (candidate !== undefined) texts.push(candidate.host + candidate.path);
  }
  return texts;
}

test('host as sent, without port, in lower case; path as requested and /; nothing twice', () => {
  assert.deepEqual(candidatesOf('127.0.0.1:8080', '/'), ['127.0.0.1:8080/', '127.0.0.1/']);
  assert.deepEqual(candidatesOf('Example:80', '/tencent/'), [
    ...['Example:80/tencent/', 'Example:80/', 'Example/tencent/', 'Example/'],
    ...['example:80/tencent/', 'example:80/', 'example/tencent/', 'example/'],
  ]);
  assert.deepEqual(candidatesOf('[::1]:8080', '/'), ['[::1]:8080/', '[::1]/']);
  assert.deepEqual(candidatesOf('http://127.0.0.1:8080', '/'), ['http://127.0.0.1:8080/']);
  assert.deepEqual(candidatesOf('127.0.0.1:8080/tencent', '/'), ['127.0.0.1:8080/tencent/']);
  assert.deepEqual(candidatesOf('::1', '/'), ['::1/']);
  assert.deepEqual(candidatesOf('', '/'), ['/']);
});

test('extra host names are tried, and their number is bounded', () => {
  assert.deepEqual(candidatesOf('a', '/', ['b', 'a']), ['a/', 'b/']);
  assert.throws(() => createCandidates(['a', 'b', 'c', 'd', 'e']), RangeError);
});

function sentTo(request: TencentRequest, host: string, url = request.url): TencentRequest {
  const rawHeaders = request.rawHeaders.map((text, i) =>
    request.rawHeaders[i - 1] === 'Host' ? host : text,
  );
  return { ...request, url, rawHeaders };
}

const CODE = 'AuthFailure.SignatureFailure';

test('what SDKs sign of a host and path is accepted in both methods, and other hosts are not', () => {
  const protocol = protocolOver(undefined, { extraHosts: ['faceid.tencentcloudapi.com'] });
  for (const sign of [(host: string) => tc3({ host }), (host: string) => v1({}, { host })]) {
    for (const signed of ['localhost:8080', 'localhost', 'faceid.tencentcloudapi.com']) {
      assert.equal(errorOf(protocol, sentTo(sign(signed), 'localhost:8080')), undefined, signed);
      assert.equal(errorOf(protocol, sentTo(sign(signed), 'localhost:8080', '/tencent/')), undefined, signed);
    }
    assert.equal(errorOf(protocol, sentTo(sign('localhost'), 'LOCALHOST:8080')), undefined);
    assert.equal(errorOf(protocol, sentTo(sign('localhost:8081'), 'localhost:8080'))?.Code, CODE);
    assert.equal(errorOf(protocol, sentTo(sign('example.com'), 'localhost:8080'))?.Code, CODE);
  }
});

test('clients of one key may sign differently in turn', () => {
  const protocol = protocolOver();
  for (let turn = 0; turn < 3; turn += 1) {
    for (const signed of ['LOCALHOST:8080', 'LOCALHOST', 'localhost:8080', 'localhost']) {
      assert.equal(errorOf(protocol, sentTo(tc3({ host: signed }), 'LOCALHOST:8080')), undefined, signed);
    }
    const contentType = 'application/json; charset=UTF-8';
    assert.equal(errorOf(protocol, tc3({ contentType })), undefined);
    const lower = tc3({ contentType: contentType.toLowerCase() });
    const rawHeaders = lower.rawHeaders.map((text) =>
      text === contentType.toLowerCase() ? contentType : text,
    );
    assert.equal(errorOf(protocol, { ...lower, rawHeaders }), undefined);
  }
});

test('an unsigned payload is accepted only where the header says so', () => {
  const protocol = protocolOver();
  const request = tc3({ unsignedPayload: true });
  assert.equal(errorOf(protocol, request), undefined);
  const rawHeaders = request.rawHeaders.map((text) => (text === 'UNSIGNED-PAYLOAD' ? 'unsigned' : text));
  assert.equal(errorOf(protocol, { ...request, rawHeaders })?.Code, CODE);
});
