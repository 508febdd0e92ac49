import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type OpenUnderTest, testLedgerContract } from '../../../../test/contract/ledger.ts';
import { testLedgerCaps } from '../../../../test/contract/ledger-caps.ts';
import { type TreasuryUnderTest, testLedgerGrants } from '../../../../test/contract/ledger-grants.ts';
import { testKeptAnswersContract } from '../../../../test/contract/ledger-kept.ts';
import { counterKey, DAY_START_MS, makeAttempt } from '../../../../test/support/attempts.ts';
import {
  ledgerPaths,
  openLedgerFor,
  openTestFunds,
  openTestLedger,
} from '../../../../test/support/ledgers.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import { Fault } from '../../../domain/fault.ts';
import type { ServiceName } from '../../../domain/service.ts';
import { NO_CAPS } from '../../../domain/usage-cap.ts';
import type { LoggedCall } from '../../../ports/ledger.ts';
import { verifyLedger } from './verify-ledger.ts';

const openUnderTest = async (t: Parameters<OpenUnderTest>[0]) => {
  const ends: (() => void)[] = [];
  const paths = ledgerPaths(makeTemporaryDirectory({ after: (remove) => void ends.push(remove) }));
  let ledger = await openTestLedger(paths);
  const books = openTestFunds(paths);
  t.after(async () => {
    books.close();
    await ledger.close();
    const { ok, reason } = verifyLedger(paths);
    for (const end of ends) end();
    assert.deepEqual({ ok, reason }, { ok: true, reason: undefined });
  });
  const under = () => ({
    ledger,
    grant(accountId: number, service: ServiceName, calls: number, balanceMinor: number) {
      books.grant(accountId, [service], calls, balanceMinor);
    },
    funds(accountId: number, service: ServiceName) {
      const { quota, balanceMinor } = books.of(accountId);
      return { quota: quota[service] ?? 0, balanceMinor };
    },
    async reopen(): Promise<TreasuryUnderTest> {
      await ledger.close();
      ledger = await openTestLedger(paths);
      return under();
    },
  });
  return under();
};

testLedgerContract('sqlite', openUnderTest);
testLedgerCaps('sqlite', openUnderTest);
testKeptAnswersContract('sqlite', openUnderTest);
testLedgerGrants('sqlite', openUnderTest);

const FAIL_AT_COMMIT = `PRAGMA busy_timeout = 5000;
  CREATE TABLE parent (id INTEGER PRIMARY KEY);
  CREATE TABLE child (id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
  CREATE TRIGGER fail_at_commit AFTER INSERT ON entries BEGIN INSERT INTO child VALUES (1); END;`;
const FAIL_NO_MORE = 'DROP TRIGGER fail_at_commit; DROP TABLE child; DROP TABLE parent';

test('a commit that fails rejects the whole batch, charges nothing and is not signed', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const failure = Promise.withResolvers<string>();
  const ledger = await openLedgerFor(t, paths, {
    onError: (message) => failure.resolve(message),
    signEveryEntries: 1,
  });
  const books = openTestFunds(paths);
  books.grant(1, ['line-status'], 5, 0);
  await ledger.settle(makeAttempt());

  const saboteur = new DatabaseSync(paths.ledgerPath);
  saboteur.exec(FAIL_AT_COMMIT);
  const failed = await Promise.allSettled(Array.from({ length: 10 }, () => ledger.settle(makeAttempt())));
  for (const one of failed) {
    assert.ok(one.status === 'rejected' && one.reason instanceof Fault);
    assert.equal(one.reason.code, 'storage_unavailable');
  }
  assert.equal(ledger.statistics().writing, false);
  assert.match(await failure.promise, /FOREIGN KEY/);
  assert.deepEqual([books.of(1).quota['line-status'], verifyLedger(paths).ok], [4, true]);

  saboteur.exec(FAIL_NO_MORE);
  saboteur.close();
  const settlement = await ledger.settle(makeAttempt());
  assert.ok(settlement.kind === 'recorded');
  assert.equal(ledger.statistics().writing, true);
  assert.deepEqual([settlement.seq, books.of(1).quota['line-status']], [3, 3]);
  books.close();
  await ledger.close();
  const { lastSignedHash: _, ...report } = verifyLedger(paths);
  assert.deepEqual(report, { entries: 3, ok: true, lastSignedSeq: 3, unsignedTail: 0 });
});

test('what a failed commit would have charged counts in no cap', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const ledger = await openLedgerFor(t, paths, { onError: () => {} });
  const books = openTestFunds(paths);
  books.grant(1, ['line-status'], 20, 0);
  books.close();
  const settleAll = (count: number) =>
    Promise.allSettled(
      Array.from({ length: count }, () =>
        ledger.settle(makeAttempt({ caps: { ...NO_CAPS, callsPerDay: 8, callsPerMonth: 9 } })),
      ),
    );
  const recorded = async (count: number) =>
    (await settleAll(count)).filter((one) => one.status === 'fulfilled' && one.value.kind === 'recorded')
      .length;
  assert.equal(await recorded(3), 3);
  const saboteur = new DatabaseSync(paths.ledgerPath);
  saboteur.exec(FAIL_AT_COMMIT);
  assert.equal(await recorded(10), 0);
  saboteur.exec(FAIL_NO_MORE);
  saboteur.close();
  assert.equal(await recorded(10), 5);
});

test('a ledger that failed says that it can be written again, though no call came to try it', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const ledger = await openLedgerFor(t, paths, { onError: () => {} });
  const saboteur = new DatabaseSync(paths.ledgerPath);
  saboteur.exec(`PRAGMA busy_timeout = 5000;
    CREATE TRIGGER refuse AFTER INSERT ON entries BEGIN SELECT raise(ABORT, 'no'); END;`);
  const refused = ledger.settle(makeAttempt({ priceMinor: 0 }));
  await assert.rejects(refused, { code: 'storage_unavailable' });
  assert.equal(ledger.statistics().writing, false);
  saboteur.exec('DROP TRIGGER refuse');
  saboteur.close();
  while (!ledger.statistics().writing) await delay(20);
  assert.equal(verifyLedger(paths).entries, 0);
  await ledger.close();
});

test('commits are counted by the number of calls that they took', async (t) => {
  const ledger = await openLedgerFor(t, ledgerPaths(makeTemporaryDirectory(t)), { batchMax: 4 });
  for (let i = 0; i < 3; i += 1) await ledger.settle(makeAttempt({ priceMinor: 0 }));
  await Promise.all(Array.from({ length: 20 }, () => ledger.settle(makeAttempt({ priceMinor: 0 }))));
  const { bounds, commits, calls } = ledger.statistics().batches;
  assert.equal(calls, 23);
  assert.equal(bounds.length + 1, commits.length);
  assert.ok((commits[0] ?? 0) >= 3);
  const [ones = 0, twos = 0, fours = 0, ...larger] = commits;
  assert.ok(ones + twos + fours <= 23 && ones + 2 * twos + 4 * fours >= 23);
  assert.deepEqual(new Set(larger), new Set([0]));
  await ledger.close();
});

test('more attempts at once than there is room for are refused as overloaded, and the others are recorded', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const ledger = await openLedgerFor(t, paths, { ringSlots: 8 });
  const attempts = Array.from({ length: 30 }, () => ledger.settle(makeAttempt({ priceMinor: 0 })));
  const settled = await Promise.allSettled(attempts);
  const refused = settled.filter((one) => one.status === 'rejected');
  assert.equal(refused.length, 22);
  for (const { reason } of refused) assert.ok(reason instanceof Fault && reason.code === 'overloaded');
  await ledger.close();
  assert.equal(verifyLedger(paths).entries, 8);
});

test('after close no attempt is taken, and closing again does nothing', async (t) => {
  const ledger = await openLedgerFor(t, ledgerPaths(makeTemporaryDirectory(t)));
  await ledger.close();
  await ledger.close();
  await assert.rejects(ledger.settle(makeAttempt()), { code: 'overloaded' });
  assert.equal(ledger.statistics().writing, false);
});

test('an attempt whose fields do not fit is refused before anything of it is stored', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const ledger = await openLedgerFor(t, paths);
  const misfits = [
    { requestId: 'short' },
    { subject: new Uint8Array(15) },
    { counters: [new Uint8Array(17)] },
    { counters: Array.from({ length: 4 }, () => new Uint8Array(16)) },
    { resultCode: 'x'.repeat(16) },
    { action: 'unknown' },
  ];
  for (const misfit of misfits) await assert.rejects(ledger.settle(makeAttempt(misfit)), RangeError);
  await ledger.close();
  assert.equal(verifyLedger(paths).entries, 0);
});

test('heads are signed after so many entries, after so much time of the calls, and at the end', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const ledger = await openLedgerFor(t, paths, { signEveryEntries: 10, signEveryMs: 60_000, batchMax: 1 });
  const startMs = DAY_START_MS + 1000;
  const settle = (timeMs: number) => ledger.settle(makeAttempt({ timeMs, priceMinor: 0 }));
  await settle(startMs);
  for (let i = 0; i < 12; i += 1) await settle(startMs);
  assert.ok(verifyLedger(paths).lastSignedSeq >= 11);
  await settle(startMs + 59_000);
  await settle(startMs + 61_000);
  // The verdict of an entry is out before its head: the next one comes after it.
  await settle(startMs + 61_000);
  assert.ok(verifyLedger(paths).lastSignedSeq >= 15);
  await ledger.close();
  assert.equal(verifyLedger(paths).unsignedTail, 0);
});

test('a ledger does not open under another master key', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  await (await openTestLedger(paths)).close();
  const signingSeed = Buffer.alloc(32, 0x22);
  await assert.rejects(openTestLedger(paths, { signingSeed, onError: () => {} }), /another master key/);
});

test('a ledger that lost signed entries does not go on as if nothing had happened', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const ledger = await openLedgerFor(t, paths);
  for (let i = 0; i < 3; i += 1) await ledger.settle(makeAttempt({ priceMinor: 0 }));
  await ledger.close();
  const database = new DatabaseSync(paths.ledgerPath);
  database.exec('DELETE FROM entries WHERE seq = 3');
  database.close();
  await assert.rejects(openTestLedger(paths, { onError: () => {} }), /entry 3 was signed/);
});

test('the call log keeps the newest calls, as many as it may, across restarts', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const log = async (from: number, to: number) => {
    const ledger = await openLedgerFor(t, paths, { callLogCapacity: 100 });
    for (let number = from; number < to; number += 1) ledger.logCall(makeCall(number));
    await ledger.close();
  };
  await log(0, 150);
  await log(150, 170);
  const database = new DatabaseSync(paths.callsPath);
  const rows = database.prepare('SELECT duration_us FROM calls ORDER BY number').all();
  database.close();
  assert.deepEqual(
    rows.map((row) => row.duration_us),
    Array.from({ length: 100 }, (_, index) => 70 + index),
  );
});

test('calls logged faster than they can be written are dropped and counted, and settlements go on', async (t) => {
  const ledger = await openLedgerFor(t, ledgerPaths(makeTemporaryDirectory(t)));
  for (let number = 0; number < 12_000; number += 1) ledger.logCall(makeCall(number));
  assert.equal(ledger.statistics().droppedLogs, 2000);
  assert.equal((await ledger.settle(makeAttempt({ priceMinor: 0 }))).kind, 'recorded');
  await ledger.close();
});

function makeCall(number: number): LoggedCall {
  return {
    timeMs: DAY_START_MS,
    accountId: 1,
    keyId: 1,
    requestId: `${number}`,
    action: 'line-status',
    protocol: 'tencent',
    outcome: 'rate_limited',
    resultCode: '',
    sandbox: false,
    durationUs: number,
  };
}

test('kept answers whose time is over are deleted from the file when it is asked for', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const ledger = await openLedgerFor(t, paths);
  const books = openTestFunds(paths);
  books.grant(1, ['line-status'], 30, 0);
  books.close();
  const untilOf = (number: number): number => DAY_START_MS + (number < 20 ? 1_000_000 : 2_000_000);
  for (let number = 0; number < 25; number += 1) {
    const [name, question] = [counterKey(number), counterKey(number)];
    const keep = { name, question, answer: Buffer.from('x'), untilMs: untilOf(number) };
    await ledger.settle(makeAttempt({ keep }));
  }
  ledger.dropKept(DAY_START_MS + 1_000_000);
  const database = new DatabaseSync(paths.ledgerPath, { readOnly: true });
  const countKept = database.prepare('SELECT count(*) AS kept FROM kept_answers');
  while (countKept.get()?.kept === 25) await delay(5);
  assert.equal(countKept.get()?.kept, 5);
  database.close();
  await ledger.close();
});
