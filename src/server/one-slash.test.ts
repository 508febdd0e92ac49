import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutSlash } from './one-slash.ts';

test('one slash at the end of a management call’s path is taken away, and nothing else', () => {
  for (const [url, read] of [
    ['/api/v1/credentials/', '/api/v1/credentials'],
    ['/api/v1/credentials/7/?page=1/', '/api/v1/credentials/7?page=1/'],
    ['http://host/api/v1/balance/', 'http://host/api/v1/balance'],
    ['HTTP://host/api/v1/balance/', 'HTTP://host/api/v1/balance'],
    ['/api/v1/balance//', '/api/v1/balance/'],
    ['/api/v1/credentials?path=/', '/api/v1/credentials?path=/'],
    ['/api/v1/', '/api/v1/'],
    ['/api/v1//', '/api/v1//'],
    ['/api/v1/?a/', '/api/v1/?a/'],
    ['/api/v10/x/', '/api/v10/x/'],
    ['/healthz/', '/healthz/'],
    ['/console/', '/console/'],
    ['/', '/'],
    ['', ''],
  ] as const)
    assert.equal(withoutSlash(url), read, url);
});
