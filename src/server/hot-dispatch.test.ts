import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHotDispatch } from './hot-dispatch.ts';
import type { HotRequest, HotRoute } from './hot-route.ts';

const routeOf = (name: string, prefix: string, bodyMaxBytes: number): HotRoute => ({
  bodyMaxBytes,
  nowMs: () => 7,
  matches: (_method, url) => url.startsWith(prefix),
  answer: async () => ({ headers: [], body: name }),
  refuse: (_request, reason) => ({ status: 413, headers: [], body: `${name} ${reason}` }),
});
const requestTo = (url: string): HotRequest => ({
  method: 'POST',
  url,
  rawHeaders: [],
  body: Buffer.alloc(0),
  address: () => '',
  receivedAtMs: 0,
});

const dispatch = createHotDispatch(routeOf('first', '/a', 10), routeOf('last', '/', 20));

test('a request belongs to the first route that matches it, its refusal too', async () => {
  assert.equal((await dispatch.answer(requestTo('/a/x'))).body, 'first');
  assert.equal((await dispatch.answer(requestTo('/b'))).body, 'last');
  assert.equal(dispatch.refuse(requestTo('/a'), 'overloaded').body, 'first overloaded');
  assert.equal(dispatch.refuse(requestTo('/b'), 'overloaded').body, 'last overloaded');
});

test('what no route matches is not taken', () => {
  const narrow = createHotDispatch(routeOf('first', '/a', 10), routeOf('last', '/b', 20));
  assert.deepEqual(
    ['/a', '/b', '/c'].map((url) => narrow.matches('POST', url, [])),
    [true, true, false],
  );
  assert.equal(narrow.bodyMaxBytes, 20);
});
