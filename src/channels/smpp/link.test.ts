// A message centre that fails: the channel outlives it and comes back.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { eventually } from '../../../test/support/eventually.ts';
import { MESSAGE, openChannel, WAITS } from '../../../test/support/smpp-channel.ts';
import { startSmppStation } from '../../../test/support/smpp-station.ts';
import { ChannelError } from '../../ports/channel.ts';
import type { SmppOptions } from './create-smpp.ts';

const NEVER = new AbortController().signal;
const WRONG_PASSWORD = 0x0e;

async function openBoth(t: TestContext, more: Partial<SmppOptions> = {}) {
  const station = await startSmppStation();
  const opened = openChannel(t, station.port, more);
  t.after(() => station.stop());
  return { station, ...opened };
}

test('a restarted centre is bound again, and a message that waited for it is sent', async (t) => {
  const station = await startSmppStation();
  const { channel, clock, changes } = openChannel(t, station.port);
  await channel.send(MESSAGE, NEVER);
  await station.stop();
  await clock.whenRetrying();
  assert.equal(channel.isUp(), false);
  const waiting = channel.send(MESSAGE, NEVER);
  clock.advance(WAITS.retryBaseMs);
  await clock.whenAsleep(2 * WAITS.retryBaseMs);
  const restarted = await startSmppStation({}, station.port);
  t.after(() => restarted.stop());
  clock.advance(2 * WAITS.retryBaseMs);
  await waiting;
  assert.equal(restarted.submitted.length, 1);
  assert.deepEqual(changes, ['bound', 'closed', 'ECONNREFUSED', 'bound']);
});

test('the waits before binding again double up to the longest, half of each being chance', async (t) => {
  const station = await startSmppStation();
  await station.stop();
  for (const [octet, factor] of [
    [0xff, 1],
    [0, 0.5],
  ] as const) {
    const { channel, clock } = openChannel(t, station.port, {
      random: { bytes: (length) => Buffer.alloc(length, octet), uuid: () => '' },
    });
    for (const fullMs of [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
      await clock.whenAsleep(fullMs * factor);
      clock.advance(fullMs * factor);
    }
    await channel.close();
  }
});

test('a refused bind is named, and tried again', async (t) => {
  const { station, channel, clock, changes } = await openBoth(t);
  station.onBind = () => WRONG_PASSWORD;
  await clock.whenRetrying();
  assert.deepEqual(changes, ['ESME_RINVPASWD']);
  const given = new AbortController();
  const waiting = channel.send(MESSAGE, given.signal);
  given.abort();
  const error = await waiting.catch((thrown: unknown) => thrown);
  assert.ok(error instanceof ChannelError);
  assert.deepEqual([error.reason, error.retryable, error.mayHaveLeft], ['ESME_RINVPASWD', true, false]);
  station.onBind = () => 0;
  clock.advance(WAITS.retryBaseMs);
  await channel.send(MESSAGE, NEVER);
});

test('a centre that takes the connection and never binds is left', async (t) => {
  const { station, clock, changes } = await openBoth(t);
  station.onBind = () => undefined;
  await clock.whenAsleep(WAITS.bindTimeoutMs);
  await eventually(() => station.binds.length === 1, 'the bind');
  clock.advance(WAITS.bindTimeoutMs);
  await clock.whenRetrying();
  assert.deepEqual(changes, ['bind_timeout']);
});

test('a quiet link is asked whether it lives; one that does not answer is left and bound again', async (t) => {
  const { station, channel, clock, changes } = await openBoth(t);
  await channel.send(MESSAGE, NEVER);
  await clock.whenAsleep(WAITS.enquireIntervalMs);
  clock.advance(WAITS.enquireIntervalMs);
  await eventually(() => station.enquiries === 1, 'an enquiry');
  await clock.whenAsleep(WAITS.enquireIntervalMs);
  assert.equal(channel.isUp(), true);
  station.answersEnquiries = false;
  clock.advance(WAITS.enquireIntervalMs);
  await clock.whenAsleep(WAITS.enquireTimeoutMs);
  clock.advance(WAITS.enquireTimeoutMs);
  await clock.whenRetrying();
  clock.advance(WAITS.retryBaseMs);
  await channel.send(MESSAGE, NEVER);
  assert.deepEqual(changes, ['bound', 'enquire_timeout', 'bound']);
});

test('the centre is answered when it asks, refused what is not known, and may unbind', async (t) => {
  const { station, channel, clock, changes } = await openBoth(t);
  await channel.send(MESSAGE, NEVER);
  station.tell('enquire_link', {});
  station.tell('query_sm', {});
  station.tell('alert_notification', {});
  station.tell('unbind', {});
  await clock.whenRetrying();
  await eventually(() => station.responses.length === 3, 'the last response');
  assert.deepEqual(
    station.responses.map(({ command, command_status }) => [command, command_status]),
    [
      ['enquire_link_resp', 0],
      ['generic_nack', 3],
      ['unbind_resp', 0],
    ],
  );
  assert.deepEqual(changes, ['bound', 'unbound']);
});

test('octets that are no PDU, or an oversized one, cost the connection and nothing else', async (t) => {
  const garbage: readonly (readonly [string, Buffer])[] = [
    ['an oversized PDU', Buffer.from('7fffffff00000005', 'hex')],
    ['text', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['a PDU shorter than its header', Buffer.from('0000000800000005', 'hex')],
    ['a time that is none', pdu('00000005', `${'00'.repeat(10)}5200`)],
    ['an optional parameter that leaves its PDU', pdu('80000004', '6d00042700ff')],
  ];
  for (const [what, octets] of garbage) {
    const { station, channel, clock } = await openBoth(t);
    await channel.send(MESSAGE, NEVER);
    station.onSubmit = (_, session) => {
      session.socket.write(octets);
      return undefined;
    };
    const sending = channel.send(MESSAGE, NEVER).catch((thrown: unknown) => thrown);
    await clock.whenRetrying();
    const error = await sending;
    assert.ok(error instanceof ChannelError, what);
    assert.deepEqual([error.reason, error.mayHaveLeft], ['bad_pdu', true], what);
    station.onSubmit = () => ({ message_id: 'm' });
    clock.advance(WAITS.retryBaseMs);
    await channel.send(MESSAGE, NEVER);
  }
});

test('a PDU of no length stops the reading, which the next enquiry finds out', async (t) => {
  const { station, channel, clock, changes } = await openBoth(t);
  await channel.send(MESSAGE, NEVER);
  for (const session of station.sessions) session.socket.write(Buffer.from('0000000100000002', 'hex'));
  await clock.whenAsleep(WAITS.enquireIntervalMs);
  clock.advance(WAITS.enquireIntervalMs);
  await eventually(() => station.enquiries === 1, 'an enquiry');
  await clock.whenAsleep(WAITS.enquireTimeoutMs);
  clock.advance(WAITS.enquireTimeoutMs);
  await clock.whenRetrying();
  assert.equal(changes.at(-1), 'enquire_timeout');
});

test('responses that nobody waits for, and late ones, are left aside', async (t) => {
  const { station, channel } = await openBoth(t);
  let late = () => {};
  const received = Promise.withResolvers<void>();
  station.onSubmit = (submit, session) => {
    late = () => session.send(submit.response({ message_id: 'late' }));
    received.resolve();
    return undefined;
  };
  const given = new AbortController();
  const sending = channel.send(MESSAGE, given.signal);
  await received.promise;
  given.abort();
  await assert.rejects(sending, ChannelError);
  late();
  station.tell('submit_sm_resp', { sequence_number: 4711, message_id: 'whose' });
  station.onSubmit = () => ({ message_id: 'mine' });
  assert.deepEqual(await channel.send(MESSAGE, NEVER), { reference: 'mine' });
});

test('a centre that says that nobody is bound is bound again', async (t) => {
  const { station, channel, clock } = await openBoth(t);
  station.onSubmit = () => ({ command_status: 4 });
  const error = await channel.send(MESSAGE, NEVER).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof ChannelError);
  assert.deepEqual([error.reason, error.retryable, error.mayHaveLeft], ['ESME_RINVBNDSTS', true, false]);
  await clock.whenRetrying();
  station.onSubmit = () => ({ message_id: 'm' });
  clock.advance(WAITS.retryBaseMs);
  await channel.send(MESSAGE, NEVER);
});

function pdu(command: string, body: string): Buffer {
  const length = 16 + body.length / 2;
  return Buffer.from(`${length.toString(16).padStart(8, '0')}${command}0000000000000003${body}`, 'hex');
}
