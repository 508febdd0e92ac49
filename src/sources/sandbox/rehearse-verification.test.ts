import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../domain/fault.ts';
import { systemRandom } from '../../runtime/system-random.ts';
import { createVerificationRehearsal } from './rehearse-verification.ts';

const SHOP = 1;
const OTHER = 2;
const CODE = '123456';
const PAGE = { offset: 0, limit: 10 };

function open(keptMax = 10) {
  let nowMs = 1_000_000;
  const clock = { nowMs: () => nowMs };
  const rehearsal = createVerificationRehearsal({ clock, random: systemRandom, region: 'CN', keptMax });
  return {
    rehearsal,
    wait(ms: number) {
      nowMs += ms;
    },
    start(to: string, account = SHOP, purpose = 'verify') {
      const started = rehearsal.rehearse('verification-start', { to, purpose }, account);
      assert.equal(started?.outcome, 'code_sent');
      return String(started.output.id);
    },
    check(id: string, code: string, account = SHOP) {
      try {
        return rehearsal.rehearse('verification-check', { id, code }, account)?.outcome;
      } catch (error) {
        if (error instanceof Fault) return error.code;
        throw error;
      }
    },
  };
}

test('a code is entered once, and after five wrong ones no more', () => {
  const { start, check } = open();
  const id = start('13800138000');
  assert.deepEqual(
    [check(id, '000000'), check(id, CODE), check(id, CODE)],
    [...['code_wrong', 'code_verified', 'code_unusable']],
  );
  const other = start('ann@example.org');
  const wrong = Array.from({ length: 5 }, () => check(other, '000000'));
  assert.deepEqual(new Set(wrong), new Set(['code_wrong']));
  assert.equal(check(other, CODE), 'code_unusable');
});

test('a code is over after five minutes', () => {
  const { start, check, wait } = open();
  const id = start('13800138000');
  wait(300_000);
  assert.equal(check(id, CODE), 'code_unusable');
});

test('a new code ends the one before, of the same account, recipient and purpose only', async () => {
  const { start, check, rehearsal, wait } = open(20);
  const stateOf = async (id: string) => (await rehearsal.find(SHOP, id))?.codeState;
  const first = start('13800138000');
  const others = [
    start('13800138000', SHOP, 'login'),
    start('13800138001'),
    start('ann@example.org'),
    start('13800138000', OTHER),
  ];
  const second = start('+86 138 0013 8000');
  assert.deepEqual([await stateOf(first), await stateOf(second)], ['replaced', 'pending']);
  assert.equal(check(first, CODE), 'code_unusable');
  assert.equal(check(second, CODE), 'code_verified');
  for (const [at, id] of others.entries())
    assert.equal(check(id, CODE, at === 3 ? OTHER : SHOP), 'code_verified', String(at));
  start('13800138000');
  assert.equal(await stateOf(second), 'verified', 'what was entered stays entered');
  const third = start('13800138000');
  wait(300_000);
  start('13800138000');
  assert.equal(await stateOf(third), 'expired');
});

test("an account's verifications are its own", async () => {
  const { start, check, rehearsal } = open();
  const id = start('13800138000');
  assert.equal(check(id, CODE, OTHER), 'resource_not_found');
  assert.equal(await rehearsal.find(OTHER, id), undefined);
  assert.equal((await rehearsal.list(OTHER, PAGE)).total, 0);
  assert.equal((await rehearsal.find(SHOP, id))?.codeState, 'pending');
});

test('so many are remembered, and the oldest is forgotten first', async () => {
  const { start, check, rehearsal } = open(3);
  const ids = ['13800138001', '13800138002', '13800138003', '13800138004'].map((to) => start(to));
  assert.equal(check(ids[0] ?? '', CODE), 'resource_not_found');
  const { total, verifications } = await rehearsal.list(SHOP, PAGE);
  assert.equal(total, 3);
  assert.deepEqual(
    verifications.map(({ id }) => id),
    ids.slice(1).reverse(),
  );
});

test('what becomes of a message is what its recipient stands for, in its time', async () => {
  const { start, wait, rehearsal } = open();
  const id = start('16900030105');
  const stateOf = async () => (await rehearsal.find(SHOP, id))?.deliveryState;
  assert.equal(await stateOf(), 'sent');
  wait(5000);
  assert.equal(await stateOf(), 'delivered');
  assert.throws(() => start('16900030201'), { code: 'send_refused' });
  assert.throws(() => start('16900030210'), { code: 'send_limit_reached' });
});
