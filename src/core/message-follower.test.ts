import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openTestCodes } from '../../test/support/code-stores.ts';
import { makeCheck, makeCode, T0_MS } from '../../test/support/codes.ts';
import { makeChannel, makeMessage } from '../../test/support/message-channels.ts';
import { createSteppedClock, settle } from '../../test/support/stepped-clock.ts';
import { ChannelError } from '../ports/channel.ts';
import type { CodeStore, NewCode, VerificationStep } from '../ports/code-store.ts';
import type { MessageChannel } from '../ports/message-channel.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { createMessageBoxes } from './message-boxes.ts';
import { createDispatcher, type HandedOverState } from './message-dispatcher.ts';
import { createMessageFollower, type FollowerOptions } from './message-follower.ts';

const NUMBER = '+8613800138000';
const SWEEP_EVERY_MS = 5000;
const boxes = createMessageBoxes(Buffer.alloc(32, 3), systemRandom);
const PAGE = { offset: 0, limit: 100 };

async function makeFollower(
  t: TestContext,
  more: Partial<FollowerOptions> = {},
  channel: MessageChannel = makeChannel('sms'),
) {
  const { store } = await openTestCodes(t, { onError: () => {} });
  const clock = createSteppedClock(T0_MS);
  const steps: VerificationStep[] = [];
  const errors: string[] = [];
  const asked: [string[], number][] = [];
  const recorded = new Set<string>();
  const follower = createMessageFollower({
    ...{ store, boxes, clock, sweepEveryMs: SWEEP_EVERY_MS },
    findRecorded: async (ids, sinceMs) => {
      asked.push([[...ids], sinceMs]);
      return recorded;
    },
    onStep: (step) => void steps.push(step),
    onError: (reason) => void errors.push(reason),
    ...more,
  });
  const dispatcher = createDispatcher({
    ...{ channels: [channel], clock, random: systemRandom, queueMax: 100, atOnce: 4, timeoutMs: 1000 },
    ...{ attemptsMax: 2, retryBaseMs: 1000, retriesPerMinute: 10 },
    onDone: (id, state) => follower.done(id, state),
  });
  t.after(() => follower.close());
  const ended = async () => {
    await dispatcher.idle();
    // What was told is written in the order in which it was told.
    await store.statistics();
    await settle();
    await store.statistics();
  };
  return { store, clock, steps, errors, asked, recorded, follower, dispatcher, ended };
}

function makeSealed(changes: Parameters<typeof makeCode>[0] = {}): NewCode {
  const code = makeCode(changes);
  const message = makeMessage(code.id, { to: NUMBER, text: 'your code is 111111' });
  return { ...code, ...boxes.seal(message) };
}

async function holdAs(
  store: CodeStore,
  state: 'held' | 'queued' | 'resent',
  code: NewCode,
): Promise<NewCode> {
  await store.hold(code);
  if (state !== 'held') await store.markResent(code.id, false);
  if (state === 'resent') await store.markResent(code.id, true);
  return code;
}

const stateOf = async (store: CodeStore, { id, account }: NewCode) => {
  const found = await store.find(account, id);
  return found && [found.deliveryState, found.reason, found.resent];
};
const sent = (reference = ''): HandedOverState => ({ state: 'sent', channel: 'sms', reference, reason: '' });
const receipt = (reference: string, state: 'delivered' | 'failed' = 'delivered') => ({
  reference,
  state,
  reason: '1',
});

test('what was answered before a crash goes out after it, and that it may have gone twice is kept', async (t) => {
  const channel = makeChannel('sms');
  const { store, follower, dispatcher, ended } = await makeFollower(t, {}, channel);
  const code = await holdAs(store, 'queued', makeSealed());
  await follower.recover(dispatcher);
  await ended();
  assert.deepEqual(await stateOf(store, code), ['sent', '', true]);
  assert.deepEqual(
    channel.given.map(({ id, to, text }) => [id, to, text]),
    [[code.id, NUMBER, 'your code is 111111']],
  );
});

test('what was held goes out when its call is recorded, and was never there when it is not', async (t) => {
  const channel = makeChannel('sms');
  const { store, follower, dispatcher, ended, recorded, asked } = await makeFollower(t, {}, channel);
  const answered = await holdAs(store, 'held', makeSealed({ to: 'a', nowMs: T0_MS + 5 }));
  const unheard = await holdAs(store, 'held', makeSealed({ to: 'b', nowMs: T0_MS + 2 }));
  await holdAs(store, 'queued', makeSealed({ to: 'c', nowMs: T0_MS + 1 }));
  recorded.add(answered.requestId);
  await follower.recover(dispatcher);
  await ended();
  assert.deepEqual(
    asked,
    [[[answered.requestId, unheard.requestId], T0_MS + 2]],
    'asked once, of those alone',
  );
  assert.deepEqual(await stateOf(store, answered), ['sent', '', true]);
  assert.equal(await stateOf(store, unheard), undefined);
  assert.deepEqual(await store.check(makeCheck({ to: 'b' })), { kind: 'unusable' });
  assert.equal(channel.given.length, 2);
  assert.ok(!channel.given.some(({ id }) => id === unheard.id));
});

test('where nothing was held nobody asks the ledger', async (t) => {
  const { store, follower, dispatcher, asked } = await makeFollower(t);
  await holdAs(store, 'queued', makeSealed());
  await follower.recover(dispatcher);
  assert.deepEqual(asked, []);
});

test('what was handed over again before another crash is not handed over a third time', async (t) => {
  const channel = makeChannel('sms');
  const { store, follower, dispatcher, ended, steps } = await makeFollower(t, {}, channel);
  const code = await holdAs(store, 'resent', makeSealed());
  await follower.recover(dispatcher);
  await ended();
  assert.deepEqual(await stateOf(store, code), ['failed', 'unconfirmed', true]);
  assert.equal(channel.given.length, 0);
  assert.deepEqual(
    steps.map(({ id }) => id),
    [code.id],
    'whoever waits for it is told',
  );
});

test('what still waited when the server died again is handed over at the start after that', async (t) => {
  // The four that are handed over at once never end.
  const channel = makeChannel('sms', () => new Promise(() => {}));
  const { store, follower, dispatcher } = await makeFollower(t, {}, channel);
  for (const to of ['a', 'b', 'c', 'd', 'e', 'f']) await holdAs(store, 'queued', makeSealed({ to }));
  await follower.recover(dispatcher);
  await settle();
  await store.statistics();
  await settle();
  assert.equal(channel.given.length, 4);
  const waiting = await store.waiting();
  assert.deepEqual(
    waiting.map(({ resent }) => resent),
    [true, true, true, true, false, false],
  );
});

test('what has expired meanwhile is not sent, and the next sweep says so', async (t) => {
  const channel = makeChannel('sms');
  const { store, follower, dispatcher, clock, ended, steps } = await makeFollower(t, {}, channel);
  const code = await holdAs(store, 'queued', makeSealed({ expiresMs: T0_MS }));
  await follower.recover(dispatcher);
  follower.start();
  await clock.advance(0);
  await ended();
  assert.deepEqual(await stateOf(store, code), ['expired', '', false]);
  assert.deepEqual(
    steps.map(({ deliveryState }) => deliveryState),
    ['expired'],
  );
  assert.equal(channel.given.length, 0);
});

test('a message that cannot be read any more fails alone: the server starts and the others go out', async (t) => {
  const channel = makeChannel('sms');
  const { store, follower, dispatcher, ended, errors } = await makeFollower(t, {}, channel);
  const damaged = await holdAs(store, 'queued', {
    ...makeSealed({ to: 'a' }),
    sealedMessage: Buffer.alloc(60),
  });
  const whole = await holdAs(store, 'queued', makeSealed({ to: 'b' }));
  await follower.recover(dispatcher);
  await ended();
  assert.deepEqual(await stateOf(store, damaged), ['failed', 'unreadable', false]);
  assert.deepEqual(await stateOf(store, whole), ['sent', '', true]);
  assert.equal(errors.length, 1);
});

test('a receipt that comes before the answer to its message is not lost', async (t) => {
  const { store, follower, ended, steps } = await makeFollower(t);
  const code = await holdAs(store, 'queued', makeSealed());
  void follower.receive('sms', receipt('r1'));
  await ended();
  follower.done(code.id, sent('r1'));
  await ended();
  assert.deepEqual(await stateOf(store, code), ['delivered', '1', false]);
  assert.deepEqual(
    steps.map(({ deliveryState }) => deliveryState),
    ['sent', 'delivered'],
  );
});

test('a receipt in the same moment as the answer to its message is not lost, whichever is first', async (t) => {
  const { store, follower, ended } = await makeFollower(t);
  const [one, two] = [
    await holdAs(store, 'queued', makeSealed({ to: 'a' })),
    await holdAs(store, 'queued', makeSealed({ to: 'b' })),
  ];
  void follower.receive('sms', receipt('r1'));
  follower.done(one.id, sent('r1'));
  follower.done(two.id, sent('r2'));
  void follower.receive('sms', receipt('r2'));
  await ended();
  assert.equal((await stateOf(store, one))?.[0], 'delivered');
  assert.equal((await stateOf(store, two))?.[0], 'delivered');
});

test('a receipt is said to be kept when it is on the disk, also where it comes in the moment of the answer', async (t) => {
  const { store, follower } = await makeFollower(t);
  const codes = [];
  for (const to of ['a', 'b', 'c']) codes.push(await holdAs(store, 'queued', makeSealed({ to })));
  const kept: Promise<boolean>[] = [];
  for (const [at, { id }] of codes.entries()) {
    const reference = `r${at}`;
    const tell = () => kept.push(follower.receive('sms', receipt(reference)));
    if (at !== 1) tell();
    follower.done(id, sent(reference));
    if (at === 1) tell();
  }
  assert.deepEqual(await Promise.all(kept), [true, true, true]);
  // No turn later: whoever was told so may go.
  const states = codes.map((code) => stateOf(store, code));
  for (const state of await Promise.all(states)) assert.deepEqual(state, ['delivered', '1', false]);
  assert.equal(await follower.receive('sms', receipt('nobody')), true, 'sending it again helps nobody');
});

test('a receipt that cannot be kept is not said to be', async (t) => {
  const { store, follower } = await makeFollower(t);
  await store.close();
  assert.equal(await follower.receive('sms', receipt('r1')), false);
});

test('an early receipt of one channel is none of another that uses the same names', async (t) => {
  const { store, follower, ended } = await makeFollower(t);
  const code = await holdAs(store, 'queued', makeSealed());
  void follower.receive('mail', receipt('1', 'failed'));
  await ended();
  follower.done(code.id, sent('1'));
  await ended();
  assert.deepEqual(await stateOf(store, code), ['sent', '', false]);
});

test('receipts for nothing do not push a newer early one out, and are not kept without end', async (t) => {
  const { store, follower, ended } = await makeFollower(t);
  const code = await holdAs(store, 'queued', makeSealed());
  for (let at = 0; at < 600; at += 1) void follower.receive('sms', receipt(`none${at}`));
  void follower.receive('sms', receipt('r1'));
  for (let at = 0; at < 600; at += 1) void follower.receive('sms', receipt(`none again ${at}`));
  await ended();
  follower.done(code.id, sent('r1'));
  await ended();
  assert.deepEqual(await stateOf(store, code), ['delivered', '1', false]);
});

test('receipts that come twice tell nobody twice', async (t) => {
  const { store, follower, ended, steps } = await makeFollower(t);
  const code = await holdAs(store, 'queued', makeSealed());
  follower.done(code.id, sent('r1'));
  for (let at = 0; at < 5; at += 1) void follower.receive('sms', receipt('r1'));
  await ended();
  assert.deepEqual(
    steps.map(({ deliveryState }) => deliveryState),
    ['sent', 'delivered'],
  );
});

test('a message that surely never left waits for the next start as if it were new', async (t) => {
  const { store, follower, ended } = await makeFollower(t);
  const code = await holdAs(store, 'resent', makeSealed());
  follower.done(code.id, { state: 'kept' });
  await ended();
  assert.deepEqual(
    (await store.waiting()).map(({ id, state, resent }) => [id, state, resent]),
    [[code.id, 'queued', false]],
  );
});

test('it sweeps now and then, also after a sweep that failed, until it is closed', async (t) => {
  let sweeps = 0;
  const fails: Pick<CodeStore, 'sweep'> = {
    async sweep() {
      sweeps += 1;
      throw new Error('disk full');
    },
  };
  const { follower, clock, errors } = await makeFollower(t, { store: fails as CodeStore });
  follower.start();
  await clock.advance(2 * SWEEP_EVERY_MS);
  assert.equal(sweeps, 3);
  assert.deepEqual(errors, ['disk full', 'disk full', 'disk full']);
  follower.close();
  await clock.advance(10 * SWEEP_EVERY_MS);
  assert.equal(sweeps, 3);
});

test('what could not be kept is reported, and names nobody', async (t) => {
  const { store, follower, errors } = await makeFollower(t);
  const code = await holdAs(store, 'queued', makeSealed());
  await store.close();
  follower.done(code.id, sent('r1'));
  void follower.receive('sms', receipt('r2'));
  await settle();
  assert.equal(errors.length, 2);
  assert.ok(errors.every((reason) => !reason.includes(NUMBER) && !reason.includes('111111')));
});

test('a channel that is down for a while: what waits for its next round at the end of the server goes out at the next start', async (t) => {
  const down = makeChannel('sms', async () => {
    throw new ChannelError('refused', true, false);
  });
  const { store, dispatcher, ended } = await makeFollower(t, {}, down);
  const code = await holdAs(store, 'queued', makeSealed());
  dispatcher.dispatch({ message: makeMessage(code.id), channels: ['sms'] });
  await settle();
  await dispatcher.close();
  await ended();
  assert.equal((await store.list(1, PAGE)).verifications[0]?.deliveryState, 'queued');
  assert.equal((await store.waiting()).length, 1);
});
