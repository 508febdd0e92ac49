import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeClock } from '../../test/support/people.ts';
import { ChannelError, type Mail, type MailChannel } from '../ports/channel.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { createMailQueue, type MailQueueOptions } from './mail-queue.ts';
import { createOutbox } from './outbox/create-outbox.ts';

const MAIL: Mail = { to: 'ann@example.org', subject: 's', text: 't' };

/** Sleeps are noted and over at once, but the one that guards an attempt. */
function makeQueue(channel: MailChannel, more: Partial<MailQueueOptions> = {}) {
  const clock = makeClock();
  const sleeps: number[] = [];
  const failures: string[] = [];
  // No wait before a retry is a fraction of a millisecond.
  const timeoutMs = 999.5;
  const queue = createMailQueue({
    channel,
    clock: {
      nowMs: clock.nowMs,
      async sleep(delayMs, signal) {
        if (delayMs === timeoutMs)
          return new Promise((_, reject) => signal?.addEventListener('abort', reject));
        sleeps.push(delayMs);
        clock.advance(delayMs);
      },
    },
    random: systemRandom,
    queueMax: 3,
    atOnce: 1,
    timeoutMs,
    lifetimeMs: 600_000,
    attemptsMax: 4,
    retryBaseMs: 1000,
    retriesPerMinute: 100,
    onFailure: (reason) => failures.push(reason),
    ...more,
  });
  return { queue, sleeps, failures };
}

function failing(errors: readonly unknown[]): MailChannel & { tries(): number } {
  let tries = 0;
  return {
    name: 'failing',
    async deliver() {
      const error = errors[tries];
      tries += 1;
      if (error !== undefined) throw error;
    },
    tries: () => tries,
    close() {},
  };
}

test('the outbox keeps the last mails and prints each', async () => {
  const printed: string[] = [];
  const outbox = createOutbox({ clock: makeClock(), keepMax: 2, print: (text) => printed.push(text) });
  const { queue } = makeQueue(outbox);
  for (const subject of ['1', '2', '3']) queue.post({ ...MAIL, subject }, 'real');
  await queue.idle();
  assert.deepEqual(
    outbox.mails().map(({ subject }) => subject),
    ['2', '3'],
  );
  assert.equal(printed.length, 3);
  assert.match(printed[0] ?? '', /not sent.*To: ann@example.org/s);
});

test('posting hands nothing over in the same turn, and what finds no room is dropped and counted', async () => {
  const channel = failing([]);
  const { queue } = makeQueue(channel);
  for (let count = 0; count < 5; count += 1) queue.post(MAIL, 'real');
  assert.equal(channel.tries(), 0);
  assert.equal(queue.hasRoom(), false);
  await queue.idle();
  assert.deepEqual(queue.statistics(), { waiting: 0, delivered: 3, failed: 0, dropped: 2 });
  assert.equal(queue.hasRoom(), true);
});

test('a decoy takes a place in the queue and is delivered to nobody', async () => {
  const channel = failing([]);
  const { queue } = makeQueue(channel, { queueMax: 1 });
  queue.post(MAIL, 'decoy');
  assert.equal(queue.hasRoom(), false);
  await queue.idle();
  assert.equal(channel.tries(), 0);
});

test('a passing failure is tried again with growing waits that differ by chance', async () => {
  const passing = new ChannelError('451', true);
  const channel = failing([passing, passing, passing]);
  const { queue, sleeps, failures } = makeQueue(channel);
  queue.post(MAIL, 'real');
  await queue.idle();
  assert.equal(channel.tries(), 4);
  assert.deepEqual(failures, []);
  for (const [index, waitedMs] of sleeps.entries()) {
    const fullMs = 1000 * 2 ** index;
    assert.ok(waitedMs >= fullMs / 2 && waitedMs <= fullMs, `${waitedMs}`);
  }
});

test('a final failure, a defect and the last attempt end it, and name nobody', async () => {
  for (const [errors, tries, reason] of [
    [[new ChannelError('550', false)], 1, '550'],
    [[new Error('ann@example.org is unknown')], 1, 'defect'],
    [Array(9).fill(new ChannelError('ECONNECTION', true)), 4, 'ECONNECTION'],
  ] as const) {
    const channel = failing(errors);
    const { queue, failures } = makeQueue(channel);
    queue.post(MAIL, 'real');
    await queue.idle();
    assert.equal(channel.tries(), tries);
    assert.deepEqual(failures, [reason]);
  }
});

test('a mail whose time is over is given up, and so is a retry beyond the budget', async () => {
  const always = Array(99).fill(new ChannelError('451', true));
  const short = makeQueue(failing(always), { lifetimeMs: 100 });
  short.queue.post(MAIL, 'real');
  await short.queue.idle();
  assert.deepEqual(short.failures, ['too_late']);
  const channel = failing(always);
  const poor = makeQueue(channel, { retriesPerMinute: 2, retryBaseMs: 2 });
  for (let count = 0; count < 3; count += 1) poor.queue.post(MAIL, 'real');
  await poor.queue.idle();
  assert.ok(channel.tries() <= 3 + 2, `${channel.tries()}`);
});

test('closing gives up what waits and ends', async () => {
  const channel = failing([]);
  const { queue, failures } = makeQueue(channel);
  queue.post(MAIL, 'real');
  await queue.close();
  assert.deepEqual([channel.tries(), failures], [0, ['stopped']]);
  queue.post(MAIL, 'real');
  assert.equal(queue.statistics().dropped, 1);
});
