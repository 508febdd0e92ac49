// The console's files over the real framework, from a small directory such as a build leaves.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { makeTemporaryDirectory } from '../../test/support/temporary-directory.ts';
import { addConsoleFiles } from './console-files.ts';

const PAGE = '<meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__"></script>';
const SCRIPT = 'console.log(1);'.repeat(50);

function serve(t: TestContext, isBuilt = true) {
  const root = makeTemporaryDirectory(t);
  const directory = join(root, 'dist');
  mkdirSync(join(directory, 'assets'), { recursive: true });
  mkdirSync(join(directory, '.vite'));
  if (isBuilt) writeFileSync(join(directory, 'index.html'), PAGE);
  writeFileSync(join(directory, 'assets', 'main-1a2b.js'), SCRIPT);
  writeFileSync(join(directory, 'assets', 'main-1a2b.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(directory, 'assets', 'main-1a2b.js.br'), 'brotli');
  writeFileSync(join(directory, 'icon.svg'), '<svg/>');
  writeFileSync(join(directory, '.vite', 'manifest.json'), '{}');
  writeFileSync(join(root, 'master.key'), 'secret');
  let drawn = 0;
  const server = Fastify();
  addConsoleFiles(server, {
    directory,
    random: {
      bytes(count) {
        drawn += 1;
        return Buffer.alloc(count, drawn);
      },
    },
  });
  t.after(() => server.close());
  return server;
}

test('every page of the console is the one page, with a nonce of its own in page and policy', async (t) => {
  const server = serve(t);
  const nonces = new Set<string>();
  for (const url of ['/console', '/console/', '/console/services/line-status', '/console/keys?new=1']) {
    const { statusCode, headers, body } = await server.inject(url);
    assert.equal(statusCode, 200, url);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    const [, nonce = ''] = /nonce="([^"]+)"/.exec(body) ?? [];
    assert.ok(!body.includes('__CSP_NONCE__'));
    assert.ok(String(headers['content-security-policy']).includes(`style-src 'self' 'nonce-${nonce}'`));
    nonces.add(nonce);
  }
  assert.equal(nonces.size, 4);
});

test('the policy lets in nothing from elsewhere, nothing inline and no frame', async (t) => {
  const { headers } = await serve(t).inject('/console');
  const policy = String(headers['content-security-policy']);
  for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
    assert.ok(policy.split('; ').includes(rule), rule);
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
});

test('files are kept for good, come compressed as the browser takes them, and once only', async (t) => {
  const server = serve(t);
  const get = (headers: Record<string, string>) =>
    server.inject({ url: '/console/assets/main-1a2b.js', headers });
  const plain = await get({});
  assert.equal(plain.body, SCRIPT);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal(plain.headers.vary, 'Accept-Encoding');
  const zipped = await get({ 'accept-encoding': 'gzip, deflate' });
  assert.equal(zipped.headers['content-encoding'], 'gzip');
  assert.equal(gunzipSync(zipped.rawPayload).toString(), SCRIPT);
  assert.equal((await get({ 'accept-encoding': 'gzip, br' })).body, 'brotli');
  assert.equal((await get({ 'accept-encoding': 'br;q=0, gzip' })).headers['content-encoding'], 'gzip');
  const etag = String(plain.headers.etag);
  for (const tags of [etag, `W/${etag}`, `"x", ${etag}`])
    assert.equal((await get({ 'if-none-match': tags })).statusCode, 304, tags);
  assert.equal((await get({ 'if-none-match': '"x"' })).statusCode, 200);
});

test('HEAD says the same without a body, and nothing else is allowed', async (t) => {
  const server = serve(t);
  for (const url of ['/console', '/console/assets/main-1a2b.js']) {
    const head = await server.inject({ method: 'HEAD', url });
    assert.deepEqual([head.statusCode, head.body], [200, '']);
    const post = await server.inject({ method: 'POST', url });
    assert.deepEqual([post.statusCode, post.headers.allow], [405, 'GET, HEAD']);
  }
});

test('no way of writing a path leads to a file that the build did not publish', async (t) => {
  const server = serve(t);
  for (const path of [
    '/../master.key',
    '/..%2fmaster.key',
    '/%2e%2e/master.key',
    '/assets/../../master.key',
    '/assets/..%2f..%2fmaster.key',
    '/assets/%252e%252e/master.key',
    '/assets/..\\..\\master.key',
    '/assets/%5c..%5cmaster.key',
    '/assets/main-1a2b.js%00.svg',
    '/assets/main-1a2b.js.br',
    '/assets/none.js',
    '/assets/',
    '/.vite/manifest.json',
    '/index.html',
    '//etc/passwd',
    '/%c0%ae%c0%ae/master.key',
    '/%',
  ]) {
    const { statusCode, body } = await server.inject(`/console${path}`);
    assert.ok(statusCode === 404 || statusCode === 400, `${path}: ${statusCode}`);
    assert.ok(!body.includes('secret'), path);
  }
});

test('without a build the page says what to do, and the server goes on', async (t) => {
  const { statusCode, body } = await serve(t, false).inject('/console');
  assert.equal(statusCode, 503);
  assert.match(body, /npm run build:console/);
});
