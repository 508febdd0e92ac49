import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, NOON_MS, pipelineBench, record } from '../../test/support/pipeline.ts';
import type { ApiKey } from '../ports/accounts.ts';

const NUMBER = '13912345678';
const LINE = { msisdn: NUMBER };

function asking(
  question: string,
  changes: { key?: string; keyId?: number; sandbox?: boolean; atMs?: number } = {},
) {
  const { key = 'order-1', keyId = 7, sandbox = false, atMs = NOON_MS } = changes;
  const apiKey: ApiKey = {
    id: keyId,
    secretId: 'id',
    secretKey: 'key',
    account: account({ sandbox }),
    restriction: undefined,
  };
  return { key: apiKey, receivedAtMs: atMs, idempotency: { key, question: Buffer.from(question) } };
}

test('the same question under the same key is charged once and answered alike, marked as repeated', async () => {
  const { execute, attempts, logged } = pipelineBench({ answer: record() });
  const first = await execute('line-status', LINE, asking('a'));
  const second = await execute('line-status', LINE, asking('a'));
  assert.equal(first.repeats, undefined);
  const repeats = { requestId: '11111111-1111-4111-8111-111111111111', language: 'en' };
  assert.deepEqual(second, { ...first, repeats });
  assert.equal(attempts.length, 1);
  assert.deepEqual(
    logged.map(({ outcome, sandbox }) => [outcome, sandbox]),
    [['known', false]],
  );
});

test('the same key with another question is refused, also while the first is being answered', async () => {
  const { execute, attempts } = pipelineBench({ answer: record() });
  const first = execute('line-status', LINE, asking('a'));
  await assert.rejects(execute('line-status', LINE, asking('b')), { code: 'idempotency_key_reused' });
  await first;
  await assert.rejects(execute('line-status', LINE, asking('b')), { code: 'idempotency_key_reused' });
  assert.equal(attempts.length, 1);
});

test('of 50 at once one is recorded and all have its answer', async () => {
  const { execute, attempts } = pipelineBench({ answer: record(), options: { ratePerSecond: 100 } });
  const all = await Promise.all(Array.from({ length: 50 }, () => execute('line-status', LINE, asking('a'))));
  assert.equal(attempts.length, 1);
  assert.equal(new Set(all.map(({ outcome, output }) => JSON.stringify([outcome, output]))).size, 1);
  assert.equal(all.filter(({ repeats }) => repeats !== undefined).length, 49);
});

test('what cost nothing is asked anew, and its key still names no other question', async () => {
  const { execute, questions, attempts } = pipelineBench({ answer: undefined });
  await execute('line-status', LINE, asking('a'));
  await execute('line-status', LINE, asking('a'));
  assert.equal(questions.length, 2);
  assert.ok(attempts.every(({ keep }) => keep?.answer.length === 0));
  await assert.rejects(execute('line-status', LINE, asking('b')), { code: 'idempotency_key_reused' });
});

test('an answer is repeated as it was given: in its language and under its request id', async () => {
  const { execute } = pipelineBench({ answer: record() });
  await execute('line-status', LINE, { ...asking('a'), requestId: 'first', language: 'zh' });
  const { repeats } = await execute('line-status', LINE, { ...asking('a'), requestId: 'second' });
  assert.deepEqual(repeats, { requestId: 'first', language: 'zh' });
});

test('a call that failed leaves its key free', async () => {
  let isDown = true;
  const { execute } = pipelineBench({
    answer: record(),
    settle(attempt) {
      if (isDown) throw new Error('disk');
      return {
        kind: 'recorded',
        seq: 1,
        outcome: attempt.outcome,
        charged: true,
        paidBy: 'quota',
        chargedMinor: 0,
      };
    },
  });
  await assert.rejects(execute('line-status', LINE, asking('a')));
  isDown = false;
  assert.equal((await execute('line-status', LINE, asking('a'))).outcome, 'known');
});

test('a key of one credential tells another nothing', async () => {
  const { execute, attempts } = pipelineBench({ answer: record() });
  await execute('line-status', LINE, asking('a'));
  await execute('line-status', LINE, asking('b', { keyId: 8 }));
  assert.equal(attempts.length, 2);
});

test('what is kept shows neither key nor question nor answer', async () => {
  const { execute, attempts } = pipelineBench({ answer: record() });
  await execute('line-status', LINE, asking(`question ${NUMBER}`, { key: NUMBER }));
  const { name, question, answer } = attempts[0]?.keep ?? assert.fail('nothing kept');
  for (const bytes of [name, question, answer]) {
    const text = Buffer.from(bytes).toString('latin1');
    assert.ok(!text.includes(NUMBER) && !text.includes('known') && !text.includes('mobile'), text);
  }
});

test('the sandbox repeats as well, without a ledger, until the time is over or there are too many', async () => {
  const { execute, attempts } = pipelineBench({ answer: record() });
  const ask = (question: string, key: string, atMs = NOON_MS) =>
    execute('line-status', LINE, asking(question, { key, atMs, sandbox: true }));
  const isRepeated = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).repeats !== undefined;
  assert.equal(await isRepeated('a', 'first'), false);
  assert.equal(await isRepeated('a', 'first'), true);
  await assert.rejects(ask('b', 'first'), { code: 'idempotency_key_reused' });
  assert.equal(await isRepeated('b', 'first', NOON_MS + 1000), false, 'kept for 1000 ms');
  assert.deepEqual([await isRepeated('c', 'second'), await isRepeated('d', 'third')], [false, false]);
  assert.equal(await isRepeated('b', 'first', NOON_MS + 1000), false, 'two are kept');
  assert.equal(attempts.length, 0);
});

test('a suspended account gets no kept answer', async () => {
  const { execute } = pipelineBench({ answer: record() });
  const asked = asking('a');
  await execute('line-status', LINE, asked);
  const suspended = { ...asked, key: { ...asked.key, account: account({ state: 'suspended' }) } };
  await assert.rejects(execute('line-status', LINE, suspended), { code: 'account_suspended' });
});
