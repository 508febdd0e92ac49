// Messages and receipts over a real connection to a message centre.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { PduFields } from 'smpp';
import { makeServerCertificate } from '../../../test/support/certificate.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { MESSAGE, openChannel } from '../../../test/support/smpp-channel.ts';
import { startSmppStation } from '../../../test/support/smpp-station.ts';
import { ChannelError } from '../../ports/channel.ts';
import type { SmppOptions } from './create-smpp.ts';

const NEVER = new AbortController().signal;
const THROTTLED = 0x58;
const QUEUE_FULL = 0x14;
/** 150 characters: three segments. */
const LONG_CHINESE = '您的验证码是四九三八一七。'.repeat(12).slice(0, 150);

async function openBoth(t: TestContext, more: Partial<SmppOptions> = {}) {
  const station = await startSmppStation();
  const opened = openChannel(t, station.port, more);
  t.after(() => station.stop());
  return { station, ...opened };
}

function receipt(id: string, stat: string): PduFields {
  return {
    esm_class: 4,
    short_message: Buffer.from(`id:${id} sub:001 dlvrd:001 stat:${stat} err:000 text:Your`),
  };
}

test('a short message has its addresses, its sender, its validity, and asks for a receipt', async (t) => {
  const { station, channel } = await openBoth(t);
  assert.deepEqual(await channel.send({ ...MESSAGE, text: 'Code [1] 5€ für @ann' }, NEVER), {
    reference: 'm1',
  });
  const [bind] = station.binds;
  assert.deepEqual(
    [bind?.command, bind?.system_id, bind?.password, bind?.system_type, bind?.interface_version],
    ['bind_transceiver', 'lineproof', 'secret', 'otp', 0x34],
  );
  const [submitted] = station.submitted;
  assert.equal(submitted?.text, 'Code [1] 5€ für @ann');
  const { pdu } = submitted ?? assert.fail();
  assert.deepEqual(
    [pdu.source_addr, pdu.source_addr_ton, pdu.source_addr_npi, pdu.dest_addr_ton, pdu.dest_addr_npi],
    ['Lineproof', 5, 0, 1, 1],
  );
  assert.deepEqual(
    [pdu.destination_addr, pdu.data_coding, pdu.esm_class, pdu.registered_delivery],
    ['8613800138000', 0, 0, 1],
  );
  assert.ok(pdu.validity_period instanceof Date);
  assert.ok(Math.abs(pdu.validity_period.getTime() - Date.now() - 300_000) < 60_000);
});

test('over TLS the centre must show a certificate that is trusted', async (t) => {
  const certificate = makeServerCertificate(['localhost']);
  const station = await startSmppStation({ key: certificate.key, cert: certificate.cert });
  const trusting = openChannel(t, station.port, { host: 'localhost', tls: { ca: certificate.ca } });
  const distrusting = openChannel(t, station.port, { host: 'localhost', tls: { ca: undefined } });
  t.after(() => station.stop());
  await trusting.channel.send(MESSAGE, NEVER);
  await distrusting.clock.whenRetrying();
  assert.deepEqual([station.submitted.length, station.binds.length], [1, 1]);
  assert.deepEqual(distrusting.changes, ['UNABLE_TO_VERIFY_LEAF_SIGNATURE']);
});

test('a long Chinese message arrives in segments that make up the text again', async (t) => {
  const { station, channel } = await openBoth(t);
  const { reference } = await channel.send({ ...MESSAGE, text: LONG_CHINESE }, NEVER);
  assert.equal(reference, 'm3', 'the last segment stands for the message');
  const { submitted } = station;
  assert.deepEqual(
    submitted.map(({ header, pdu }) => [header?.slice(1), pdu.esm_class, pdu.data_coding]),
    [1, 2, 3].map((number) => [[3, number], 0x40, 8]),
  );
  assert.equal(new Set(submitted.map(({ header }) => header?.[0])).size, 1);
  assert.equal(submitted.map(({ text }) => text).join(''), LONG_CHINESE);
  await channel.send({ ...MESSAGE, text: LONG_CHINESE }, NEVER);
  assert.notEqual(submitted[3]?.header?.[0], submitted[0]?.header?.[0], 'two messages are told apart');
});

test('a message that is too long, too late or to no number is refused before anything leaves', async (t) => {
  const { station, channel, clock } = await openBoth(t, { segmentsMax: 2 });
  const refused = async (more: Partial<typeof MESSAGE>) =>
    channel
      .send({ ...MESSAGE, ...more }, NEVER)
      .catch((error: ChannelError) => [error.reason, error.mayHaveLeft]);
  assert.deepEqual(await refused({ text: LONG_CHINESE }), ['too_long', false]);
  assert.deepEqual(await refused({ expiresMs: clock.nowMs() }), ['expired', false]);
  assert.deepEqual(await refused({ to: '+861380\u00000' }), ['address', false]);
  assert.deepEqual(await refused({ kind: 'email', to: 'ann@example.org' }), ['address', false]);
  assert.deepEqual(station.submitted, []);
});

test('a receipt is answered and reported, twice when it comes twice, even if it arrives with the response', async (t) => {
  const { station, channel, receipts } = await openBoth(t);
  station.onSubmit = (_, session) => {
    // After the response, in the same turn.
    queueMicrotask(() => station.tell('deliver_sm', receipt('0A1', 'DELIVRD')));
    assert.ok(session.socket.writableLength >= 0);
    return { message_id: '0A1' };
  };
  let isKnown = false;
  const { reference } = await channel.send(MESSAGE, NEVER).finally(() => {
    isKnown = receipts.length === 0;
  });
  assert.ok(isKnown, 'send() told the reference first');
  station.tell('deliver_sm', receipt('0A1', 'DELIVRD'));
  await eventually(() => receipts.length === 2, 'two receipts');
  assert.deepEqual(receipts, [
    { reference, state: 'delivered', reason: '' },
    { reference, state: 'delivered', reason: '' },
  ]);
  await eventually(() => station.responses.length === 2, 'two answers');
  assert.deepEqual(
    station.responses.map(({ command, command_status }) => [command, command_status]),
    [
      ['deliver_sm_resp', 0],
      ['deliver_sm_resp', 0],
    ],
  );
});

test('a receipt is taken over once it is kept; one that could not be kept is to be told again', async (t) => {
  const kept: ((isKept: boolean) => void)[] = [];
  const onReceipt = (): Promise<boolean> => new Promise((resolve) => kept.push(resolve));
  const { station, changes } = await openBoth(t, { onReceipt });
  await eventually(() => changes.length === 1, 'bound');
  station.tell('deliver_sm', receipt('a-1', 'DELIVRD'));
  station.tell('deliver_sm', receipt('a-2', 'DELIVRD'));
  await eventually(() => kept.length === 2, 'two receipts');
  assert.equal(station.responses.length, 0);
  kept[1]?.(false);
  await eventually(() => station.responses.length === 1, 'the second one is answered');
  kept[0]?.(true);
  await eventually(() => station.responses.length === 2, 'both are answered');
  const [second, first] = station.responses;
  assert.deepEqual([second?.command_status, first?.command_status], [0x64, 0]);
  assert.equal(Number(second?.sequence_number), Number(first?.sequence_number) + 1);
});

test('a receipt of an earlier run is reported by its id, and other deliveries are only answered', async (t) => {
  const { station, receipts, changes } = await openBoth(t);
  await eventually(() => changes.length === 1, 'bound');
  station.tell('deliver_sm', {
    source_addr: '8613800138000',
    short_message: Buffer.from('id:m9 stat:DELIVRD'),
  });
  station.tell('deliver_sm', receipt('old-1', 'UNDELIV'));
  await eventually(() => receipts.length > 0 && station.responses.length === 2, 'a receipt');
  assert.deepEqual(receipts, [{ reference: 'old-1', state: 'failed', reason: 'UNDELIV' }]);
});

test('a long message is delivered with its last segment to arrive, and failed with the first that fails', async (t) => {
  const { station, channel, receipts } = await openBoth(t);
  const first = await channel.send({ ...MESSAGE, text: LONG_CHINESE }, NEVER);
  const second = await channel.send({ ...MESSAGE, text: LONG_CHINESE }, NEVER);
  for (const id of ['m3', 'm1', 'm1']) station.tell('deliver_sm', receipt(id, 'DELIVRD'));
  await eventually(() => station.responses.length === 3, 'answers');
  assert.deepEqual(receipts, []);
  station.tell('deliver_sm', receipt('m2', 'DELIVRD'));
  await eventually(() => receipts.length === 1, 'the last segment');
  assert.deepEqual(receipts[0], { reference: first.reference, state: 'delivered', reason: '' });
  station.tell('deliver_sm', receipt('m5', 'EXPIRED'));
  // Once it is lost, what comes of other segments changes nothing.
  for (const id of ['m4', 'm6']) station.tell('deliver_sm', receipt(id, 'DELIVRD'));
  await eventually(() => receipts.length === 4, 'failed');
  for (const one of receipts.slice(1))
    assert.deepEqual(one, { reference: second.reference, state: 'failed', reason: 'EXPIRED' });
});

test('of a long message that was refused in the middle a part is on its way', async (t) => {
  const { station, channel } = await openBoth(t);
  const take = station.onSubmit;
  station.onSubmit = (submit, session) =>
    station.submitted.length === 1 ? { command_status: 8 } : take(submit, session);
  const error = await channel
    .send({ ...MESSAGE, text: LONG_CHINESE }, NEVER)
    .catch((thrown: unknown) => thrown);
  assert.ok(error instanceof ChannelError);
  assert.deepEqual([error.reason, error.retryable, error.mayHaveLeft], ['ESME_RSYSERR', false, true]);
  assert.equal(station.submitted.length, 1);
});

test('a throttled message has not left and may be tried again; what follows waits ever longer', async (t) => {
  const { station, channel, clock } = await openBoth(t);
  const take = station.onSubmit;
  let status = THROTTLED;
  station.onSubmit = (submit, session) => (status === 0 ? take(submit, session) : { command_status: status });
  const failed = async () => {
    const error = await channel.send(MESSAGE, NEVER).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof ChannelError);
    assert.deepEqual([error.retryable, error.mayHaveLeft], [true, false]);
    return error.reason;
  };
  assert.equal(await failed(), 'ESME_RTHROTTLED');
  status = QUEUE_FULL;
  const second = failed();
  await clock.whenAsleep(1004);
  clock.advance(1004);
  assert.equal(await second, 'ESME_RMSGQFUL');
  status = 0;
  const third = channel.send(MESSAGE, NEVER);
  await clock.whenAsleep(2008);
  assert.equal(station.submitted.length, 0);
  clock.advance(2008);
  await third;
  // The centre is content: the next pause would be a short one again.
  status = THROTTLED;
  await failed();
  const given = new AbortController();
  const waiting = channel.send(MESSAGE, given.signal);
  await clock.whenAsleep(1004);
  given.abort();
  const error = await waiting.catch((thrown: unknown) => thrown);
  assert.ok(error instanceof ChannelError);
  assert.deepEqual([error.reason, error.mayHaveLeft], ['throttled', false]);
});

test('a throttled segment of a message that has begun is offered again', async (t) => {
  const { station, channel, clock } = await openBoth(t);
  const take = station.onSubmit;
  let throttles = 1;
  station.onSubmit = (submit, session) => {
    if (station.submitted.length === 1 && throttles-- > 0) return { command_status: THROTTLED };
    return take(submit, session);
  };
  const sending = channel.send({ ...MESSAGE, text: LONG_CHINESE }, NEVER);
  await clock.whenAsleep(1004);
  clock.advance(1004);
  await sending;
  assert.equal(station.submitted.map(({ text }) => text).join(''), LONG_CHINESE);
});

test('no more submits are unanswered at once than the window holds', async (t) => {
  const { station, channel } = await openBoth(t, { windowMax: 3, waitingMax: 3 });
  const answers: (() => void)[] = [];
  station.onSubmit = (submit, session) => {
    answers.push(() => session.send(submit.response({ message_id: 'x' })));
    return undefined;
  };
  const sending = Array.from({ length: 7 }, () => channel.send(MESSAGE, NEVER));
  const busy = await Promise.any(
    sending.map((one) =>
      one.then(
        () => assert.fail(),
        (error: unknown) => error,
      ),
    ),
  );
  assert.ok(busy instanceof ChannelError);
  assert.deepEqual([busy.reason, busy.retryable, busy.mayHaveLeft], ['busy', true, false]);
  for (const unanswered of [3, 3, 3, 3, 2, 1]) {
    await eventually(() => answers.length >= unanswered, 'submits');
    assert.equal(answers.length, unanswered);
    answers.shift()?.();
  }
  const ended = await Promise.allSettled(sending);
  assert.equal(ended.filter(({ status }) => status === 'fulfilled').length, 6);
});

test('submits follow one another at the rate at most', async (t) => {
  const { station, channel, clock, changes } = await openBoth(t, { perSecond: 4, windowMax: 100 });
  await eventually(() => changes.length === 1, 'bound');
  const sending = Promise.all(Array.from({ length: 5 }, () => channel.send(MESSAGE, NEVER)));
  for (let count = 1; count <= 5; count += 1) {
    await eventually(() => station.submitted.length === count, `submit ${count}`);
    assert.deepEqual(clock.delays().filter((delayMs) => delayMs <= 1000).length, 5 - count);
    clock.advance(250);
  }
  await sending;
});

test('a message whose time is up while it waits for its turn does not leave', async (t) => {
  const { station, channel } = await openBoth(t, { windowMax: 1 });
  station.onSubmit = () => undefined;
  channel.send(MESSAGE, NEVER).catch(() => {});
  const given = new AbortController();
  const waiting = channel.send(MESSAGE, given.signal);
  given.abort();
  const error = await waiting.catch((thrown: unknown) => thrown);
  assert.ok(error instanceof ChannelError);
  assert.equal(error.mayHaveLeft, false);
});
