// What accounts' URLs reach, against real servers on loopback.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startReceiver } from '../../test/support/receiver.ts';
import { certificate, failsWith, openTransport, post, SIGNAL } from '../../test/support/transport.ts';

test('an account-chosen https URL is called on the checked address, under its own name', async (t) => {
  const receiver = await startReceiver(t, { certificate, answer: () => [201, '{"ok":true}'] });
  const { transport } = openTransport(t);
  const url = `https://hook.example:${receiver.port}/in?a=1#part`;
  const answer = await transport.request(post(url, { headers: { 'x-one': 'two' } }), 'public', SIGNAL);
  assert.deepEqual(answer, { status: 201, body: '{"ok":true}' });
  const [request] = receiver.requests;
  assert.deepEqual([request?.method, request?.url, request?.body], ['POST', '/in?a=1', 'hello']);
  assert.equal(request?.headers.host, `hook.example:${receiver.port}`);
  assert.equal(request?.headers['x-one'], 'two');
});

test('the certificate must be of a trusted authority and of that name; nothing is sent otherwise', async (t) => {
  const receiver = await startReceiver(t, { certificate });
  const other = openTransport(t).transport.request(
    post(`https://other.example:${receiver.port}/`),
    'public',
    SIGNAL,
  );
  await assert.rejects(other, failsWith('unreachable', 'ERR_TLS_CERT_ALTNAME_INVALID'));
  const { transport } = openTransport(t, { ca: undefined });
  const unknown = transport.request(post(`https://hook.example:${receiver.port}/`), 'public', SIGNAL);
  await assert.rejects(unknown, failsWith('unreachable'));
  assert.equal(receiver.requests.length, 0);
});

test('a name that resolves to a private address later is refused, and never looked up twice for one request', async (t) => {
  const receiver = await startReceiver(t, { certificate });
  const answers = ['127.0.0.1', '127.0.0.2', '10.0.0.1'];
  const asked: string[] = [];
  const { transport } = openTransport(t, {
    resolve: async (name) => {
      asked.push(name);
      return [{ address: answers[asked.length - 1] ?? '', family: 4 }];
    },
  });
  const request = post(`https://hook.example:${receiver.port}/`);
  await transport.request(request, 'public', SIGNAL);
  assert.deepEqual(asked, ['hook.example']);
  for (const count of [2, 3]) {
    await assert.rejects(
      transport.request(request, 'public', SIGNAL),
      failsWith('refused', 'private_address'),
    );
    assert.equal(asked.length, count);
  }
  assert.equal(receiver.requests.length, 1);
});

test('one private address among public ones is enough to refuse a name', async (t) => {
  for (const bad of ['127.0.0.2', '169.254.169.254', '::1', '::ffff:10.0.0.1', 'fd00::1', '64:ff9b::a00:1']) {
    for (const addresses of [[bad], ['93.184.216.34', bad], [bad, '93.184.216.34']]) {
      const { transport } = openTransport(t, {
        resolve: async () => addresses.map((address) => ({ address, family: 4 })),
      });
      await assert.rejects(
        transport.request(post('https://hook.example/'), 'public', SIGNAL),
        failsWith('refused', 'private_address'),
        addresses.join(),
      );
    }
  }
});

test('addresses in a URL are judged in every spelling, without a look-up', async (t) => {
  const { transport } = openTransport(t, { resolve: () => assert.fail('looked up'), permittedNetworks: [] });
  for (const host of [
    ...['127.0.0.1', '127.1', '0x7f.0.0.1', '0177.0.0.1', '2130706433', '0', '１２７.0.0.1', '127.0.0.1.'],
    ...['[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]'],
    ...['169.254.169.254', '0xa9fea9fe', '10.1.2.3', '192.168.1.1', '172.16.0.1', '100.64.0.1', '[fe80::1]'],
  ])
    await assert.rejects(
      transport.request(post(`https://${host}/`), 'public', SIGNAL),
      failsWith('refused', 'private_address'),
      host,
    );
});

test('only https without credentials, on 443 or a port from 1024 on, is public', async (t) => {
  const { transport } = openTransport(t, { resolve: async () => [{ address: '93.184.216.34', family: 4 }] });
  for (const [url, reason] of [
    ['http://hook.example/', 'not_https'],
    ['https://user@hook.example/', 'bad_url'],
    ['https://user:word@hook.example/', 'bad_url'],
    ['ftp://hook.example/', 'bad_url'],
    ['file:///etc/passwd', 'bad_url'],
    ['//hook.example/', 'bad_url'],
    ['https://', 'bad_url'],
    ['https://hook.example:22/', 'bad_port'],
    ['https://hook.example:25/', 'bad_port'],
    ['https://hook.example:80/', 'bad_port'],
  ] as const)
    await assert.rejects(transport.request(post(url), 'public', SIGNAL), failsWith('refused', reason), url);
  const strict = openTransport(t, {
    permittedNetworks: [],
    resolve: () => assert.fail('looked up'),
  }).transport;
  await assert.rejects(
    strict.request(post('http://hook.example/'), 'public', SIGNAL),
    failsWith('refused', 'not_https'),
  );
});

test('when the first address of a name takes no connection, the next of the checked ones is tried', async (t) => {
  const receiver = await startReceiver(t, { certificate });
  const addresses = ['127.0.0.3', '127.0.0.1'].map((address) => ({ address, family: 4 }));
  const { transport } = openTransport(t, {
    permittedNetworks: ['127.0.0.1', '127.0.0.3'],
    resolve: async () => addresses,
  });
  const url = `https://hook.example:${receiver.port}/`;
  assert.equal((await transport.request(post(url), 'public', SIGNAL)).status, 200);
});

test('a permitted network may be called over plain http; the address beside it may not', async (t) => {
  const receiver = await startReceiver(t);
  const { transport } = openTransport(t);
  assert.equal((await transport.request(post(`${receiver.origin}/`), 'public', SIGNAL)).status, 200);
  await assert.rejects(
    transport.request(post(`http://127.0.0.2:${receiver.port}/`), 'public', SIGNAL),
    failsWith('refused', 'private_address'),
  );
});

test('a redirect is an answer and is not followed, of whatever kind and to wherever', async (t) => {
  const inner = await startReceiver(t);
  for (const status of [301, 302, 303, 307, 308]) {
    const outer = await startReceiver(t, {
      certificate,
      answer: (_request, response) => {
        response.writeHead(status, { location: `${inner.origin}/secret` }).end();
        return undefined;
      },
    });
    const { transport } = openTransport(t);
    for (const reach of ['public', 'operator'] as const) {
      const url =
        reach === 'public' ? `https://hook.example:${outer.port}/` : `https://127.0.0.1:${outer.port}/`;
      assert.equal((await transport.request(post(url), reach, SIGNAL)).status, status);
    }
    assert.equal(outer.requests.length, 2);
  }
  assert.equal(inner.requests.length, 0);
});
