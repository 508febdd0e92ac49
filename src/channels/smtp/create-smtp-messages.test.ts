// The contract of message channels and the failures of mail, against a real SMTP server.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { testMessageChannelContract } from '../../../test/contract/message-channel.ts';
import { FIXED_CLOCK, NOW_MS } from '../../../test/support/accounts.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { type SmtpStation, startSmtpStation } from '../../../test/support/smtp-station.ts';
import { ChannelError } from '../../ports/channel.ts';
import type { Message } from '../../ports/message-channel.ts';
import { createSmtpMessages, type SmtpMessagesOptions } from './create-smtp-messages.ts';

const NEVER = new AbortController().signal;
const MESSAGE: Message = {
  id: '00000000-0000-4000-8000-000000000001',
  kind: 'email',
  to: 'ann@example.org',
  subject: 'Your code',
  text: 'Your code is 493817.',
  language: 'en',
  expiresMs: NOW_MS + 300_000,
};

function openChannel(t: TestContext, port: number, more: Partial<SmtpMessagesOptions> = {}) {
  const channel = createSmtpMessages({
    ...{ name: 'smtp', host: '127.0.0.1', port, security: 'none', credentials: undefined, ca: undefined },
    ...{
      from: 'lineproof@mail.example',
      timeoutMs: 5000,
      connections: 2,
      clock: FIXED_CLOCK,
      sendingMax: 100,
    },
    ...more,
  });
  t.after(() => channel.close());
  return channel;
}

async function openBoth(t: TestContext, options: Parameters<typeof startSmtpStation>[0] = {}) {
  const station = await startSmtpStation(options);
  const channel = openChannel(t, station.port);
  t.after(() => station.stop());
  return { station, channel };
}

async function failureOf(sending: Promise<unknown>): Promise<readonly [string, boolean, boolean]> {
  const error = await sending.catch((thrown: unknown) => thrown);
  assert.ok(error instanceof ChannelError, String(error));
  return [error.reason, error.retryable, error.mayHaveLeft];
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

testMessageChannelContract('smtp', async (context, mood) => {
  const t = context as TestContext;
  const station = await startSmtpStation({
    onRcptTo({ address }, _session, done) {
      done(mood === 'refusing' ? refusal(550, `5.1.1 <${address}> is nobody, ${MESSAGE.text}`) : null);
    },
  });
  const reached = Promise.withResolvers<void>();
  if (mood === 'silent' || mood === 'dropping')
    station.onMail = () => {
      reached.resolve();
      if (mood === 'dropping') for (const socket of station.sockets) socket.destroy();
    };
  if (mood === 'down') await station.stop();
  const channel = openChannel(t, station.port);
  t.after(() => station.stop());
  return {
    channel,
    message: MESSAGE,
    givesReferences: false,
    reached: reached.promise,
    taken: () => station.received.map(({ text }) => text),
    connections: () => station.sockets.size,
    stop: () => station.stop(),
  };
});

test('a mail in Chinese arrives at its recipient, under the same Message-ID whenever it is handed over', async (t) => {
  const { station, channel } = await openBoth(t);
  const message = { ...MESSAGE, subject: '您的验证码', text: '您的验证码是 493817。' };
  for (let count = 0; count < 2; count += 1)
    assert.deepEqual(await channel.send(message, NEVER), { reference: '' });
  for (const { to, text, source } of station.received) {
    assert.deepEqual([to, text], [['ann@example.org'], message.text]);
    assert.match(source, /^Message-ID: <00000000-0000-4000-8000-000000000001@mail\.example>\r$/im);
  }
  assert.equal(station.received.length, 2);
});

test('a refusal gives its status code, or else its reply code, whatever it was that was refused', async (t) => {
  const rows: readonly (readonly [number, string, string, boolean])[] = [
    [550, '5.1.1 <ann@example.org> is unknown here', '5.1.1', false],
    [450, '4.2.1 ann@example.org is busy', '4.2.1', true],
    [452, 'ann@example.org has no room', '452', true],
    [554, 'no, ann@example.org', '554', false],
    // A class that contradicts the reply is no status code of it.
    [550, '2.0.0 fine', '550', false],
  ];
  for (const [code, text, reason, retryable] of rows) {
    const atRecipient = await openBoth(t, { onRcptTo: (_to, _session, done) => done(refusal(code, text)) });
    const atSender = await openBoth(t, { onMailFrom: (_from, _session, done) => done(refusal(code, text)) });
    const atGreeting = await openBoth(t, { onConnect: (_session, done) => done(refusal(code, text)) });
    const atEnd = await openBoth(t);
    atEnd.station.onMail = (done) => done(refusal(code, text));
    for (const { channel } of [atRecipient, atSender, atEnd])
      assert.deepEqual(await failureOf(channel.send(MESSAGE, NEVER)), [reason, retryable, false], text);
    const [, , mayHaveLeft] = await failureOf(atGreeting.channel.send(MESSAGE, NEVER));
    assert.equal(mayHaveLeft, false);
  }
});

test('given up before the mail was written it has not left', async (t) => {
  const asked = Promise.withResolvers<void>();
  const { station, channel } = await openBoth(t, { onRcptTo: () => asked.resolve() });
  const given = new AbortController();
  const sending = failureOf(channel.send(MESSAGE, given.signal));
  await asked.promise;
  given.abort();
  assert.deepEqual(await sending, ['timeout', true, false]);
  await eventually(() => station.sockets.size === 0, 'the connection ends');
});

test('a mail that waits for a connection has not left, and there is an end to waiting ones', async (t) => {
  const station = await startSmtpStation();
  const channel = openChannel(t, station.port, { connections: 1, sendingMax: 2 });
  t.after(() => station.stop());
  const reached = Promise.withResolvers<void>();
  station.onMail = () => reached.resolve();
  const given = new AbortController();
  const first = failureOf(channel.send(MESSAGE, given.signal));
  await reached.promise;
  const second = failureOf(channel.send(MESSAGE, given.signal));
  assert.deepEqual(await failureOf(channel.send(MESSAGE, NEVER)), ['busy', true, false]);
  given.abort();
  assert.deepEqual(await first, ['timeout', false, true]);
  assert.deepEqual(await second, ['timeout', true, false]);
  station.onMail = undefined;
  await channel.send(MESSAGE, NEVER);
  assert.equal(station.received.length, 1);
});

test('a connection that broke before the mail was written took nothing', async (t) => {
  let station: SmtpStation | undefined;
  const opened = await openBoth(t, {
    onRcptTo() {
      for (const socket of station?.sockets ?? []) socket.destroy();
    },
  });
  station = opened.station;
  const [, retryable, mayHaveLeft] = await failureOf(opened.channel.send(MESSAGE, NEVER));
  assert.deepEqual([retryable, mayHaveLeft], [true, false]);
});

test('a server that takes the connection and never speaks took nothing', async (t) => {
  const connected = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    socket.on('error', () => {});
    connected.resolve();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const channel = openChannel(t, (server.address() as AddressInfo).port);
  const given = new AbortController();
  const sending = failureOf(channel.send(MESSAGE, given.signal));
  await connected.promise;
  given.abort();
  assert.deepEqual(await sending, ['timeout', true, false]);
});

test('after the server ended an idle connection the next mail goes out, once', async (t) => {
  const { station, channel } = await openBoth(t);
  await channel.send(MESSAGE, NEVER);
  for (const socket of station.sockets) socket.destroy();
  await channel.send({ ...MESSAGE, text: 'second' }, NEVER);
  assert.deepEqual(
    station.received.map(({ text }) => text),
    [MESSAGE.text, 'second'],
  );
  assert.equal(channel.isUp(), true);
});

test('what is no address, no mail or too late is refused before anything is sent', async (t) => {
  const { station, channel } = await openBoth(t);
  for (const to of ['ann@example.org, eve@example.org', 'ann@example.org\r\nRCPT TO:<eve@example.org>'])
    assert.deepEqual(await failureOf(channel.send({ ...MESSAGE, to }, NEVER)), ['address', false, false]);
  const phone = { ...MESSAGE, kind: 'phone', to: '+8613800138000' } as const;
  assert.deepEqual(await failureOf(channel.send(phone, NEVER)), ['address', false, false]);
  const late = { ...MESSAGE, expiresMs: NOW_MS };
  assert.deepEqual(await failureOf(channel.send(late, NEVER)), ['expired', false, false]);
  assert.equal(station.sockets.size, 0);
});
