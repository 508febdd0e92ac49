import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Conclusion } from '../../domain/conclusion.ts';
import { FAULTS, Fault, type FaultCode } from '../../domain/fault.ts';
import { OUTCOMES } from '../../domain/outcome.ts';
import { LINE_STATUSES } from '../../domain/subscriber.ts';
import type { Clock } from '../../ports/clock.ts';
import { REHEARSED_ACTIONS, RESERVED_RANGE } from './answer.ts';
import { createSandbox } from './create-sandbox.ts';
import { SANDBOX_TABLE } from './table.ts';

const PERSON = { name: '张三', idCard: '11010519491231002X' };
const OF_NO_LINE = new Set(['completed', 'code_sent', 'code_verified']);
const EXAMPLE = { msisdn: '16137688175', idCard: '11204416541220243X' };

function createTestClock() {
  const slept: number[] = [];
  const wakers: (() => void)[] = [];
  const clock: Clock = {
    nowMs: () => 1_700_000_000_000,
    sleep: (delayMs) => {
      slept.push(delayMs);
      return new Promise((resolve) => wakers.push(resolve));
    },
  };
  return { clock, slept, wake: () => wakers.splice(0).forEach((resolve) => void resolve()) };
}

function createTestSandbox(maxDelayedCalls = 10) {
  const { clock, slept, wake } = createTestClock();
  const sandbox = createSandbox({ clock, region: 'CN', maxDelayedCalls });
  const ask = async (action: string, input: Record<string, unknown>) => {
    const answer = sandbox.rehearse(action, input);
    wake();
    return answer;
  };
  return { sandbox, ask, slept, wake };
}

async function catchFault(run: () => Promise<unknown>): Promise<Fault> {
  try {
    await run();
  } catch (error) {
    assert.ok(error instanceof Fault);
    return error;
  }
  throw new assert.AssertionError({ message: 'no fault was thrown' });
}

test('the documented example inputs give the documented example outputs', async () => {
  const { ask } = createTestSandbox();
  const cases = [
    ['line-status', { msisdn: '13800138000' }, 'known', { status: 'suspended' }],
    ['line-status', { msisdn: '16137688175' }, 'number_invalid', { status: 'unknown' }],
    ['line-tenure', { msisdn: '13800138000' }, 'known', { months: 36, range: '[24,+)' }],
    ['line-tenure', { msisdn: '16137688175' }, 'number_vacant', { range: '' }],
    ...['韦小宝', 'Wei Xiaobao'].map(
      (name) =>
        [
          'identity-match',
          { ...EXAMPLE, name },
          'match',
          { carrier: 'telecom', ispText: { en: 'Telecom', zh: '电信' } },
        ] as const,
    ),
    [
      'identity-match',
      { ...EXAMPLE, name: 'Wei Xiaobao II' },
      'mismatch',
      { carrier: 'unicom', mismatch: 'phone_name', ispText: { en: 'China Unicom', zh: '联通' } },
    ],
  ] as const;
  for (const [action, input, outcome, output] of cases) {
    assert.deepEqual(await ask(action, input), { outcome, output, source: 'sandbox', asOf: undefined });
  }
});

test('the table reaches every outcome that an action about a line can conclude', async () => {
  const { ask } = createTestSandbox();
  const reached = new Set<string>();
  for (const row of SANDBOX_TABLE) {
    for (const action of REHEARSED_ACTIONS) {
      const input = { msisdn: row.number, ...PERSON };
      const answer = await ask(action, input).catch((error: unknown) => assert.ok(error instanceof Fault));
      if (answer !== undefined) reached.add(answer.outcome);
    }
  }
  assert.deepEqual([...reached].sort(), OUTCOMES.filter((outcome) => !OF_NO_LINE.has(outcome)).sort());
});

test('every fault of the fault table has one number, the same for all actions', async () => {
  const { ask } = createTestSandbox();
  const rows = SANDBOX_TABLE.filter((row) => row.number.startsWith('1690001'));
  assert.equal(new Set(rows.map((row) => row.number)).size, rows.length);
  for (const action of REHEARSED_ACTIONS) {
    const codes: FaultCode[] = [];
    for (const row of rows) codes.push((await catchFault(() => ask(action, { msisdn: row.number }))).code);
    assert.deepEqual(codes.sort(), Object.keys(FAULTS).sort());
  }
});

test('every line status, tenure band, mismatch detail and carrier has a number', async () => {
  const { ask } = createTestSandbox();
  const seen = { status: new Set(), range: new Set(), mismatch: new Set(), carrier: new Set() };
  for (const row of SANDBOX_TABLE.filter((candidate) => candidate.number.startsWith('16900000'))) {
    for (const action of ['line-status', 'line-tenure', 'identity-match']) {
      const answer = await ask(action, { msisdn: row.number });
      for (const [key, values] of Object.entries(seen)) {
        if (answer?.output[key] !== undefined) values.add(answer.output[key]);
      }
    }
  }
  assert.deepEqual([...seen.status].sort(), [...LINE_STATUSES].sort());
  assert.deepEqual([...seen.range].sort(), ['', '[0,3)', '[12,24)', '[24,+)', '[3,6)', '[6,12)']);
  assert.deepEqual([...seen.mismatch].sort(), [
    'name_id_card',
    'other',
    'phone_id_card',
    'phone_name',
    'phone_name_id_card',
  ]);
  assert.deepEqual([...seen.carrier].sort(), [
    '',
    'Example Wireless',
    'broadnet',
    'mobile',
    'telecom',
    'unicom',
    'virtual',
  ]);
});

test('an action for one carrier answers its own lines and refuses those of another', async () => {
  const { ask } = createTestSandbox();
  const outcomes = await Promise.all(
    ['16900000401', '16900000402', '16900000403'].map(
      async (msisdn) => (await ask('identity-match-telecom', { msisdn, ...PERSON }))?.outcome,
    ),
  );
  assert.deepEqual(outcomes, ['range_unsupported', 'match', 'range_unsupported']);
});

test('a slow number waits exactly as documented before it answers', async () => {
  const { ask, slept } = createTestSandbox();
  assert.equal((await ask('line-status', { msisdn: '16900020001' }))?.outcome, 'known');
  assert.equal((await ask('name-match', { msisdn: '16900020010' }))?.outcome, 'match');
  assert.equal((await ask('line-status', { msisdn: '16900020110' }))?.outcome, 'source_busy');
  assert.equal(
    (await catchFault(() => ask('line-status', { msisdn: '16900020210' }))).code,
    'source_timeout',
  );
  assert.deepEqual(slept, [1000, 10_000, 10_000, 10_000]);
});

test('more waiting calls than the cap are refused as overloaded, and a finished one makes room', async () => {
  const { sandbox, wake } = createTestSandbox(2);
  const slow = () => Promise.resolve(sandbox.rehearse('line-status', { msisdn: '16900020001' }));
  const waiting = [slow(), slow()];
  assert.equal((await catchFault(slow)).code, 'overloaded');
  wake();
  await Promise.all(waiting);
  const again = slow();
  wake();
  assert.equal((await again)?.outcome, 'known');
});

test('malformed fields of other numbers give the format results, well-formed ones the default', async () => {
  const { ask } = createTestSandbox();
  const outcomeFor = async (action: string, input: Record<string, unknown>) =>
    (await ask(action, input))?.outcome;
  const msisdn = '13912345678';
  assert.equal(await outcomeFor('line-status', { msisdn: '123' }), 'number_invalid');
  assert.equal(await outcomeFor('line-tenure', { msisdn: '' }), 'number_invalid');
  assert.equal(await outcomeFor('name-match', { msisdn, name: '12' }), 'name_invalid');
  assert.equal(await outcomeFor('identity-match', { msisdn, ...PERSON, idCard: '1' }), 'id_card_invalid');
  assert.equal(await outcomeFor('identity-match', { msisdn, ...PERSON, name: '' }), 'name_invalid');
  assert.equal(await outcomeFor('identity-match', { msisdn, ...PERSON }), 'match');
  assert.equal(await outcomeFor('identity-match', { msisdn: '16137688175', ...PERSON }), 'match');
  assert.equal(await outcomeFor('line-status', { msisdn }), 'known');
});

test('a documented number means the same with its country code in front', async () => {
  const { ask } = createTestSandbox();
  for (const msisdn of ['+8616900000002', '008616900000002', '16900000002']) {
    assert.deepEqual((await ask('line-status', { msisdn }))?.output, { status: 'cancelled' });
  }
});

test('the sandbox leaves platform actions alone unless a documented key id or alias asks for a fault', async () => {
  const { ask } = createTestSandbox();
  assert.equal(await ask('kms-create-key', { alias: 'orders' }), undefined);
  assert.equal(await ask('caller-identity', {}), undefined);
  assert.equal(await ask('kms-create-key', { alias: 'sandbox-no_such_fault' }), undefined);
  const alias = await catchFault(() => ask('kms-create-key', { alias: 'sandbox-kms_alias_exists' }));
  assert.equal(alias.code, 'kms_alias_exists');
  const keyId = await catchFault(() => ask('kms-describe-key', { keyId: 'sandbox-internal' }));
  assert.equal(keyId.code, 'internal');
});

test('the same input always gives the same answer, and nothing but an answer or a Fault comes out', async () => {
  const { ask } = createTestSandbox();
  const settle = (action: string, input: Record<string, unknown>) =>
    ask(action, input).then(
      (answer: Conclusion | undefined) => answer,
      (error: unknown) => {
        assert.ok(error instanceof Fault);
        return error.code;
      },
    );
  const number = fc.oneof(
    fc.constantFrom(...SANDBOX_TABLE.map((row) => row.number)),
    fc.string(),
    fc.stringMatching(/^1[3-9]\d{9}$/),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...REHEARSED_ACTIONS),
      number,
      fc.string({ unit: 'binary' }),
      fc.string(),
      async (action, msisdn, name, idCard) => {
        const first = await settle(action, { msisdn, name, idCard });
        assert.notEqual(first, undefined);
        assert.deepEqual(await settle(action, { msisdn, name, idCard }), first);
      },
    ),
  );
});

test('apart from the documented examples every row lies in the reserved range, each number once', () => {
  const numbers = SANDBOX_TABLE.map((row) => row.number).filter((number) =>
    number.startsWith(RESERVED_RANGE),
  );
  assert.equal(new Set(numbers).size, numbers.length);
  const others = SANDBOX_TABLE.filter((row) => !row.number.startsWith(RESERVED_RANGE));
  assert.deepEqual([...new Set(others.map((row) => row.number))], ['***', '13800138000', '16137688175']);
  for (const number of numbers) assert.match(number, /^169000[012]\d{4}$/);
});
