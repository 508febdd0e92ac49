// What every message channel must hold, whatever it speaks to its station. A channel's own test brings the station: a real
// one, that listens and behaves as it is told.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { ChannelError } from '../../src/ports/channel.ts';
import type { HandedOver, Message, MessageChannel } from '../../src/ports/message-channel.ts';
import { eventually } from '../support/eventually.ts';

/**
 * taking: it takes messages over. refusing: it refuses each, repeating recipient and text where its protocol has room for it.
 * silent: it accepts the whole message and never answers. dropping: it accepts it and ends the connection without an answer.
 * down: nobody listens.
 */
export type StationMood = 'taking' | 'refusing' | 'silent' | 'dropping' | 'down';

export interface ChannelUnderTest {
  readonly channel: MessageChannel;
  /** One that a taking station takes. */
  readonly message: Message;
  /** Does the station name what it takes over? */
  readonly givesReferences: boolean;
  /** When the station holds a whole message; when it is down, that the channel has noticed, unless send() itself tells. */
  readonly reached: Promise<void>;
  /** Texts that the station took over. */
  taken(): readonly string[];
  /** Connections that the station holds. */
  connections(): number;
  /** Ends the station; the channel is closed by then. */
  stop(): Promise<void>;
}

export type OpenUnderTest = (
  test: { after(end: () => void | Promise<void>): void },
  mood: StationMood,
) => Promise<ChannelUnderTest>;

/** Handles that keep a process alive. */
const HANDLES = new Set([
  'TCPSocketWrap',
  'TCPServerWrap',
  'TLSWrap',
  'TCPWrap',
  'TCPConnectWrap',
  'Timeout',
]);

export function testMessageChannelContract(name: string, open: OpenUnderTest): void {
  const NEVER = new AbortController().signal;

  test(`${name}: a message is taken over once, as it is, and the reference is the station's`, async (t) => {
    const { channel, message, givesReferences, taken } = await open(t, 'taking');
    assert.ok(channel.kinds.includes(message.kind));
    const first = await channel.send(message, NEVER);
    const second = await channel.send({ ...message, id: '00000000-0000-4000-8000-000000000002' }, NEVER);
    assert.deepEqual(taken(), [message.text, message.text]);
    assert.equal(first.reference !== '', givesReferences);
    if (givesReferences) assert.notEqual(first.reference, second.reference);
    assert.equal(channel.isUp(), true);
  });

  test(`${name}: messages that are sent at once all arrive`, async (t) => {
    const { channel, message, taken } = await open(t, 'taking');
    const texts = Array.from({ length: 20 }, (_, number) => `${message.text} ${number}`);
    await Promise.all(texts.map((text) => channel.send({ ...message, text }, NEVER)));
    assert.deepEqual([...taken()].sort(), texts.sort());
  });

  test(`${name}: a refused message has certainly not left, and the reason is a code`, async (t) => {
    const { channel, message, taken } = await open(t, 'refusing');
    const error = await failureOf(channel.send(message, NEVER), message);
    assert.equal(error.mayHaveLeft, false);
    assert.deepEqual(taken(), []);
  });

  test(`${name}: a station that is down has certainly not taken it, and another attempt may help`, async (t) => {
    const { channel, message, reached } = await open(t, 'down');
    const patience = new AbortController();
    const sending = channel.send(message, patience.signal);
    await Promise.race([reached, sending.catch(() => {})]);
    patience.abort();
    const error = await failureOf(sending, message);
    assert.deepEqual([error.mayHaveLeft, error.retryable], [false, true]);
    assert.equal(channel.isUp(), false);
  });

  test(`${name}: of a message without an answer nobody knows whether it left`, async (t) => {
    const { channel, message, reached } = await open(t, 'silent');
    const patience = new AbortController();
    const sending = channel.send(message, patience.signal);
    await Promise.race([reached, sending]);
    patience.abort();
    const error = await failureOf(sending, message);
    assert.equal(error.mayHaveLeft, true);
  });

  test(`${name}: of a message whose connection broke nobody knows whether it left, and it is not sent again`, async (t) => {
    const { channel, message, taken } = await open(t, 'dropping');
    const error = await failureOf(channel.send(message, NEVER), message);
    assert.equal(error.mayHaveLeft, true);
    assert.deepEqual(taken(), []);
  });

  test(`${name}: what is given up before it begins does not leave`, async (t) => {
    const { channel, message, taken } = await open(t, 'taking');
    const error = await failureOf(channel.send(message, AbortSignal.abort()), message);
    assert.equal(error.mayHaveLeft, false);
    await channel.send({ ...message, text: 'last' }, NEVER);
    assert.deepEqual(taken(), ['last']);
  });

  test(`${name}: closing ends what is being sent, and every connection and timer`, async (t) => {
    const before = handles();
    for (const mood of ['silent', 'taking', 'down'] as const) {
      const { channel, message, reached, connections, stop } = await open(t, mood);
      const sending = channel.send(message, NEVER);
      sending.catch(() => {});
      await Promise.race([reached, sending.catch(() => {})]);
      await channel.close();
      if (mood === 'silent') assert.equal((await failureOf(sending, message)).mayHaveLeft, true);
      if (mood === 'down') assert.equal((await failureOf(sending, message)).mayHaveLeft, false);
      const late = await failureOf(channel.send(message, NEVER), message);
      assert.equal(late.mayHaveLeft, false);
      assert.equal(channel.isUp(), false);
      await channel.close();
      await eventually(() => connections() === 0, `${mood}: the station has no connection left`);
      await stop();
    }
    await eventually(() => handles() <= before, 'nothing keeps the process alive');
  });
}

function handles(): number {
  return process.getActiveResourcesInfo().filter((handle) => HANDLES.has(handle)).length;
}

/** Whatever failed names neither the recipient nor the text. */
async function failureOf(sending: Promise<HandedOver>, message: Message): Promise<ChannelError> {
  const error = await sending.then(
    () => assert.fail('the message was taken over'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ChannelError, inspect(error));
  assert.match(error.reason, /^[\w./-]{1,40}$/);
  const shown = `${inspect(error, { depth: 10, showHidden: true })}${error.stack}`;
  for (const secret of [message.to, message.to.slice(1), message.text])
    assert.ok(!shown.includes(secret), `${error.reason} tells whom or what`);
  return error;
}
