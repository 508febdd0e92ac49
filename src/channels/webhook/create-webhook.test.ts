// Against a real gateway on loopback, through the real transport.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type StationMood, testMessageChannelContract } from '../../../test/contract/message-channel.ts';
import { NOW_MS } from '../../../test/support/accounts.ts';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { type ReceivedRequest, type ReceiverOptions, startReceiver } from '../../../test/support/receiver.ts';
import { createWebhookVerifier } from '../../codecs/webhook-signature.ts';
import { createTransport } from '../../outbound/create-transport.ts';
import { ChannelError } from '../../ports/channel.ts';
import type { Message } from '../../ports/message-channel.ts';
import { createWebhook, type WebhookOptions } from './create-webhook.ts';

const SIGNAL = new AbortController().signal;
const MESSAGE: Message = {
  ...{ id: '00000000-0000-4000-8000-000000000001', kind: 'phone', to: '+8613800138000', subject: '' },
  ...{ text: '验证码 "123456"\n{to}', language: 'zh', expiresMs: NOW_MS + 300_000 },
};

type Test = Pick<TestContext, 'after'>;

function open(t: Test, url: string, more: Partial<WebhookOptions> = {}) {
  const clock = createManualClock();
  const transport = createTransport({ clock, permittedNetworks: [], connectionsMax: 4, idleMs: 4000 });
  t.after(() => transport.close());
  const channel = createWebhook({
    ...{ name: 'webhook', kinds: ['phone', 'email'], transport, clock, method: 'POST', url, headers: {} },
    ...{
      body: '{"mobile":"{to}","content":"{text}","ref":{"id":"{id}"}}',
      bodyKind: 'json',
      secret: 's3cret',
    },
    answer: {
      ...{ successStatuses: [], retryableStatuses: [429, 502, 503, 504], uncertainStatuses: [] },
      referencePath: 'data.id',
    },
    ...{ timeoutMs: 5000, downMs: 2000 },
    ...more,
  });
  return { channel, clock, transport };
}

async function openWith(
  t: TestContext,
  answer: ReceiverOptions['answer'],
  more: Partial<WebhookOptions> = {},
) {
  const receiver = await startReceiver(t, answer === undefined ? {} : { answer });
  return { receiver, ...open(t, `${receiver.origin}/send`, more) };
}

async function failureOf(sending: Promise<unknown>): Promise<ChannelError> {
  const error = await sending.then(
    () => assert.fail('taken over'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ChannelError, String(error));
  return error;
}

testMessageChannelContract('webhook', async (t, mood: StationMood) => {
  const texts: string[] = [];
  let sockets = 0;
  const receiver = await startReceiver(t, {
    onConnection: (socket) => {
      sockets += 1;
      socket.once('close', () => {
        sockets -= 1;
      });
    },
    answer: ({ body, connection }, response) => {
      if (mood === 'silent') return undefined;
      if (mood === 'dropping') return void response.destroy();
      if (mood === 'refusing') return [400, body];
      texts.push(JSON.parse(body).content);
      return [200, JSON.stringify({ data: { id: `${connection}-${texts.length}` } })];
    },
  });
  if (mood === 'down') await receiver.stop();
  const { channel, transport } = open(t, `${receiver.origin}/send`);
  return {
    // As the composition does: the transport is closed with its last user.
    channel: { ...channel, close: () => channel.close().then(() => transport.close()) },
    ...{ message: MESSAGE, givesReferences: true, taken: () => texts, connections: () => sockets },
    // Of a station that is down send() itself tells: no request ever arrives.
    ...{ reached: receiver.arrived(1), stop: receiver.stop },
  };
});

test('values are escaped for JSON, and the call is signed and named', async (t) => {
  const { receiver, channel } = await openWith(t, () => [202, '{"data":{"id":77}}'], {
    headers: { Authorization: 'Bearer x', 'Idempotency-Key': 'not this' },
  });
  assert.deepEqual(await channel.send(MESSAGE, SIGNAL), { reference: '77' });
  const [request] = receiver.requests as [ReceivedRequest];
  assert.deepEqual(JSON.parse(request.body), {
    ...{ mobile: MESSAGE.to, content: MESSAGE.text, ref: { id: MESSAGE.id } },
  });
  const { headers } = request;
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(headers.authorization, 'Bearer x');
  assert.deepEqual([headers['x-lineproof-id'], headers['idempotency-key']], [MESSAGE.id, MESSAGE.id]);
  const signed = {
    timestamp: String(headers['x-lineproof-timestamp']),
    signature: String(headers['x-lineproof-signature']),
  };
  assert.ok(createWebhookVerifier('s3cret', 1000)(signed, Buffer.from(request.body), NOW_MS));
});

test('a form and a query carry any value as one value', async (t) => {
  const { receiver } = await openWith(t, undefined);
  const to = 'a&b=c+d@example.org';
  const text = 'x=1&mobile=2 验证码#?%00\r\n';
  const { channel } = open(t, `${receiver.origin}/send?n={number}&s={subject}&l={language}`, {
    ...{ body: 'mobile={to}&content={text}&key=fixed', bodyKind: 'form' },
  });
  await channel.send({ ...MESSAGE, kind: 'email', to, text, subject: 'é&n=2' }, SIGNAL);
  const get = open(t, `${receiver.origin}/send?to={number}&text={text}`, { method: 'GET' }).channel;
  await get.send(MESSAGE, SIGNAL);
  const [posted, got] = receiver.requests as [ReceivedRequest, ReceivedRequest];
  const query = (request: ReceivedRequest) => [...new URL(request.url, receiver.origin).searchParams];
  assert.deepEqual(
    [...new URLSearchParams(posted.body)],
    [
      ...[
        ['mobile', to],
        ['content', text],
        ['key', 'fixed'],
      ],
    ],
  );
  assert.deepEqual(query(posted), [
    ...[
      ['n', to],
      ['s', 'é&n=2'],
      ['l', 'zh'],
    ],
  ]);
  assert.deepEqual([got.method, got.body, got.headers['content-type']], ['GET', '', undefined]);
  assert.deepEqual(query(got), [
    ...[
      ['to', '8613800138000'],
      ['text', MESSAGE.text],
    ],
  ]);
});

test('each answer is judged: taken, refused for good, refused for now, or unknown', async (t) => {
  let status = 200;
  const { channel } = await openWith(t, () => [status, 'not what was agreed: +8613800138000']);
  assert.deepEqual(await channel.send(MESSAGE, SIGNAL), { reference: '' });
  for (const [next, retryable] of [
    ...[
      [302, false],
      [400, false],
      [401, false],
      [404, false],
      [500, false],
    ],
    ...[
      [429, true],
      [502, true],
      [503, true],
      [504, true],
    ],
  ] as [number, boolean][]) {
    status = next;
    const error = await failureOf(channel.send(MESSAGE, SIGNAL));
    assert.deepEqual([error.reason, error.retryable, error.mayHaveLeft], [`http_${next}`, retryable, false]);
  }
  const answer = {
    ...{ successStatuses: [204], retryableStatuses: [504], uncertainStatuses: [504], referencePath: '' },
  };
  const strict = await openWith(t, () => status, { answer });
  for (const [next, mayHaveLeft] of [
    [200, false],
    [504, true],
  ] as const) {
    status = next;
    const error = await failureOf(strict.channel.send(MESSAGE, SIGNAL));
    assert.deepEqual([error.mayHaveLeft, error.retryable], [mayHaveLeft, false]);
  }
  status = 204;
  await strict.channel.send(MESSAGE, SIGNAL);
});

test('a gateway that answers 200 to everything is believed by its verdict', async (t) => {
  let body = '';
  const { channel } = await openWith(t, () => [200, body], {
    answer: {
      ...{ successStatuses: [], retryableStatuses: [], uncertainStatuses: [], referencePath: 'sid' },
      verdict: { path: 'code', accepted: ['0', 'OK'], retryable: ['1001'] },
    },
  });
  for (const taken of ['{"code":0,"sid":"a"}', 'code=OK&sid=a']) {
    body = taken;
    assert.deepEqual(await channel.send(MESSAGE, SIGNAL), { reference: 'a' });
  }
  for (const [said, reason, retryable, mayHaveLeft] of [
    ['{"code":1001}', 'answer_refused', true, false],
    ['{"code":2,"message":"+8613800138000"}', 'answer_refused', false, false],
    ['{"message":"ok"}', 'answer_unreadable', false, true],
    ['<html>', 'answer_unreadable', false, true],
    ['', 'answer_unreadable', false, true],
  ] as const) {
    body = said;
    const error = await failureOf(channel.send(MESSAGE, SIGNAL));
    assert.deepEqual([error.reason, error.retryable, error.mayHaveLeft], [reason, retryable, mayHaveLeft]);
  }
});

test('a late answer counts as unknown, and an expired message is not sent', async (t) => {
  const { channel, clock, receiver } = await openWith(t, () => undefined);
  const sending = failureOf(channel.send({ ...MESSAGE, expiresMs: NOW_MS + 1000 }, SIGNAL));
  await receiver.arrived(1);
  clock.advance(1000);
  const late = await sending;
  assert.deepEqual([late.reason, late.mayHaveLeft, late.retryable], ['timeout', true, false]);
  const expired = await failureOf(channel.send({ ...MESSAGE, expiresMs: clock.nowMs() }, SIGNAL));
  assert.deepEqual([expired.reason, expired.mayHaveLeft, expired.retryable], ['expired', false, false]);
  assert.equal(receiver.requests.length, 1);
});

test('a gateway that was not reached counts as down for a while only', async (t) => {
  const free = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => free.once('listening', resolve));
  const { port } = free.address() as { port: number };
  await new Promise((resolve) => free.close(resolve));
  const { channel, clock } = open(t, `http://127.0.0.1:${port}/`);
  assert.equal(channel.isUp(), true);
  await failureOf(channel.send(MESSAGE, SIGNAL));
  assert.equal(channel.isUp(), false);
  clock.advance(2000);
  assert.equal(channel.isUp(), true);
});

test('templates that could not be filled safely are refused when the channel is made', (t) => {
  for (const more of [
    ...[{ body: '{"to":{to}}' }, { body: '{"to":"{tel}"}' }, { body: 'to={to}' }, { body: '' }],
    ...[{ url: 'http://{to}/' }, { url: 'http://gateway.example/{to}?a=1' }, { url: 'gateway.example' }],
    ...[{ url: 'http://gateway.example/?a={b}' }, { body: '{toString}', bodyKind: 'form' }],
  ] as Partial<WebhookOptions>[])
    assert.throws(() => open(t, 'http://127.0.0.1/', more), JSON.stringify(more));
});
