import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Caller } from './caller-address.ts';
import { provenanceOf } from './same-origin.ts';
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts';

const LOCAL: Caller = { address: '127.0.0.1', isSecure: false, isLocal: true, host: '127.0.0.1:8080' };
const SECURE: Caller = { address: '192.0.2.7', isSecure: true, isLocal: false, host: 'shop.example' };
const PLAIN: Caller = { ...SECURE, isSecure: false };

test('under TLS the cookie can be set by this host only and never travels in the clear', () => {
  assert.equal(
    writeSessionCookie('abc', 60, SECURE),
    '__Host-lineproof_session=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure',
  );
  assert.equal(
    writeSessionCookie('', 0, LOCAL),
    'lineproof_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
  );
  assert.equal(readSessionCookie('lineproof_session=abc', SECURE), undefined);
  assert.equal(readSessionCookie('__Host-lineproof_session=abc', SECURE), 'abc');
});

test('a cookie that was planted beside ours, or that came over plain HTTP, is no session', () => {
  assert.equal(readSessionCookie('a=1; lineproof_session=abc; b=2', LOCAL), 'abc');
  assert.equal(readSessionCookie('lineproof_session=abc; lineproof_session=evil', LOCAL), undefined);
  assert.equal(readSessionCookie('lineproof_session=abc', PLAIN), undefined);
  assert.equal(readSessionCookie('__Host-lineproof_session=abc', PLAIN), undefined);
  for (const value of ['', 'a b', '"abc"', 'a,b', 'x'.repeat(200)])
    assert.equal(readSessionCookie(`lineproof_session=${value}`, LOCAL), undefined);
});

test('a page is of this origin only when everything the browser says agrees', () => {
  const cases: readonly (readonly [Record<string, string>, string])[] = [
    [{}, 'unsaid'],
    [{ origin: 'https://shop.example' }, 'own'],
    [{ 'sec-fetch-site': 'same-origin' }, 'own'],
    [{ origin: 'https://shop.example', 'sec-fetch-site': 'same-origin' }, 'own'],
    [{ origin: 'http://shop.example' }, 'foreign'],
    [{ origin: 'https://shop.example:8443' }, 'foreign'],
    [{ origin: 'https://shop.example.evil.example' }, 'foreign'],
    [{ origin: 'null' }, 'foreign'],
    [{ 'sec-fetch-site': 'same-site' }, 'foreign'],
    [{ 'sec-fetch-site': 'none' }, 'foreign'],
    [{ origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' }, 'foreign'],
  ];
  for (const [headers, expected] of cases)
    assert.equal(provenanceOf(headers, SECURE), expected, JSON.stringify(headers));
});
