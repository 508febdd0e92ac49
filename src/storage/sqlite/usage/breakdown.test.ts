// What an overview is made of, over a real ledger and its call log: outcomes, latencies, last uses.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { DAY, DAY_START_MS, makeAttempt } from '../../../../test/support/attempts.ts';
import { ledgerPaths, openTestLedger } from '../../../../test/support/ledgers.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import {
  DAY_MS,
  makeLoggedCall,
  openTestUsage,
  untilAborted,
  usagePath,
} from '../../../../test/support/usage.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { OpenUsage, UsageOptions } from './open-usage.ts';

const ACCOUNT = { account: 1 };
const EVERYBODY = { account: undefined };
const free = { priceMinor: 0, billable: false };

async function setUp(test: { after(end: () => void | Promise<void>): void }) {
  const opened: Pick<OpenUsage, 'close'>[] = [];
  test.after(async () => {
    for (const file of opened.toReversed()) await file.close();
  });
  const directory = makeTemporaryDirectory(test);
  const ledger = await openTestLedger(ledgerPaths(directory), { protocols: ['tencent', 'acedata'] });
  opened.push(ledger);
  const open = (changes: Partial<UsageOptions> = {}) => {
    const usage = openTestUsage(directory, { flushLog: ledger.flushLog, ...changes });
    opened.push(usage);
    return usage;
  };
  return { directory, ledger, open };
}

const at = (nowMs: number) => ({ clock: { nowMs: () => nowMs, sleep: untilAborted } });

test('outcomes and faults are counted by day and action, sandbox calls apart, another account never', async (t) => {
  const { ledger, open } = await setUp(t);
  const usage = open();
  await ledger.settle(makeAttempt(free));
  await ledger.settle(makeAttempt(free));
  await ledger.settle(makeAttempt({ ...free, outcome: 'no_record', resultCode: '-1' }));
  await ledger.settle(makeAttempt({ ...free, accountId: 2 }));
  ledger.logCall(makeLoggedCall());
  ledger.logCall(makeLoggedCall({ outcome: 'known', sandbox: true }));
  const counted = async (filter: { account: number | undefined }, sandbox: boolean) =>
    (await usage.breakdown(filter, sandbox)).outcomes.map(({ day, outcome, isFault, calls }) => [
      ...[day - DAY, outcome, isFault, calls],
    ]);
  assert.deepEqual(await counted(ACCOUNT, false), [
    [0, 'known', false, 2],
    [0, 'no_record', false, 1],
    [0, 'rate_limited', true, 1],
  ]);
  assert.deepEqual(await counted(ACCOUNT, true), [[0, 'known', false, 1]]);
  assert.equal((await counted(EVERYBODY, false))[0]?.[3], 3);
});

test('latencies are told by action and day as soon as they were noted, and outlive the process', async (t) => {
  const { open } = await setUp(t);
  const usage = open();
  for (let call = 0; call < 100; call += 1)
    usage.noteLatency(1, 'tencent', 'line-status', call < 95 ? 2 : 200);
  usage.noteLatency(1, 'acedata', 'name-match', 50);
  usage.noteLatency(2, 'tencent', 'line-status', 9000);
  const { latencies } = await usage.breakdown(ACCOUNT, false);
  const [ofMatch, ofStatus] = latencies.actions.toSorted((one, other) => one.calls - other.calls);
  assert.deepEqual([latencies.all?.calls, ofStatus?.calls, ofMatch?.action], [101, 100, 'name-match']);
  assert.ok(Math.abs((ofStatus?.p50Ms ?? 0) - 2) < 0.2 && Math.abs((ofStatus?.p99Ms ?? 0) - 200) < 20);
  assert.deepEqual(
    latencies.days.map(({ day, calls }) => [day, calls]),
    [[DAY, 101]],
  );
  await usage.close();
  const tomorrow = open(at(DAY_START_MS + DAY_MS));
  tomorrow.noteLatency(1, 'tencent', 'line-status', 4);
  const later = (await tomorrow.breakdown(ACCOUNT, false)).latencies;
  assert.deepEqual(
    later.days.map(({ day, calls }) => [day - DAY, calls]),
    [
      [0, 101],
      [1, 1],
    ],
  );
  assert.equal((await tomorrow.breakdown(EVERYBODY, false)).latencies.all?.calls, 103);
  const ofDay = { ...ACCOUNT, fromDay: (DAY + 1) as CalendarDate, protocol: 'tencent' };
  assert.equal((await tomorrow.breakdown(ofDay, false)).latencies.all?.calls, 1);
});

test('latencies are kept as long as single calls, and no longer', async (t) => {
  const { open } = await setUp(t);
  const early = open();
  early.noteLatency(1, 'tencent', 'line-status', 1);
  await early.close();
  const late = open(at(DAY_START_MS + 61 * DAY_MS));
  late.noteLatency(1, 'tencent', 'line-status', 1);
  assert.equal((await late.breakdown(ACCOUNT, false)).latencies.all?.calls, 1);
});

test('a key was used last when its last call came, refused and sandbox calls too, also after usage was built again', async (t) => {
  const { directory, ledger, open } = await setUp(t);
  const usage = open();
  assert.deepEqual([...(await usage.lastUses([1, 2]))], []);
  await ledger.settle(makeAttempt({ ...free, timeMs: DAY_START_MS + 500 }));
  await ledger.settle(makeAttempt({ ...free, timeMs: DAY_START_MS + 550, keyId: 2 }));
  ledger.logCall(makeLoggedCall({ timeMs: DAY_START_MS + 300, keyId: 2 }));
  ledger.logCall(makeLoggedCall({ timeMs: DAY_START_MS + 600, keyId: 3, sandbox: true }));
  const expected = [
    [1, DAY_START_MS + 500],
    [2, DAY_START_MS + 550],
    [3, DAY_START_MS + 600],
  ];
  assert.deepEqual([...(await usage.lastUses([1, 2, 3, 4]))], expected);
  await usage.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${usagePath(directory)}${end}`, { force: true });
  assert.deepEqual([...(await open().lastUses([1, 2, 3]))], expected);
});
