// What questions about usage are answered, over a real ledger and its call log.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { DAY, DAY_START_MS, makeAttempt } from '../../../../test/support/attempts.ts';
import {
  type LedgerPaths,
  ledgerPaths,
  openTestFunds,
  openTestLedger,
} from '../../../../test/support/ledgers.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import {
  DAY_MS,
  makeLoggedCall,
  openTestUsage,
  projectorOptions,
  readAllPages,
  readText,
  untilAborted,
  usagePath,
} from '../../../../test/support/usage.ts';
import { UsageError } from '../../../ports/usage.ts';
import type { LedgerOptions } from '../ledger/open-ledger.ts';
import type { UsageOptions } from './open-usage.ts';

const OF_ACCOUNT = { account: 1 };

/** What is open is closed before its directory goes. */
async function setUp(
  test: { after(end: () => void | Promise<void>): void },
  changes: Partial<UsageOptions> = {},
  ofLedger: Partial<LedgerOptions> = {},
) {
  const opened: { close(): Promise<void> }[] = [];
  test.after(async () => {
    for (const file of opened.reverse()) await file.close();
  });
  const directory = makeTemporaryDirectory(test);
  const paths = ledgerPaths(directory);
  const ledger = await openTestLedger(paths, ofLedger);
  opened.push(ledger);
  const reopen = (changesNow: Partial<UsageOptions> = changes) => {
    const usage = openTestUsage(directory, { flushLog: ledger.flushLog, ...changesNow });
    opened.push(usage);
    return usage;
  };
  return { directory, paths, ledger, usage: reopen(), reopen };
}
function grant(paths: LedgerPaths): void {
  const funds = openTestFunds(paths);
  funds.grant(1, ['line-status'], 1, 100);
  funds.close();
}

const isProblem = (problem: string) => (error: unknown) =>
  error instanceof UsageError && error.problem === problem;

test('a question sees everything that was answered before it was asked, faults and sandbox calls too', async (t) => {
  const { paths, ledger, usage } = await setUp(t);
  grant(paths);
  for (let round = 0; round < 20; round += 1) {
    if (round % 2 === 0) ledger.logCall(makeLoggedCall({ sandbox: round % 4 === 0 }));
    else await ledger.settle(makeAttempt({ billable: false }));
    assert.equal((await usage.list(OF_ACCOUNT, { limit: 100 })).count, round + 1);
  }
});

test('each call shows what it cost, who paid and what was left', async (t) => {
  const { paths, ledger, usage } = await setUp(t);
  grant(paths);
  await ledger.settle(makeAttempt());
  await ledger.settle(makeAttempt());
  await ledger.settle(makeAttempt({ billable: false, outcome: 'no_record', resultCode: '-1' }));
  ledger.logCall(makeLoggedCall({ timeMs: DAY_START_MS + DAY_MS, protocol: 'acedata' }));
  const { calls } = await usage.list(OF_ACCOUNT, { limit: 10 });
  const shown = calls.map((call) => [
    ...[call.outcome, call.isFault, call.statusCode, call.charged, call.paidBy],
    ...[call.priceMinor, call.chargedMinor, call.quotaLeft, call.balanceLeftMinor, call.durationUs],
  ]);
  assert.deepEqual(shown, [
    ['rate_limited', true, 429, false, 'none', 0, 0, undefined, undefined, 1500],
    ['no_record', false, 200, false, 'none', 0, 0, 0, 80, undefined],
    ['known', false, 200, true, 'balance', 20, 20, 0, 80, undefined],
    ['known', false, 200, true, 'quota', 20, 0, 0, 100, undefined],
  ]);
  assert.deepEqual(await usage.totals(OF_ACCOUNT), {
    ...{ calls: 3, charged: 2, paidByQuota: 1, paidByBalance: 1, priceMinor: 40, chargedMinor: 20 },
    ...{ refused: 1, rehearsed: 0, grantedCalls: 1, toppedUpMinor: 100 },
  });
});

test('every filter leaves exactly what it names, and another account never', async (t) => {
  const { ledger, usage } = await setUp(t, {}, { protocols: ['tencent', 'acedata'] });
  const free = { priceMinor: 0 };
  await ledger.settle(makeAttempt({ ...free, timeMs: DAY_START_MS + 10 }));
  await ledger.settle(makeAttempt({ ...free, timeMs: DAY_START_MS + 20, keyId: 2, protocol: 'acedata' }));
  await ledger.settle(makeAttempt({ ...free, timeMs: DAY_START_MS + 30, action: 'line-tenure' }));
  await ledger.settle(makeAttempt({ ...free, timeMs: DAY_START_MS + 40, accountId: 2 }));
  ledger.logCall(makeLoggedCall({ timeMs: DAY_START_MS + 50, protocol: 'acedata' }));
  ledger.logCall(makeLoggedCall({ timeMs: DAY_START_MS + 60, outcome: 'known', sandbox: true }));
  const found = async (filter: object) =>
    (await usage.list({ ...OF_ACCOUNT, ...filter }, { limit: 100 })).calls.map(
      ({ timeMs }) => timeMs - DAY_START_MS,
    );
  assert.deepEqual(await found({}), [60, 50, 30, 20, 10]);
  assert.deepEqual(await found({ key: 2 }), [20]);
  assert.deepEqual(await found({ protocol: 'acedata' }), [50, 20]);
  assert.deepEqual(await found({ actions: ['line-tenure'] }), [30]);
  assert.deepEqual(await found({ actions: [] }), []);
  assert.deepEqual(await found({ statusCode: 429 }), [50]);
  assert.deepEqual(await found({ outcome: 'known' }), [60, 30, 20, 10]);
  assert.deepEqual(await found({ sandbox: true }), [60]);
  assert.deepEqual(await found({ sandbox: false }), [50, 30, 20, 10]);
  assert.deepEqual(await found({ fromMs: DAY_START_MS + 20, toMs: DAY_START_MS + 50 }), [30, 20]);
  assert.deepEqual(await found({ account: undefined }), [60, 50, 40, 30, 20, 10]);
  assert.deepEqual(await found({ account: 3 }), []);
});

test('pages by cursor show every call once while new ones arrive; pages by offset are what the list says', async (t) => {
  const { ledger, usage } = await setUp(t);
  // Many share one millisecond.
  const settle = (index: number) =>
    ledger.settle(makeAttempt({ timeMs: DAY_START_MS + (index >> 3), priceMinor: 0 }));
  for (let index = 0; index < 100; index += 1) await settle(index);
  const before = (await usage.list(OF_ACCOUNT, { limit: 100 })).calls.map(({ id }) => id);
  let arriving = 100;
  const paged = await readAllPages(usage, OF_ACCOUNT, 7, async () => void (await settle(arriving++)));
  assert.deepEqual(
    paged.map(({ id }) => id),
    before,
  );
  const all = (await usage.list(OF_ACCOUNT, { limit: 100 })).calls.map(({ id }) => id);
  const page = await usage.list(OF_ACCOUNT, { limit: 10, offset: 30 });
  assert.deepEqual(
    page.calls.map(({ id }) => id),
    all.slice(30, 40),
  );
  assert.deepEqual((await usage.list(OF_ACCOUNT, { limit: 10, offset: 5000 })).calls, []);
});

test('days add up in the ledger zone from the sums, and in another zone from the calls', async (t) => {
  const { ledger, usage } = await setUp(t);
  const at = (hour: number, day: number) =>
    ledger.settle(
      makeAttempt({
        timeMs: DAY_START_MS + hour * 3_600_000,
        day: (DAY + day) as typeof DAY,
        priceMinor: 0,
        outcome: 'known',
      }),
    );
  await at(1, 0);
  await at(20, 0);
  await at(25, 1);
  const period = { ...OF_ACCOUNT, fromDay: DAY, toDay: (DAY + 1) as typeof DAY };
  const days = async (zone?: string) =>
    (await usage.aggregate(period, zone)).map(({ day, calls }) => [day - DAY, calls]);
  assert.deepEqual(await days(), [
    [0, 2],
    [1, 1],
  ]);
  assert.deepEqual(await days('Asia/Shanghai'), [
    [0, 1],
    [1, 2],
  ]);
});

test('calls older than is kept go, their days stay, and asking for them says since when there are calls', async (t) => {
  let nowMs = DAY_START_MS + DAY_MS;
  const { directory, paths, ledger, usage, reopen } = await setUp(t);
  // Its thread holds the file that is to go.
  await usage.close();
  const projector = { ...projectorOptions(paths), keepMs: DAY_MS };
  const changes = { projector, clock: { nowMs: () => nowMs, sleep: untilAborted } };
  rmSync(usagePath(directory), { force: true });
  await ledger.settle(makeAttempt({ timeMs: DAY_START_MS + 5, priceMinor: 0 }));
  await ledger.settle(makeAttempt({ timeMs: DAY_START_MS + DAY_MS, priceMinor: 0 }));
  assert.equal((await reopen(changes).list(OF_ACCOUNT, { limit: 10 })).count, 2);

  nowMs += DAY_MS - 10;
  const later = reopen(changes);
  while ((await later.list(OF_ACCOUNT, { limit: 10 })).count === 2);
  const { calls } = await later.list(OF_ACCOUNT, { limit: 10 });
  assert.deepEqual(
    calls.map(({ timeMs }) => timeMs),
    [DAY_START_MS + DAY_MS],
  );
  assert.equal((await later.totals(OF_ACCOUNT)).calls, 2);
  await assert.rejects(
    later.list({ ...OF_ACCOUNT, fromMs: DAY_START_MS }, { limit: 10 }),
    (error) => error instanceof UsageError && error.availableFromMs === nowMs - DAY_MS,
  );
  await assert.rejects(readText(later.export({ ...OF_ACCOUNT, fromMs: 0 })), isProblem('history_expired'));
});

test('the CSV has the documented header, neutral cells, and says when it is cut', async (t) => {
  const { ledger, usage } = await setUp(t, {
    csv: { apiNames: { tencent: { 'line-status': '=cmd()' } }, timeZone: 'Asia/Shanghai', rowsMax: 2 },
  });
  const requestId = '00000000-0000-4000-8000-00000000abcd';
  await ledger.settle(makeAttempt({ timeMs: DAY_START_MS, priceMinor: 0, requestId }));
  const header = 'Usage ID,API,Status Code,Deducted Amount,Original Amount,Trace ID,Created At\n';
  const row = `2,'=cmd(),200,0,0,${requestId},2026-11-21T08:00:00.000+08:00\n`;
  assert.equal(await readText(usage.export(OF_ACCOUNT)), header + row);
  for (let index = 0; index < 2; index += 1) await ledger.settle(makeAttempt({ priceMinor: 0 }));
  const cut = (await readText(usage.export(OF_ACCOUNT))).split('\n');
  assert.equal(cut.length, 5);
  assert.match(cut[3] ?? '', /^# truncated: /);
});

test('an account has one question at a time; an export holds its place until its reader is done or gone', async (t) => {
  const { ledger, usage } = await setUp(t);
  for (let index = 0; index < 3; index += 1) await ledger.settle(makeAttempt({ priceMinor: 0 }));
  const pieces = usage.export(OF_ACCOUNT)[Symbol.asyncIterator]();
  await pieces.next();
  await assert.rejects(usage.list(OF_ACCOUNT, { limit: 1 }), isProblem('in_progress'));
  assert.equal((await usage.list({ account: 2 }, { limit: 1 })).count, 0);
  await pieces.return?.();
  assert.equal((await usage.list(OF_ACCOUNT, { limit: 1 })).count, 3);
});

test('a question that takes too long is given up; a CSV that does so ends with a line that says it', async (t) => {
  let late = true;
  const sleep = (ms: number, signal?: AbortSignal) =>
    late && ms === 77 ? Promise.resolve() : untilAborted(ms, signal);
  const { ledger, usage } = await setUp(t, {
    deadlineMs: 77,
    clock: { nowMs: () => DAY_START_MS, sleep },
  });
  await ledger.settle(makeAttempt({ priceMinor: 0 }));
  await assert.rejects(usage.list(OF_ACCOUNT, { limit: 1 }), isProblem('timeout'));
  late = false;
  const pieces = usage.export(OF_ACCOUNT)[Symbol.asyncIterator]();
  await pieces.next();
  late = true;
  assert.match(String((await pieces.next()).value), /^# error: /);
  assert.equal((await pieces.next()).done, true);
  late = false;
  assert.equal((await usage.list(OF_ACCOUNT, { limit: 1 })).count, 1);
});

test('a file of an older version is built again, one of a newer version is left alone', async (t) => {
  const { directory, ledger, usage, reopen } = await setUp(t);
  await ledger.settle(makeAttempt({ priceMinor: 0 }));
  await usage.totals(OF_ACCOUNT);
  const setVersion = (version: number) => {
    const database = new DatabaseSync(usagePath(directory));
    database.exec(`PRAGMA user_version = ${version}`);
    database.close();
  };
  await usage.close();
  setVersion(0);
  assert.equal((await reopen().list(OF_ACCOUNT, { limit: 1 })).count, 1);
  setVersion(99);
  const errors: string[] = [];
  const newer = reopen({ onError: (message) => errors.push(message) });
  await assert.rejects(newer.list(OF_ACCOUNT, { limit: 1 }), isProblem('unavailable'));
  assert.match(errors.join(), /use a newer one/);
});

test('a ledger that was replaced by another is projected from its start', async (t) => {
  const directory = makeTemporaryDirectory(t);
  const paths = ledgerPaths(directory);
  const fill = async (calls: number) => {
    const ledger = await openTestLedger(paths);
    for (let index = 0; index < calls; index += 1) await ledger.settle(makeAttempt({ priceMinor: 0 }));
    await ledger.close();
  };
  const count = async () => {
    const usage = openTestUsage(directory);
    const { calls } = await usage.totals(OF_ACCOUNT);
    await usage.close();
    return calls;
  };
  await fill(5);
  assert.equal(await count(), 5);
  for (const calls of [3, 8]) {
    for (const path of Object.values(paths))
      for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    await fill(calls);
    assert.equal(await count(), calls);
  }
});
