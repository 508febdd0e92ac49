import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, pipelineBench, record } from '../../test/support/pipeline.ts';
import { parseCalendarDate } from '../domain/calendar-date.ts';
import { Fault, type FaultCode } from '../domain/fault.ts';
import type { LineStatus, SubscriberRecord } from '../domain/subscriber.ts';
import { NO_CAPS } from '../domain/usage-cap.ts';
import type { KeyRestriction } from '../ports/accounts.ts';
import { NO_VERIFICATIONS } from './no-verifications.ts';

const LINE = { msisdn: '13800138000' };
const PERSON = { ...LINE, name: '韦小宝', idCard: '11010519491231002X' };

function fails(code: FaultCode) {
  return (error: unknown) => error instanceof Fault && error.code === code;
}

async function answer(action: string, input: Record<string, unknown>, of: SubscriberRecord | undefined) {
  const { outcome, output } = await pipelineBench({ answer: of }).execute(action, input);
  return { outcome, ...output };
}

const undated = { activatedOn: undefined };

test('the table of what a record answers holds row by row', async (t) => {
  const status = (of: LineStatus) => answer('line-status', LINE, record({ status: of }));
  const tenure = (of: LineStatus, changes: Partial<SubscriberRecord> = {}) =>
    answer('line-tenure', LINE, record({ status: of, ...changes }));
  const match = (of: LineStatus) => answer('identity-match', PERSON, record({ status: of }));

  for (const line of ['normal', 'suspended', 'not_in_network', 'unusable'] as const) {
    await t.test(line, async () => {
      assert.deepEqual(await status(line), { outcome: 'known', status: line });
      assert.equal((await tenure(line)).outcome, 'known');
      assert.deepEqual(await tenure(line, undated), { outcome: 'tenure_unknown', range: '' });
      assert.equal((await match(line)).outcome, 'match');
    });
  }
  for (const line of ['cancelled', 'vacant'] as const) {
    await t.test(line, async () => {
      assert.deepEqual(await status(line), { outcome: 'known', status: line });
      assert.deepEqual(await tenure(line), { outcome: 'number_vacant', range: '' });
      assert.equal((await match(line)).outcome, 'no_record');
    });
  }
  await t.test('unknown', async () => {
    assert.deepEqual(await status('unknown'), { outcome: 'no_record', status: 'unknown' });
    assert.equal((await tenure('unknown')).outcome, 'known');
    assert.equal((await tenure('unknown', undated)).outcome, 'tenure_unknown');
    assert.equal((await match('unknown')).outcome, 'match');
  });
  await t.test('absent', async () => {
    assert.deepEqual(await answer('line-status', LINE, undefined), {
      outcome: 'no_record',
      status: 'unknown',
    });
    assert.equal((await answer('line-tenure', LINE, undefined)).outcome, 'range_unsupported');
    assert.equal((await answer('identity-match', PERSON, undefined)).outcome, 'no_record');
    assert.equal((await answer('name-match', { ...LINE, name: '韦小宝' }, undefined)).outcome, 'no_record');
  });
});

test('absent is a vacant number for tenure only when the registry is declared complete', async () => {
  const rules = {
    region: 'CN',
    tenureMonths: [0, 3],
    coverage: 'complete',
    timeZone: 'Asia/Shanghai',
  } as const;
  const bench = pipelineBench({ answer: undefined, options: { rules } });
  assert.equal((await bench.execute('line-tenure', LINE)).outcome, 'number_vacant');
  assert.equal((await bench.execute('line-status', LINE)).outcome, 'no_record');
});

test('a record without the needed element is no record, never a mismatch', async () => {
  const nameless = record({ nameMatches: undefined });
  assert.equal((await answer('identity-match', PERSON, nameless)).outcome, 'no_record');
  assert.equal((await answer('name-match', { ...LINE, name: '韦小宝' }, nameless)).outcome, 'no_record');
  assert.equal(
    (await answer('identity-match', PERSON, record({ idCardMatches: undefined }))).outcome,
    'no_record',
  );
});

test('the kind of a mismatch names the elements that differ', async () => {
  const mismatch = async (nameMatches: boolean, idCardMatches: boolean) =>
    answer('identity-match', PERSON, record({ nameMatches, idCardMatches }));
  assert.deepEqual(await mismatch(true, false), {
    outcome: 'mismatch',
    carrier: 'mobile',
    mismatch: 'phone_id_card',
  });
  assert.deepEqual(await mismatch(false, true), {
    outcome: 'mismatch',
    carrier: 'mobile',
    mismatch: 'phone_name',
  });
  assert.deepEqual(await mismatch(false, false), {
    outcome: 'mismatch',
    carrier: 'mobile',
    mismatch: 'phone_name_id_card',
  });
});

test('tenure counts full calendar months up to the date of the request in the configured zone', async () => {
  const on = (date: string) => answer('line-tenure', LINE, record({ activatedOn: parseCalendarDate(date) }));
  assert.deepEqual(await on('2026-08-21'), { outcome: 'known', months: 3, range: '[3,6)' });
  assert.deepEqual(await on('2026-08-22'), { outcome: 'known', months: 2, range: '[0,3)' });
  assert.deepEqual(await on('2024-11-21'), { outcome: 'known', months: 24, range: '[24,+)' });
});

test('malformed values and unsupported ranges are outcomes, free, and ask no source', async () => {
  const bench = pipelineBench({ answer: record() });
  const outcome = async (action: string, input: Record<string, unknown>) =>
    (await bench.execute(action, input)).outcome;
  assert.equal(await outcome('line-status', { msisdn: '123' }), 'number_invalid');
  assert.equal(await outcome('line-tenure', { msisdn: '16137688175' }), 'range_unsupported');
  assert.equal(
    await outcome('identity-match', { ...PERSON, idCard: '110105194912310021' }),
    'id_card_invalid',
  );
  assert.equal(await outcome('identity-match', { ...PERSON, name: '123' }), 'name_invalid');
  assert.deepEqual(bench.questions, []);
  assert.ok(bench.attempts.every((attempt) => !attempt.billable && attempt.counters.length === 0));
});

test('an action for one carrier answers only for numbers of that carrier', async () => {
  assert.equal((await answer('identity-match-mobile', PERSON, record())).outcome, 'match');
  assert.equal((await answer('identity-match-unicom', PERSON, record())).outcome, 'range_unsupported');
});

test('where a record names no carrier, an action for one carrier goes by the holder of the range', async () => {
  const ranges = { find: () => ({ prefix: '+86139', holder: 'mobile', actions: [] }) };
  const ask = (action: string, carrier: string) =>
    pipelineBench({ answer: record({ carrier }), options: { ranges } }).execute(action, PERSON);
  const silent = await ask('identity-match-mobile', '');
  assert.deepEqual([silent.outcome, silent.output.carrier], ['match', 'mobile']);
  assert.equal((await ask('identity-match-unicom', '')).outcome, 'range_unsupported');
  assert.equal((await ask('identity-match-mobile', 'unicom')).outcome, 'range_unsupported');
  assert.equal((await ask('identity-match-unicom', 'unicom')).outcome, 'match');
  assert.equal((await ask('identity-match', '')).output.carrier, '');
});

test('the account state refuses before the input is looked at', async () => {
  const refuse = async (changes: Parameters<typeof account>[0], code: FaultCode, funds?: boolean) => {
    const bench = pipelineBench({ account: account(changes), ...(funds === undefined ? {} : { funds }) });
    await assert.rejects(bench.execute('line-status', { msisdn: 5 }, { unknown: ['Odd'] }), fails(code));
    assert.deepEqual(bench.attempts, []);
    assert.equal(bench.logged[0]?.outcome, code);
  };
  await refuse({ services: new Set() }, 'service_not_activated');
  await refuse({ state: 'unverified' }, 'account_unverified');
  await refuse({ state: 'suspended' }, 'account_suspended');
  await refuse({}, 'funds_exhausted', false);
});

test('a key restricted to a service or to actions may call nothing else, and is told before anything is charged', async () => {
  const restricted = (changes: Partial<KeyRestriction>) => ({
    key: {
      id: 7,
      secretId: 'id',
      secretKey: 'key',
      account: account(),
      restriction: {
        service: undefined,
        actions: undefined,
        expiresAtMs: undefined,
        callsMax: undefined,
        caps: undefined,
        ...changes,
      },
    },
  });
  const { execute, attempts } = pipelineBench({ answer: record() });
  const refused = (action: string, changes: Partial<KeyRestriction>) =>
    assert.rejects(execute(action, LINE, restricted(changes)), fails('key_not_allowed'));
  await refused('line-status', { service: 'line-tenure' });
  await refused('line-status', { actions: new Set(['line-tenure']) });
  await refused('line-tenure', { service: 'line-status', actions: new Set(['line-tenure']) });
  await refused('caller-identity', { service: 'line-status' });
  assert.equal(attempts.length, 0);
  await execute('line-status', LINE, restricted({ service: 'line-status' }));
  await execute('line-status', LINE, restricted({ actions: new Set(['line-status']) }));
  await execute('line-status', LINE, restricted({ callsMax: 1 }));
  const named = restricted({ service: 'line-status', actions: new Set(['caller-identity']) });
  await execute('caller-identity', {}, named);
  assert.equal(attempts.length, 4);
});

test('the twenty-first call of a second is refused and leaves no entry', async () => {
  const bench = pipelineBench({ answer: record() });
  for (let i = 0; i < 20; i += 1) await bench.execute('line-status', LINE);
  await assert.rejects(bench.execute('line-status', LINE), fails('rate_limited'));
  assert.equal(bench.attempts.length, 20);
});

test('an action with a documented rate of its own has that, unless the account has one', async () => {
  const refusedOf = async (ratePerSecond: number | undefined): Promise<number> => {
    const { execute } = pipelineBench({ account: account({ ratePerSecond }) });
    const calls = Array.from({ length: 101 }, () => execute('kms-generate-data-key', {}));
    const reasons = (await Promise.allSettled(calls)).map(
      (call) => call.status === 'rejected' && call.reason,
    );
    return reasons.filter((reason) => fails('rate_limited')(reason)).length;
  };
  assert.deepEqual([await refusedOf(undefined), await refusedOf(5)], [1, 96]);
});

test('the caps of the account go with every attempt, and one that is reached is a fault without an answer', async () => {
  const caps = { ...NO_CAPS, callsPerDay: 1 };
  const { execute, attempts, logged } = pipelineBench({
    answer: record(),
    account: account({ caps }),
    settle: () => ({ kind: 'refused', fault: 'cap_reached' }),
  });
  await assert.rejects(execute('line-status', LINE), fails('cap_reached'));
  assert.deepEqual(
    [attempts.map((attempt) => attempt.caps), logged.map(({ outcome }) => outcome)],
    [[caps], ['cap_reached']],
  );
});

test('what can never cost anything is bound by no cap: it may have happened by the time that a cap would refuse it', async () => {
  const caps = { ...NO_CAPS, callsPerDay: 0 };
  const verifications = { ...NO_VERIFICATIONS, removeContact: async () => true };
  const services = new Set(['contact-verification'] as const);
  const { execute, attempts } = pipelineBench({
    account: account({ caps, services }),
    options: { verifications },
  });
  await execute('contact-delete', { type: 1, contact: LINE.msisdn });
  assert.deepEqual(
    attempts.map((attempt) => attempt.caps),
    [undefined],
  );
});

test('a right code is recorded while it goes to the disk, and answered when both are there', async () => {
  const disk = Promise.withResolvers<void>();
  const checkById = async () => ({ kind: 'verified', id: 'v1', kept: disk.promise }) as const;
  const bench = pipelineBench({ options: { verifications: { ...NO_VERIFICATIONS, checkById } } });
  const check = () => bench.execute('verification-check', { id: 'v1', code: '123456' });
  let answered = false;
  const answering = check().then(() => {
    answered = true;
  });
  await new Promise(setImmediate);
  assert.deepEqual([bench.attempts.length, answered], [1, false]);
  disk.resolve();
  await answering;
});

test('a right code that the disk refuses is no answer, and is not kept for a repeat of its call', async () => {
  const refused = new Fault('storage_unavailable');
  const checkById = async () => ({ kind: 'verified', id: 'v1', kept: Promise.reject(refused) }) as const;
  const bench = pipelineBench({ options: { verifications: { ...NO_VERIFICATIONS, checkById } } });
  const input = { id: 'v1', code: '123456' };
  await assert.rejects(bench.execute('verification-check', input), fails('storage_unavailable'));
  const idempotency = { key: 'once', question: Buffer.from('check') };
  const before = bench.attempts.length;
  await assert.rejects(
    bench.execute('verification-check', input, { idempotency }),
    fails('storage_unavailable'),
  );
  assert.equal(bench.attempts.length, before, 'it waited for the disk first');
});

test('only the outcomes that the table marks are billable, at the price of the asked mode', async () => {
  const bench = pipelineBench({ answer: record() });
  await bench.execute('identity-match', PERSON);
  await bench.execute('identity-match', { ...PERSON, verifyMode: '1' });
  assert.deepEqual(
    bench.attempts.map(({ billable, priceMinor }) => ({ billable, priceMinor })),
    [
      { billable: true, priceMinor: 50 },
      { billable: true, priceMinor: 80 },
    ],
  );
});

test('number, name and ID card are counted apart; a full counter is the action’s own outcome or a fault', async () => {
  const bench = pipelineBench({ answer: record() });
  await bench.execute('identity-match', PERSON);
  assert.equal(new Set(bench.attempts[0]?.counters.map((c) => Buffer.from(c).toString('hex'))).size, 3);

  const full = pipelineBench({
    answer: record(),
    settle: (attempt) =>
      attempt.limitResultCode === undefined
        ? { kind: 'refused', fault: 'daily_limit_reached' }
        : {
            kind: 'recorded',
            seq: 1,
            outcome: 'daily_limit',
            charged: false,
            paidBy: 'none',
            chargedMinor: 0,
          },
  });
  assert.deepEqual(await full.execute('identity-match', PERSON), {
    outcome: 'daily_limit',
    output: {},
    source: '',
    asOf: undefined,
  });
  await assert.rejects(full.execute('identity-match-mobile', PERSON), fails('daily_limit_reached'));
});

test('a source that cannot answer is the busy outcome, free; a defect is not dressed up', async () => {
  const unavailable = () => {
    throw new Fault('source_unavailable');
  };
  const bench = pipelineBench({ answer: unavailable });
  assert.equal((await bench.execute('line-status', LINE)).outcome, 'source_busy');
  assert.equal((await bench.execute('name-match', { ...LINE, name: '韦小宝' })).outcome, 'source_failed');
  assert.ok(bench.attempts.every((attempt) => !attempt.billable));
  const later = pipelineBench({ answer: () => Promise.reject(new Fault('source_timeout')) });
  assert.equal((await later.execute('line-status', LINE)).outcome, 'source_busy');
  const broken = pipelineBench({
    answer: () => {
      throw new TypeError('defect');
    },
  });
  await assert.rejects(broken.execute('line-status', LINE), TypeError);
});

test('the operator is told each time that a source fails, under the request id and with the cause', async () => {
  const cause = new Error('disk I/O error');
  const told: unknown[] = [];
  const failing = (answer: () => never | Promise<never>) =>
    pipelineBench({
      answer,
      options: {
        onSourceFailure: (requestId, fault) => void told.push([requestId, fault.code, fault.cause]),
      },
    });
  const requestId = '11111111-1111-4111-8111-111111111111';
  const atOnce = () => {
    throw new Fault('source_unavailable', {}, cause);
  };
  await failing(atOnce).execute('line-status', LINE);
  await failing(() => Promise.reject(new Fault('source_timeout', {}, cause))).execute('line-status', LINE);
  assert.deepEqual(told, [
    [requestId, 'source_unavailable', cause],
    [requestId, 'source_timeout', cause],
  ]);
});

test('a table of number ranges that cannot be read is a source that cannot answer', async () => {
  const find = () => {
    throw new Fault('source_unavailable');
  };
  const bench = pipelineBench({ answer: record(), options: { ranges: { find } } });
  assert.equal((await bench.execute('line-status', LINE)).outcome, 'source_busy');
  assert.deepEqual(bench.questions, []);
});

test('a sandbox account asks no source and leaves no entry; its calls are marked in the log', async () => {
  const rehearsal = {
    rehearse: () => ({ outcome: 'known', output: {}, source: 'sandbox', asOf: undefined }) as const,
  };
  const bench = pipelineBench({ account: account({ sandbox: true }), options: { rehearsal } });
  for (let i = 0; i < 30; i += 1) await bench.execute('line-status', LINE);
  assert.deepEqual(bench.attempts, []);
  assert.deepEqual(bench.questions, []);
  assert.equal(bench.logged.length, 30);
  assert.ok(bench.logged.every((call) => call.sandbox));
});

test('a sandbox account has a rate limit of its own, unless one is set on the account', async () => {
  const rehearsal = {
    rehearse: () => ({ outcome: 'known', output: {}, source: 'sandbox', asOf: undefined }) as const,
  };
  for (const [changes, limit] of [
    [{}, 30],
    [{ ratePerSecond: 3 }, 3],
    [{ ratePerSecond: 40 }, 40],
  ] as const) {
    const bench = pipelineBench({ account: account({ sandbox: true, ...changes }), options: { rehearsal } });
    for (let n = 0; n < limit; n += 1) await bench.execute('line-status', LINE);
    await assert.rejects(bench.execute('line-status', LINE), fails('rate_limited'));
  }
});
