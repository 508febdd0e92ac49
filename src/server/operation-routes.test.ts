import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import type { NumberRange } from '../ports/source.ts';
import { createMetrics } from './metrics.ts';
import { addOperationRoutes } from './operation-routes.ts';

const RANGES: readonly NumberRange[] = [
  { prefix: '+1202', holder: '<b>Tom & "Co"</b>', actions: ['line-status', 'line-tenure'] },
  { prefix: '+86138', holder: 'mobile', actions: [] },
];

function serve(reasons: string[] = [], metricsToken?: string, numberRanges = () => RANGES) {
  const server = Fastify();
  addOperationRoutes(server, {
    metrics: createMetrics({
      readLedger: () => ({
        inFlight: 0,
        droppedLogs: 0,
        failedBatches: 0,
        batches: { bounds: [], commits: [], calls: 0 },
      }),
      isRegistryPresent: () => false,
    }),
    metricsToken,
    unreadyReasons: () => reasons,
    publicKeys: () => ({ rsaPkcs1Pem: 'RSA PEM', sm2SpkiPem: 'SM2 PEM' }),
    numberRanges,
  });
  return server;
}

test('health is up always, readiness says why not', async () => {
  const server = serve(['the ledger cannot be written']);
  assert.equal((await server.inject('/healthz')).statusCode, 200);
  const answer = await server.inject('/readyz');
  assert.equal(answer.statusCode, 503);
  assert.deepEqual(answer.json(), { ready: false, reasons: ['the ledger cannot be written'] });
  assert.equal((await serve().inject('/readyz')).statusCode, 200);
});

interface Asker {
  readonly token?: string;
  readonly remoteAddress: string;
  readonly headers?: Record<string, string>;
}

async function askMetrics({ token, remoteAddress, headers = {} }: Asker): Promise<number> {
  return (await serve([], token).inject({ url: '/metrics', remoteAddress, headers })).statusCode;
}

test('without a token, metrics are for who connects from a loopback address', async () => {
  assert.equal(await askMetrics({ remoteAddress: '127.0.0.1' }), 200);
  assert.equal(await askMetrics({ remoteAddress: '::ffff:127.0.0.9' }), 200);
  assert.equal(await askMetrics({ remoteAddress: '10.0.0.1' }), 403);
  const headers = { authorization: 'Bearer undefined' };
  assert.equal(await askMetrics({ remoteAddress: '10.0.0.1', headers }), 403);
});

test('without a token, nobody reads metrics through a proxy, wherever it says that he comes from', async () => {
  for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'])
    for (const remoteAddress of ['127.0.0.1', '10.0.0.1'])
      assert.equal(await askMetrics({ remoteAddress, headers: { [name]: '127.0.0.1' } }), 403, name);
});

test('with a token, metrics are for its bearer only, from loopback addresses and through proxies too', async () => {
  const token = 'right';
  for (const remoteAddress of ['127.0.0.1', '::1', '10.0.0.1']) {
    const ask = (headers: Record<string, string>) => askMetrics({ token, remoteAddress, headers });
    assert.equal(await ask({}), 401);
    assert.equal(await ask({ authorization: 'Bearer wrong' }), 401);
    assert.equal(await ask({ authorization: 'Bearer right' }), 200);
    assert.equal(await ask({ authorization: 'Bearer right', 'x-forwarded-for': '10.0.0.2' }), 200);
  }
});

test('public keys come as PEM and as Base64 of the PEM', async () => {
  const keys = (await serve().inject('/public-keys')).json() as Record<
    string,
    { pem: string; base64: string }
  >;
  assert.deepEqual(keys['SM4-GCM'], { pem: 'SM2 PEM', base64: Buffer.from('SM2 PEM').toString('base64') });
  assert.equal(keys['AES-256-CBC']?.pem, 'RSA PEM');
});

test('the number ranges come as JSON, and as a page where HTML is asked for', async () => {
  const json = await serve().inject('/number-ranges');
  assert.match(String(json.headers['content-type']), /^application\/json/);
  assert.deepEqual(json.json(), RANGES);
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
  const page = await serve().inject({ url: '/number-ranges', headers: { accept } });
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(page.headers.vary, 'Accept');
  assert.ok(page.body.includes('<td>+86138</td><td>mobile</td><td>every action</td>'));
  assert.ok(page.body.includes('<td>line-status, line-tenure</td>'));
});

test('what an operator wrote into the number ranges is text on the page, never markup', async () => {
  const page = await serve().inject({ url: '/number-ranges', headers: { accept: 'text/html' } });
  assert.ok(page.body.includes('&lt;b&gt;Tom &amp; &quot;Co&quot;&lt;/b&gt;'));
  assert.ok(!page.body.includes('<b>'));
});

test('the number ranges are those of the moment, and written out once for each table', async () => {
  let ranges = RANGES;
  let written = 0;
  const counted = (range: NumberRange) => ({
    ...range,
    toJSON: () => {
      written += 1;
      return range;
    },
  });
  ranges = RANGES.map(counted);
  const server = serve([], undefined, () => ranges);
  for (const _ of [1, 2, 3]) assert.deepEqual((await server.inject('/number-ranges')).json(), RANGES);
  assert.equal(written, RANGES.length);
  ranges = RANGES.slice(0, 1).map(counted);
  assert.deepEqual((await server.inject('/number-ranges')).json(), RANGES.slice(0, 1));
});

test('whoever opens the address in a browser is led to the console', async () => {
  const { statusCode, headers } = await serve().inject('/');
  assert.deepEqual([statusCode, headers.location], [302, '/console']);
  for (const path of ['/healthz', '/readyz', '/public-keys', '/number-ranges'])
    assert.equal((await serve().inject(path)).statusCode, 200, path);
});

test('what is not there is a 404 in JSON, and every answer carries the security headers', async () => {
  for (const url of ['/nothing', '/', '/healthz']) {
    const { statusCode, headers } = await serve().inject(url);
    assert.equal(statusCode, { '/nothing': 404, '/': 302 }[url] ?? 200);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(String(headers['content-security-policy']), /default-src 'none'/);
  }
  assert.deepEqual((await serve().inject('/nothing')).json(), { error: 'not found' });
});
