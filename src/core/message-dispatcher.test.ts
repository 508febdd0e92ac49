import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Answer,
  makeChannel,
  makeMessage,
  type SteeredChannel,
} from '../../test/support/message-channels.ts';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { createSteppedClock, settle } from '../../test/support/stepped-clock.ts';
import { ChannelError } from '../ports/channel.ts';
import { createDispatcher, type DispatcherOptions, type HandedOverState } from './message-dispatcher.ts';

const TIMEOUT_MS = 10_000;
const GRACE_MS = 1000;
const BASE_MS = 4000;

const refused = (retryable = false) => new ChannelError('refused', retryable, false);
const unsure = () => new ChannelError('cut', true, true);
const failing =
  (error: unknown): Answer =>
  async () => {
    throw error;
  };

function makeDispatcher(channels: readonly SteeredChannel[], more: Partial<DispatcherOptions> = {}) {
  const clock = createSteppedClock(0);
  const done: [string, HandedOverState][] = [];
  const dispatcher = createDispatcher({
    channels,
    clock,
    // Chance at its middle: every wait is three quarters of the full one.
    random: { bytes: (length) => Buffer.from([0x80, 0, 0, 0].slice(0, length)), uuid: () => '' },
    ...{
      queueMax: 100,
      atOnce: 4,
      timeoutMs: TIMEOUT_MS,
      attemptsMax: 3,
      retryBaseMs: BASE_MS,
      retriesPerMinute: 100,
    },
    onDone: (id, state) => void done.push([id, state]),
    ...more,
  });
  const order = channels.map(({ name }) => name);
  const dispatch = (id: string, changes: Parameters<typeof makeMessage>[1] = {}, names = order) =>
    dispatcher.dispatch({ message: makeMessage(id, changes), channels: names });
  return { clock, done, dispatcher, dispatch };
}

const sent = (channel: string, reference: string, reason = ''): HandedOverState => ({
  ...{ state: 'sent', channel, reference, reason },
});

test('the first channel of the order that takes a message carries it, and no other is asked', async () => {
  const [a, b] = [makeChannel('a'), makeChannel('b')];
  const { done, dispatch } = makeDispatcher([a, b]);
  dispatch('m', {}, ['b', 'a']);
  await settle();
  assert.deepEqual(done, [['m', sent('b', 'ref-m')]]);
  assert.equal(a.given.length, 0);
});

test('a channel that has certainly not taken it hands on to the next one', async () => {
  const [a, b, c] = [
    makeChannel('a', failing(refused())),
    makeChannel('b', failing(refused(true))),
    makeChannel('c'),
  ];
  const { done, dispatch } = makeDispatcher([a, b, c]);
  dispatch('m');
  await settle();
  assert.deepEqual(done, [['m', sent('c', 'ref-m')]]);
  assert.deepEqual([a.given.length, b.given.length], [1, 1]);
});

test('what may have left is handed over to nobody else and never again', async () => {
  const [a, b] = [makeChannel('a', failing(unsure())), makeChannel('b')];
  const { clock, done, dispatch } = makeDispatcher([a, b]);
  dispatch('m');
  await clock.advance(3_600_000);
  assert.deepEqual(done, [['m', sent('a', '', 'unconfirmed')]]);
  assert.deepEqual([a.given.length, b.given.length], [1, 0]);
});

test('a channel that is silent beyond its deadline may have sent it: nobody else does, whatever it says later', async () => {
  for (const late of ['taken', 'refused'] as const) {
    const answer = Promise.withResolvers<{ reference: string }>();
    const [a, b] = [makeChannel('a', () => answer.promise), makeChannel('b')];
    const { clock, done, dispatch } = makeDispatcher([a, b]);
    dispatch('m');
    await clock.advance(TIMEOUT_MS + GRACE_MS - 1);
    assert.deepEqual(done, []);
    await clock.advance(1);
    assert.deepEqual(done, [['m', sent('a', '', 'unconfirmed')]]);
    if (late === 'taken') answer.resolve({ reference: 'late' });
    else answer.reject(refused(true));
    await clock.advance(3_600_000);
    assert.equal(done.length, 1);
    assert.deepEqual([a.given.length, b.given.length], [1, 0]);
  }
});

test('told that its time is up, a channel that had not begun to write hands on to the next one', async () => {
  const a = makeChannel(
    'a',
    (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(refused()))),
  );
  const { clock, done, dispatch } = makeDispatcher([a, makeChannel('b')]);
  dispatch('m');
  await clock.advance(TIMEOUT_MS - 1);
  assert.deepEqual(done, []);
  await clock.advance(1);
  assert.deepEqual(done, [['m', sent('b', 'ref-m')]]);
});

test('told that its time is up, a channel may still say that it was taken', async () => {
  const a = makeChannel(
    'a',
    (_, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ reference: 'last' }))),
  );
  const { clock, done, dispatch } = makeDispatcher([a, makeChannel('b')]);
  dispatch('m');
  await clock.advance(TIMEOUT_MS);
  assert.deepEqual(done, [['m', sent('a', 'last')]]);
});

test('when nobody took it and it could help, the whole order is tried again after waits that double', async () => {
  const [a, b] = [makeChannel('a', failing(refused(true))), makeChannel('b', failing(refused()))];
  const { clock, done, dispatch } = makeDispatcher([a, b]);
  dispatch('m');
  await settle();
  assert.equal(a.given.length, 1);
  await clock.advance(0.75 * BASE_MS - 1);
  assert.equal(a.given.length, 1);
  await clock.advance(1);
  assert.deepEqual([a.given.length, b.given.length], [2, 2]);
  await clock.advance(1.5 * BASE_MS);
  assert.deepEqual([a.given.length, b.given.length], [3, 3]);
  assert.deepEqual(done, [['m', { state: 'failed', channel: 'b', reason: 'refused' }]]);
  await clock.advance(3_600_000);
  assert.equal(a.given.length, 3);
});

test('when trying again cannot help it is not done', async () => {
  const a = makeChannel('a', failing(refused()));
  const { done, dispatch, clock } = makeDispatcher([a]);
  dispatch('m');
  await clock.advance(3_600_000);
  assert.deepEqual(done, [['m', { state: 'failed', channel: 'a', reason: 'refused' }]]);
  assert.equal(a.given.length, 1);
});

test('all messages together are tried again no more often than the budget of a minute allows', async () => {
  const a = makeChannel('a', failing(refused(true)));
  const { clock, done, dispatch } = makeDispatcher([a], {
    retriesPerMinute: 5,
    attemptsMax: 100,
    retryBaseMs: 1,
  });
  for (let at = 0; at < 20; at += 1) dispatch(`m${at}`);
  await clock.advance(59_000);
  assert.equal(a.given.length, 25);
  assert.equal(done.length, 20);
});

test('retries are among those at once: however many come back together, no more run than may', async () => {
  let running = 0;
  let most = 0;
  const a = makeChannel('a', async (_, __, nth) => {
    if (nth <= 20) throw refused(true);
    running += 1;
    most = Math.max(most, running);
    await clock.sleep(10);
    running -= 1;
    return { reference: '' };
  });
  const { clock, done, dispatch } = makeDispatcher([a], { atOnce: 3 });
  for (let at = 0; at < 20; at += 1) dispatch(`m${at}`);
  for (let at = 0; at < 20; at += 1) await clock.advance(BASE_MS);
  assert.equal(done.length, 20);
  assert.equal(most, 3);
});

test('nothing is handed over at or after its end, nor waits beyond it', async () => {
  const a = makeChannel('a', failing(refused(true)));
  const { clock, done, dispatch } = makeDispatcher([a], { attemptsMax: 100 });
  dispatch('over', { expiresMs: 0 });
  dispatch('soon', { expiresMs: 1000 });
  await clock.advance(999);
  assert.equal(a.given.length, 1);
  await clock.advance(1);
  const expired = { state: 'expired', channel: '', reason: '' };
  assert.deepEqual(done, [
    ['over', expired],
    ['soon', expired],
  ]);
  assert.equal(a.given.length, 1);
});

test('a channel that breaks its promises may have sent it: its text goes nowhere', async () => {
  const rubbish: readonly [string, Answer][] = [
    ['an error', failing(new Error('to +8613800138000'))],
    ['a text', failing('+8613800138000')],
    ['nothing', failing(undefined)],
    [
      'an error at once',
      () => {
        throw new TypeError('x');
      },
    ],
    ['no answer', (async () => undefined) as unknown as Answer],
  ];
  for (const [what, answer] of rubbish) {
    const [a, b] = [makeChannel('a', answer), makeChannel('b')];
    const { clock, done, dispatch } = makeDispatcher([a, b]);
    dispatch('m');
    await clock.advance(3_600_000);
    assert.deepEqual(done, [['m', sent('a', '', 'unconfirmed')]], what);
    assert.equal(b.given.length, 0, what);
  }
});

test('a reference that is no text is none', async () => {
  for (const reference of [5, null, undefined, {}, Buffer.from('x')]) {
    const a = makeChannel('a', (async () => ({ reference })) as unknown as Answer);
    const { done, dispatch } = makeDispatcher([a]);
    dispatch('m');
    await settle();
    assert.deepEqual(done, [['m', sent('a', '')]]);
  }
});

test('channels that are not there or do not carry such messages are passed over', async () => {
  const [mail, sms] = [makeChannel('mail', undefined, ['email']), makeChannel('sms', undefined, ['phone'])];
  const { done, dispatch } = makeDispatcher([mail, sms]);
  dispatch('m', {}, ['gone', 'mail', 'sms']);
  dispatch('n', {}, ['gone', 'mail']);
  await settle();
  assert.deepEqual(done.toSorted(), [
    ['m', sent('sms', 'ref-m')],
    ['n', { state: 'failed', channel: '', reason: 'no_channel' }],
  ]);
  assert.equal(mail.given.length, 0);
});

test('it has room for as many as may wait, and for none once it ends', async () => {
  const a = makeChannel('a', () => new Promise(() => {}));
  const { dispatcher, dispatch, clock } = makeDispatcher([a], { queueMax: 3, atOnce: 1 });
  for (let at = 0; at < 3; at += 1) dispatch(`m${at}`);
  assert.equal(dispatcher.hasRoom(), true);
  dispatch('last');
  assert.equal(dispatcher.hasRoom(), false);
  assert.deepEqual(dispatcher.statistics(), { waiting: 3, running: 1 });
  const closing = dispatcher.close();
  await clock.advance(TIMEOUT_MS + GRACE_MS);
  await closing;
  assert.equal(dispatcher.hasRoom(), false);
});

test('closing keeps what waits, lets what is on its way end, and closes the channels after that', async () => {
  const answer = Promise.withResolvers<{ reference: string }>();
  const a = makeChannel('a', ({ id }) => (id === 'paused' ? Promise.reject(refused(true)) : answer.promise));
  const { done, dispatcher, dispatch } = makeDispatcher([a], { atOnce: 2 });
  dispatch('paused');
  await settle();
  for (const id of ['one', 'two', 'waiting']) dispatch(id);
  await settle();
  const closing = dispatcher.close();
  await settle();
  assert.deepEqual(done, [['paused', { state: 'kept' }]]);
  assert.equal(a.isClosed(), false);
  answer.resolve({ reference: 'r' });
  await closing;
  assert.equal(a.isClosed(), true);
  assert.deepEqual(done.slice(1).toSorted(), [
    ['one', sent('a', 'r')],
    ['two', sent('a', 'r')],
    ['waiting', { state: 'kept' }],
  ]);
  dispatch('late');
  await settle();
  assert.deepEqual(done.at(-1), ['late', { state: 'kept' }]);
  assert.equal(a.given.length, 3);
});

test('a channel that cannot be closed keeps no other one open', async () => {
  const broken = { ...makeChannel('a'), close: () => Promise.reject(new Error('x')) };
  const b = makeChannel('b');
  const { dispatcher } = makeDispatcher([broken, b]);
  await dispatcher.close();
  assert.equal(b.isClosed(), true);
});

test('what must be kept first is kept before any channel sees the message, once for all rounds', async () => {
  const kept = Promise.withResolvers<void>();
  let times = 0;
  const a = makeChannel('a', failing(refused(true)));
  const { clock, done, dispatcher } = makeDispatcher([a]);
  const before = () => {
    times += 1;
    return kept.promise;
  };
  dispatcher.dispatch({ message: makeMessage('m'), channels: ['a'], before });
  await settle();
  assert.equal(a.given.length, 0);
  kept.resolve();
  await clock.advance(600_000);
  assert.deepEqual([a.given.length, times, done.length], [3, 1, 1]);
});

test('when it cannot be kept no channel sees the message, which waits for the next start', async () => {
  const a = makeChannel('a');
  const { done, dispatcher } = makeDispatcher([a]);
  const before = () => Promise.reject(new Error('disk full'));
  dispatcher.dispatch({ message: makeMessage('m'), channels: ['a'], before });
  await dispatcher.idle();
  assert.deepEqual([done, a.given.length], [[['m', { state: 'kept' }]], 0]);
});

test('whatever channels answer and when, each message is told of once and taken over at most once', async () => {
  const word = fc.constantFrom('taken', 'refused', 'busy', 'unsure', 'defect', 'silent', 'late', 'aborted');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
      fc.nat(8),
      async (words, messages) => {
        const mayHaveIt = new Map<string, number>();
        const channels = words.map((said, at) =>
          makeChannel(`c${at}`, (message, signal, nth) => {
            const verdict = said[nth % said.length];
            const take = () => void mayHaveIt.set(message.id, (mayHaveIt.get(message.id) ?? 0) + 1);
            const onAbort = <T>(
              then: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
            ) =>
              new Promise<T>((resolve, reject) =>
                signal.addEventListener('abort', () => then(resolve, reject)),
              );
            if (verdict === 'refused' || verdict === 'busy')
              return Promise.reject(refused(verdict === 'busy'));
            if (verdict === 'aborted') return onAbort((_, reject) => reject(refused(true)));
            take();
            if (verdict === 'unsure') return Promise.reject(unsure());
            if (verdict === 'defect') return Promise.reject(new Error('x'));
            if (verdict === 'silent') return new Promise(() => {});
            if (verdict === 'late') return onAbort((resolve) => resolve({ reference: 'r' }));
            return Promise.resolve({ reference: 'r' });
          }),
        );
        const { clock, done, dispatch } = makeDispatcher(channels, { atOnce: 2 });
        for (let at = 0; at < messages; at += 1) dispatch(`m${at}`);
        await clock.advance(600_000);
        assert.equal(new Set(done.map(([id]) => id)).size, messages);
        assert.equal(done.length, messages);
        for (const [id, { state }] of done) {
          assert.equal(mayHaveIt.get(id) ?? 0, state === 'sent' ? 1 : 0, `${id} ${state}`);
        }
      },
    ),
    propertyRuns(60),
  );
});

const HANGING: Answer = (_message, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new ChannelError('timeout', true, false)));
  });

test('a channel that is down holds up one message at a time, and no other channel', async () => {
  const down = { ...makeChannel('down', HANGING), isUp: () => false };
  const mail = makeChannel('mail', undefined, ['email']);
  const { done, dispatch } = makeDispatcher([down, mail], { atOnce: 2 });
  for (let nth = 0; nth < 20; nth += 1) dispatch(`sms${nth}`, {}, ['down']);
  dispatch('letter', { kind: 'email' }, ['mail']);
  await settle();
  assert.deepEqual(done, [['letter', sent('mail', 'ref-letter')]]);
  assert.equal(down.given.length, 1, 'one finds out whether it is still down');
});

test('what waits for a channel that is down is not given up before its time, and goes when the channel is up', async () => {
  let up = false;
  const answer: Answer = async ({ id }) => {
    if (!up) throw new ChannelError('not_bound', true, false);
    return { reference: `ref-${id}` };
  };
  const channel = { ...makeChannel('sms', answer), isUp: () => up };
  const probe = makeChannel('probe', HANGING);
  const { clock, done, dispatch } = makeDispatcher([channel, probe], { retriesPerMinute: 1000 });
  dispatch('first', {}, ['sms', 'probe']);
  await settle();
  assert.equal(channel.given.length, 1);
  up = true;
  await clock.advance(TIMEOUT_MS + GRACE_MS + BASE_MS);
  await settle();
  assert.deepEqual(done.at(-1), ['first', sent('sms', 'ref-first')]);
});
