// With the real table, the real transport and real receivers on loopback, which the operator permits here.

import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { eventually } from '../../test/support/eventually.ts';
import { createManualClock } from '../../test/support/manual-clock.ts';
import { type Receiver, startReceiver } from '../../test/support/receiver.ts';
import { createWebhookVerifier } from '../codecs/webhook-signature.ts';
import { createTransport } from '../outbound/create-transport.ts';
import type { NoticeReceiver } from '../ports/notices.ts';
import { systemRandom } from '../runtime/system-random.ts';
import {
  addNotice,
  dropExpiredNotices,
  dueNotices,
  NOTICES_SQL,
  noticeDone,
  retryNoticeLater,
} from '../storage/sqlite/codes/notices.ts';
import { type NoticeSenderOptions, startNoticeSender } from './status-notices.ts';

const POLL_MS = 1000;
const LIFETIME_MS = 3_600_000;

function open(t: TestContext, receivers: Map<number, string>, more: Partial<NoticeSenderOptions> = {}) {
  const clock = createManualClock();
  const database = new DatabaseSync(':memory:');
  database.exec(NOTICES_SQL);
  const transport = createTransport({
    ...{ clock, permittedNetworks: ['127.0.0.1'], connectionsMax: 4, idleMs: 4000 },
  });
  const defects: unknown[] = [];
  const disabled: string[] = [];
  const begin = () =>
    startNoticeSender({
      queue: {
        due: async (nowMs, wanted) => dueNotices(database, nowMs, wanted),
        done: async (seq) => noticeDone(database, seq),
        retryLater: async (seq, nextMs) => retryNoticeLater(database, seq, nextMs),
        dropExpired: async (nowMs) => dropExpiredNotices(database, nowMs),
      },
      receivers: {
        async find(accountId): Promise<NoticeReceiver | undefined> {
          const url = receivers.get(accountId);
          return url === undefined ? undefined : { url, secret: `secret-${accountId}` };
        },
        async disable(accountId, url) {
          disabled.push(url);
          receivers.delete(accountId);
        },
      },
      ...{ transport, clock, random: systemRandom, atOnce: 8, atOncePerAccount: 2, timeoutMs: 5000 },
      ...{ attemptsMax: 4, retryBaseMs: 2000, retryMaxMs: 60_000, retriesPerHour: 100, pollMs: POLL_MS },
      onDefect: (error) => defects.push(error),
      ...more,
    });
  const sender = begin();
  t.after(async () => {
    await sender.close();
    transport.close();
    database.close();
    assert.deepEqual(defects, []);
  });
  let added = 0;
  function add(accountId: number, count = 1): void {
    for (let more = count; more > 0; more -= 1) {
      added += 1;
      const body = JSON.stringify({ id: `n-${added}`, event: 'verification.sent' });
      const times = { nextMs: clock.nowMs(), expiresMs: clock.nowMs() + LIFETIME_MS };
      assert.ok(addNotice(database, { id: `n-${added}`, accountId, body, ...times }, 1000));
    }
    sender.wake();
  }
  const left = () => Number(database.prepare('SELECT count(*) AS total FROM notices').get()?.total);
  /** Lets time pass in steps until it is so; what runs meanwhile is real. */
  async function pass(isSo: () => boolean, what: string): Promise<void> {
    for (let step = 0; step < 200 && !isSo(); step += 1) {
      await eventually(() => sender.statistics().running === 0, 'nothing runs');
      clock.advance(POLL_MS);
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(isSo(), what);
  }
  return { clock, database, sender, begin, add, left, pass, disabled, defects };
}

const idsOf = (receiver: Receiver) => receiver.requests.map(({ body }) => JSON.parse(body).id as string);

test("a notice arrives once, signed with the account's secret and named, and is kept no longer", async (t) => {
  const receiver = await startReceiver(t);
  const { add, left, clock, sender } = open(t, new Map([[1, `${receiver.origin}/hook`]]));
  add(1, 5);
  await eventually(() => left() === 0, 'all are delivered');
  assert.deepEqual(idsOf(receiver).sort(), ['n-1', 'n-2', 'n-3', 'n-4', 'n-5']);
  for (const { headers, body, url } of receiver.requests) {
    const signed = {
      timestamp: String(headers['x-lineproof-timestamp']),
      signature: String(headers['x-lineproof-signature']),
    };
    const verify = (secret: string) =>
      createWebhookVerifier(secret, 1000)(signed, Buffer.from(body), clock.nowMs());
    assert.deepEqual([verify('secret-1'), verify('secret-2'), url], [true, false, '/hook']);
    assert.equal(headers['x-lineproof-id'], JSON.parse(body).id);
  }
  assert.equal(sender.statistics().delivered, 5);
});

test('what is refused, redirected or cut is tried again later under the same id, until it is taken', async (t) => {
  const inner = await startReceiver(t);
  const answers = [500, 404, 'redirect', 'cut'] as const;
  const receiver = await startReceiver(t, {
    answer: (_request, response) => {
      const said = answers[receiver.requests.length - 1];
      if (said === 'cut') return void response.destroy();
      if (said === 'redirect') return void response.writeHead(307, { location: inner.origin }).end();
      return said ?? 204;
    },
  });
  const { add, left, pass, sender } = open(t, new Map([[1, receiver.origin]]), { attemptsMax: 10 });
  add(1);
  await pass(() => left() === 0, 'delivered at last');
  assert.deepEqual(idsOf(receiver), Array(5).fill('n-1'));
  assert.deepEqual(inner.requests, []);
  const { delivered, failed, givenUp } = sender.statistics();
  assert.deepEqual([delivered, failed, givenUp], [1, 4, 0]);
});

test('each attempt is signed with its own time', async (t) => {
  const receiver = await startReceiver(t, { answer: () => (receiver.requests.length === 1 ? 503 : 200) });
  const { add, left, pass } = open(t, new Map([[1, receiver.origin]]));
  add(1);
  await pass(() => left() === 0, 'delivered');
  const times = receiver.requests.map(({ headers }) => Number(headers['x-lineproof-timestamp']));
  assert.ok((times[1] ?? 0) > (times[0] ?? 0), times.join());
});

test('a notice is given up after its attempts, or when it is too old', async (t) => {
  const receiver = await startReceiver(t, { answer: () => 500 });
  const { add, left, pass, sender, clock } = open(t, new Map([[1, receiver.origin]]));
  add(1);
  await pass(() => left() === 0, 'given up');
  assert.deepEqual([receiver.requests.length, sender.statistics().givenUp], [4, 1]);
  add(1);
  await eventually(
    () => receiver.requests.length === 4 || sender.statistics().running === 0,
    'paused or tried',
  );
  clock.advance(LIFETIME_MS);
  await eventually(() => left() === 0, 'too old');
  assert.equal(sender.statistics().givenUp, 2);
});

test('410 disables the webhook, and nothing more is sent to it', async (t) => {
  const receiver = await startReceiver(t, { answer: () => 410 });
  const { add, left, disabled, sender } = open(t, new Map([[1, receiver.origin]]), { atOncePerAccount: 1 });
  add(1, 10);
  await eventually(() => left() === 0, 'nothing is kept');
  assert.deepEqual([receiver.requests.length, disabled], [1, [receiver.origin]]);
  assert.equal(sender.statistics().unwanted, 10);
});

test('receivers that are silent, refuse or are not there slow nobody else down', async (t) => {
  const silent = await startReceiver(t, { answer: () => undefined });
  const refusing = await startReceiver(t, { answer: () => 500 });
  const gone = await startReceiver(t);
  await gone.stop();
  const good = await startReceiver(t);
  const urls = [silent, refusing, gone, good].map(({ origin }, at): [number, string] => [at + 1, origin]);
  const { add, sender, database } = open(t, new Map(urls));
  for (const accountId of [1, 2, 3]) add(accountId, 200);
  await silent.arrived(1);
  add(4, 50);
  // No time passes: the others wait for their deadline or for their next attempt.
  await eventually(() => good.requests.length === 50, 'the good receiver has all');
  await eventually(() => sender.statistics().delivered === 50, 'and they are settled');
  assert.ok(silent.requests.length <= 2, `${silent.requests.length} calls to the silent one`);
  assert.ok(refusing.requests.length <= 5, `${refusing.requests.length} calls to the refusing one`);
  const tried = database.prepare('SELECT count(*) AS total FROM notices WHERE attempts > 0').get();
  assert.ok(Number(tried?.total) <= 10);
});

test('one notice that its receiver cannot take does not hold up the others', async (t) => {
  const receiver = await startReceiver(t, { answer: ({ body }) => (body.includes('n-1"') ? 500 : 200) });
  const { add, left, pass } = open(t, new Map([[1, receiver.origin]]));
  add(1, 30);
  await eventually(() => left() === 1, 'the others are delivered at once');
  await pass(() => left() === 0, 'the one is given up');
  assert.equal(new Set(idsOf(receiver)).size, 30);
});

test('a webhook that leads to a private network is never called', async (t) => {
  const receiver = await startReceiver(t, { host: '127.0.0.2' });
  const { add, left, pass, sender } = open(t, new Map([[1, receiver.origin]]));
  add(1);
  await pass(() => left() === 0, 'given up');
  assert.deepEqual([receiver.requests, sender.statistics().failed], [[], 4]);
});

test('what is under way when the sender closes is sent again by the next one', async (t) => {
  let isAnswering = false;
  const receiver = await startReceiver(t, { answer: () => (isAnswering ? 200 : undefined) });
  const { add, left, sender, begin } = open(t, new Map([[1, receiver.origin]]));
  add(1);
  await receiver.arrived(1);
  await sender.close();
  assert.deepEqual([left(), sender.statistics().failed], [1, 0]);
  isAnswering = true;
  const next = begin();
  await eventually(() => left() === 0, 'delivered');
  await next.close();
  assert.deepEqual(idsOf(receiver), ['n-1', 'n-1']);
});

test('a store that fails is reported, asked again in its time, and loses nothing', async (t) => {
  const receiver = await startReceiver(t);
  let failures = 3;
  const defects: unknown[] = [];
  const { add, left, database, clock } = open(t, new Map([[1, receiver.origin]]), {
    queue: {
      async due(nowMs, wanted) {
        failures -= 1;
        if (failures >= 0) throw new Error('disk');
        return dueNotices(database, nowMs, wanted);
      },
      done: async (seq) => noticeDone(database, seq),
      retryLater: async (seq, nextMs) => retryNoticeLater(database, seq, nextMs),
      dropExpired: async () => 0,
    },
    onDefect: (error) => defects.push(error),
  });
  add(1);
  for (let count = 0; count < 3; count += 1) {
    await clock.whenAsleep(POLL_MS);
    clock.advance(POLL_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await eventually(() => left() === 0, 'delivered');
  assert.equal(defects.length, 3);
});

test('an answer of the queue that is older than a delivery does not send it again', async (t) => {
  const receiver = await startReceiver(t);
  let asked = 0;
  const { add, left, database, sender } = open(t, new Map([[1, receiver.origin]]), {
    queue: {
      async due(nowMs, wanted) {
        if (asked === 0 && left() === 0) return [];
        const rows = dueNotices(database, nowMs, wanted);
        asked += 1;
        if (asked === 2) await eventually(() => sender.statistics().delivered === 1 && left() === 0, 'done');
        return rows;
      },
      done: async (seq) => noticeDone(database, seq),
      retryLater: async (seq, nextMs) => retryNoticeLater(database, seq, nextMs),
      dropExpired: () => new Promise((resolve) => setImmediate(resolve, 0)),
    },
  });
  add(1);
  await eventually(() => asked >= 3, 'asked again');
  await eventually(() => sender.statistics().running === 0, 'all is over');
  assert.deepEqual(idsOf(receiver), ['n-1']);
});
