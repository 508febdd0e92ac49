import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAceDataRequest, pathOf } from './request.ts';

test('what is below /identity belongs to this protocol, and nothing else does', () => {
  for (const url of ['/identity', '/identity/', '/identity?a', '/identity/x/y', 'http://host/identity/x'])
    assert.ok(isAceDataRequest(url), url);
  for (const url of [
    '/',
    '',
    '*',
    '/identityx',
    '/identity%2fx',
    '/x/identity/',
    '//identity/',
    '/Identity/x',
  ])
    assert.ok(!isAceDataRequest(url), url);
});

test('a path is read without its query, its host and one slash at its end', () => {
  for (const url of ['/identity/x', '/identity/x/', '/identity/x?a=/b/', 'https://host:1/identity/x/?q'])
    assert.equal(pathOf(url), '/identity/x');
});
