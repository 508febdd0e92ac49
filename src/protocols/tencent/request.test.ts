import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTencentRequest, splitTarget, traceIdOf } from './request.ts';

const BROWSER = ['Accept', 'text/html,application/xhtml+xml'];

test('the protocol lives on /, /tencent and /tencent/, with any method', () => {
  for (const url of ['/', '/?Action=x', '/tencent', '/tencent/', '/tencent/?a=b', 'http://h/', 'http://h']) {
    for (const method of ['GET', 'POST', 'PUT']) assert.ok(isTencentRequest(method, url, []), url);
  }
  for (const url of ['/healthz', '/tencent/x', '/Tencent', '//', '/tencentx', '/console']) {
    assert.equal(isTencentRequest('POST', url, []), false, url);
  }
});

test('a browser that opens the address is not calling the protocol, unless it does', () => {
  assert.equal(isTencentRequest('GET', '/', BROWSER), false);
  assert.equal(isTencentRequest('GET', '/?from=mail', BROWSER), false);
  assert.equal(isTencentRequest('HEAD', '/', BROWSER), false);
  assert.ok(isTencentRequest('GET', '/?Action=MobileStatus', BROWSER));
  assert.ok(isTencentRequest('GET', '/', [...BROWSER, 'X-Tc-Action', 'MobileStatus']));
  assert.ok(isTencentRequest('POST', '/', BROWSER));
  assert.ok(isTencentRequest('GET', '/tencent', BROWSER));
});

test('a target is cut at the first question mark and never re-encoded', () => {
  assert.deepEqual(splitTarget('/a?b=%20?~'), { path: '/a', query: 'b=%20?~' });
  assert.deepEqual(splitTarget('http://host:1/a?b'), { path: '/a', query: 'b' });
  assert.deepEqual(splitTarget('http://host?b'), { path: '/', query: 'b' });
  assert.deepEqual(splitTarget(''), { path: '/', query: '' });
  const bytes = Buffer.from('/?Name=韦').toString('latin1');
  assert.deepEqual(splitTarget(bytes), { path: '/', query: 'Name=韦' });
});

test('a trace id is sent back only if it fits in a header', () => {
  const traceId = '0b0f4fd0-5a5c-4a0e-9d6c-3b1d1b1f1a11';
  assert.equal(traceIdOf(['X-Tc-TraceId', traceId]), traceId);
  assert.equal(traceIdOf([]), undefined);
  for (const text of ['', 'a b', 'a\r\nSet-Cookie: x', 'é', 'x'.repeat(129)]) {
    assert.equal(traceIdOf(['x-tc-traceid', text]), undefined);
  }
});
