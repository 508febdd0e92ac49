import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Caller, createCallerReader } from './caller-address.ts';

function read(
  trusted: readonly string[],
  remoteAddress: string,
  headers: Record<string, string> = {},
  encrypted = false,
): Caller {
  return createCallerReader(trusted)({
    headers: { host: 'example.org', ...headers },
    socket: { remoteAddress, encrypted } as never,
  });
}

test('nobody names his own address: without a trusted proxy the socket says who calls', () => {
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
    const caller = read([], '192.0.2.7', { [name]: '10.0.0.1', 'x-forwarded-proto': 'https' });
    assert.deepEqual(caller, { address: '192.0.2.7', isSecure: false, isLocal: false, host: 'example.org' });
  }
});

test('a proxy on the same machine that is not trusted makes nobody local', () => {
  assert.equal(read([], '127.0.0.1').isLocal, true);
  assert.equal(read([], '::1').isLocal, true);
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])
    assert.equal(read([], '127.0.0.1', { [name]: '127.0.0.1' }).isLocal, false, name);
});

test('what stands left of the last untrusted hop may be written by anybody and is not believed', () => {
  const trusted = ['10.0.0.0/8', '2001:db8::/32'];
  const addressOf = (forwarded: string, socket = '10.0.0.1') =>
    read(trusted, socket, { 'x-forwarded-for': forwarded }).address;
  assert.equal(addressOf('127.0.0.1, 198.51.100.9'), '198.51.100.9');
  assert.equal(addressOf('127.0.0.1, 198.51.100.9, 10.2.3.4'), '198.51.100.9');
  assert.equal(addressOf('198.51.100.9', '::ffff:10.0.0.1'), '198.51.100.9');
  assert.equal(addressOf('198.51.100.9, 2001:db8::7'), '198.51.100.9');
  assert.equal(addressOf('198.51.100.9:4711'), '198.51.100.9');
  assert.equal(addressOf('[2001:db9::1]:4711'), '2001:db9::1');
  assert.equal(addressOf('198.51.100.9, 192.0.2.1', '192.0.2.200'), '192.0.2.200', 'the socket is no proxy');
});

test('a forwarded address that is none ends the way at the proxy that sent it', () => {
  for (const forwarded of [
    '',
    'unknown',
    '198.51.100.9, x',
    ',',
    '1.2.3',
    `${'10.0.0.1,'.repeat(40)}1.1.1.1`,
  ])
    assert.equal(read(['10.0.0.0/8'], '10.0.0.1', { 'x-forwarded-for': forwarded }).address, '10.0.0.1');
});

test('TLS and host are what the trusted proxy says last, and a caller through one can be local only by address', () => {
  const headers = { 'x-forwarded-for': '198.51.100.9', 'x-forwarded-proto': 'http, https' };
  const caller = read(['127.0.0.1'], '127.0.0.1', {
    ...headers,
    'x-forwarded-host': 'evil.example, shop.example',
  });
  assert.deepEqual(caller, { address: '198.51.100.9', isSecure: true, isLocal: false, host: 'shop.example' });
  assert.equal(read(['127.0.0.1'], '127.0.0.1', { 'x-forwarded-proto': 'https, http' }).isSecure, false);
  assert.equal(read([], '192.0.2.7', {}, true).isSecure, true);
});

test('a trusted proxy that names nobody as the caller makes nobody local, not even on the same machine', () => {
  const isLocal = (headers: Record<string, string>, socket = '127.0.0.1') =>
    read(['127.0.0.1', '::1', '10.0.0.1'], socket, headers).isLocal;
  assert.equal(isLocal({ 'x-forwarded-proto': 'http' }), false);
  assert.equal(isLocal({ 'x-forwarded-proto': 'http' }, '::1'), false);
  assert.equal(isLocal({}), false);
  for (const forwarded of [
    '',
    'unknown',
    '127.0.0.1, unknown',
    'unknown, 127.0.0.1',
    `${'127.0.0.1,'.repeat(40)}127.0.0.1`,
  ])
    assert.equal(isLocal({ 'x-forwarded-for': forwarded }), false, forwarded);
  assert.equal(isLocal({ 'x-forwarded-for': '127.0.0.1, 198.51.100.9' }), false);
  assert.equal(isLocal({ 'x-forwarded-for': '127.0.0.1' }), true);
  assert.equal(isLocal({ 'x-forwarded-for': '127.0.0.1' }, '10.0.0.1'), true);
});

test('a list of proxies that cannot be understood is refused', () => {
  for (const network of ['proxy', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::/129', ''])
    assert.throws(() => createCallerReader([network]), /trustedProxies/, network);
});
