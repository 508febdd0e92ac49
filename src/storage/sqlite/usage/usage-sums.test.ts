// To the last minor unit: whatever was settled, refused and granted, and however often projecting was broken off, the list,
// the days, the CSV and the ledger's funds say the same.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import fc from 'fast-check';
import { DAY, DAY_START_MS, makeAttempt } from '../../../../test/support/attempts.ts';
import { ledgerPaths, openTestFunds, openTestLedger } from '../../../../test/support/ledgers.ts';
import { propertyRuns } from '../../../../test/support/property-runs.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import {
  DAY_MS,
  makeLoggedCall,
  openTestUsage,
  projectorOptions,
  readAllPages,
  readText,
  usagePath,
} from '../../../../test/support/usage.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { createProjector } from './project.ts';
import { openUsageFile } from './schema.ts';

const CHILD = new URL('../../../../test/support/project-child.ts', import.meta.url).pathname;
const ACCOUNTS = [1, 2];

const eventOf = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      account: fc.constantFrom(...ACCOUNTS),
      key: fc.constantFrom(1, 2, 3),
      day: fc.nat(3),
      action: fc.constantFrom('line-status', 'line-tenure'),
      billable: fc.boolean(),
      priceMinor: fc.constantFrom(0, 1, 20, 33),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('logged' as const),
      account: fc.constantFrom(...ACCOUNTS),
      sandbox: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('grant' as const),
      account: fc.constantFrom(...ACCOUNTS),
      quota: fc.nat(3),
      minor: fc.nat(100),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('project' as const),
      /** The step is broken off at this row of its own, or not at all. */
      breaksAt: fc.option(fc.integer({ min: 1, max: 8 })),
      deletes: fc.boolean(),
    }),
  },
);

/** One step of projecting that may fail in its middle, as a full disk or a kill would make it. */
function projectOnce(directory: string, breaksAt: number | null): void {
  const database = openUsageFile(usagePath(directory));
  const rows = Number(database.prepare('SELECT count(*) AS rows FROM calls').get()?.rows);
  if (breaksAt !== null)
    database.exec(
      `CREATE TRIGGER broken BEFORE INSERT ON calls WHEN (SELECT count(*) FROM calls) >= ${rows + breaksAt - 1}
       BEGIN SELECT RAISE(ABORT, 'broken off'); END`,
    );
  const projector = createProjector(database, {
    ...projectorOptions(ledgerPaths(directory)),
    stepRows: 9,
  });
  try {
    projector.step(DAY_START_MS);
  } catch (error) {
    assert.match(String(error), /broken off/);
  }
  if (breaksAt !== null) database.exec('DROP TRIGGER IF EXISTS broken');
  projector.close();
  database.close();
}

function forget(directory: string, all: boolean): void {
  for (const ending of all ? ['', '-wal', '-shm'] : [''])
    rmSync(usagePath(directory) + ending, { force: true });
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

async function assertAgree(directory: string, account: number, logged: number): Promise<void> {
  const usage = openTestUsage(directory);
  try {
    const calls = await readAllPages(usage, { account }, 11);
    const days = await usage.aggregate({ account });
    const totals = await usage.totals({ account });
    const csv = (await readText(usage.export({ account }))).trimEnd().split('\n').slice(1);
    const rows = csv.map((line) => line.split(','));
    assert.equal(new Set(calls.map(({ id }) => id)).size, calls.length);
    assert.equal(calls.length, csv.length);
    assert.equal((await usage.list({ account }, { limit: 1 })).count, calls.length);
    const minor = sum(calls.map(({ chargedMinor }) => chargedMinor));
    assert.deepEqual(
      [totals.chargedMinor, sum(days.map((day) => day.chargedMinor)), sum(rows.map((row) => Number(row[3])))],
      [minor, minor, minor],
    );
    const price = sum(calls.map(({ priceMinor }) => priceMinor));
    assert.deepEqual(
      [totals.priceMinor, sum(days.map((day) => day.priceMinor)), sum(rows.map((row) => Number(row[4])))],
      [price, price, price],
    );
    assert.equal(totals.calls + totals.refused + totals.rehearsed, calls.length);
    assert.equal(totals.refused + totals.rehearsed, logged);
    assert.equal(totals.paidByQuota, calls.filter(({ paidBy }) => paidBy === 'quota').length);

    const ledger = new DatabaseSync(ledgerPaths(directory).ledgerPath, { readOnly: true });
    const funds = ledger.prepare('SELECT service, amount FROM funds WHERE account = ?').all(account);
    ledger.close();
    const fund = (name: string) => Number(funds.find(({ service }) => service === name)?.amount ?? 0);
    assert.equal((totals.toppedUpMinor ?? 0) - totals.chargedMinor, fund('balance'));
    assert.equal((totals.grantedCalls ?? 0) - totals.paidByQuota, fund('line-status'));
    const newest = calls.find(({ seq }) => seq !== undefined);
    // Grants may have come since.
    if (newest !== undefined) assert.ok((newest.balanceLeftMinor ?? 0) <= fund('balance'));
  } finally {
    await usage.close();
  }
}

test('list, days, CSV and funds agree after any history, any break and any deletion', async (t) => {
  const property = fc.asyncProperty(fc.array(eventOf, { maxLength: 60 }), async (events) => {
    const directory = makeTemporaryDirectory(t);
    const paths = ledgerPaths(directory);
    const ledger = await openTestLedger(paths, { callLogCapacity: 1000 });
    const logged = new Map(ACCOUNTS.map((account) => [account, 0]));
    try {
      for (const event of events) {
        if (event.kind === 'call') {
          const { account: accountId, key: keyId, action, billable, priceMinor } = event;
          const day = (DAY + event.day) as CalendarDate;
          const timeMs = DAY_START_MS + event.day * DAY_MS;
          await ledger.settle(makeAttempt({ accountId, keyId, day, timeMs, action, billable, priceMinor }));
        } else if (event.kind === 'logged') {
          logged.set(event.account, (logged.get(event.account) ?? 0) + 1);
          ledger.logCall(makeLoggedCall({ accountId: event.account, sandbox: event.sandbox }));
        } else if (event.kind === 'grant') {
          const funds = openTestFunds(paths);
          funds.grant(event.account, event.quota > 0 ? ['line-status'] : [], event.quota, event.minor);
          funds.close();
        } else if (event.deletes) forget(directory, event.breaksAt === null);
        else {
          await ledger.flushLog();
          projectOnce(directory, event.breaksAt);
        }
      }
    } finally {
      await ledger.close();
    }
    for (const account of ACCOUNTS) await assertAgree(directory, account, logged.get(account) ?? 0);
    rmSync(directory, { recursive: true, force: true });
  });
  await fc.assert(property, propertyRuns(12));
});

test('a process that is killed while it projects loses nothing and counts nothing twice', async (t) => {
  const directory = makeTemporaryDirectory(t);
  const paths = ledgerPaths(directory);
  const funds = openTestFunds(paths);
  funds.grant(1, ['line-status'], 100, 3000);
  funds.close();
  const ledger = await openTestLedger(paths, { callLogCapacity: 1000 });
  await Promise.all(Array.from({ length: 240 }, () => ledger.settle(makeAttempt())));
  for (let index = 0; index < 60; index += 1) ledger.logCall(makeLoggedCall());
  await ledger.close();
  for (let round = 0; round < 4; round += 1) {
    const child = spawn(process.execPath, [CHILD, directory, '3'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    for (let turns = 0; turns < round * 7; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await assertAgree(directory, 1, 60);
});

test('two processes may project at the same time', async (t) => {
  const directory = makeTemporaryDirectory(t);
  const ledger = await openTestLedger(ledgerPaths(directory));
  await Promise.all(Array.from({ length: 200 }, () => ledger.settle(makeAttempt({ priceMinor: 0 }))));
  await ledger.close();
  const children = [1, 2].map(() =>
    spawn(process.execPath, [CHILD, directory, '5'], { stdio: ['ignore', 'ignore', 'inherit'] }),
  );
  for (const ended of await Promise.all(children.map((child) => once(child, 'exit'))))
    assert.deepEqual(ended, [0, null]);
  await assertAgree(directory, 1, 0);
});
