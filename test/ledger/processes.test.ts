// The ledger among processes: killed in the middle of a load, and written to by two at once.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { verifyLedger } from '../../src/storage/sqlite/ledger/verify-ledger.ts';
import { counterKey, makeAttempt } from '../support/attempts.ts';
import { type LedgerPaths, ledgerPaths, openLedgerFor, openTestFunds } from '../support/ledgers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const LOAD_CHILD = fileURLToPath(new URL('./load-child.ts', import.meta.url));
const GRANT_CHILD = fileURLToPath(new URL('./grant-child.ts', import.meta.url));
const KEYS = 4;
const DAILY_LIMIT = 1000;
const QUOTA = 1_000_000;

/** Kills a load after so many acknowledgements; answers all that arrived, the last ones included. */
async function loadAndKill(directory: string, acknowledgements: number): Promise<string[]> {
  const child = spawn(process.execPath, [LOAD_CHILD, directory, `${KEYS}`, `${DAILY_LIMIT}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  assert.ok(child.stdout);
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (lines.length === acknowledgements) child.kill('SIGKILL');
  }
  assert.deepEqual(await exited, [null, 'SIGKILL']);
  // The last line may have been cut off in the middle.
  return lines.filter((line) => /^\d+ [0-9a-f-]{36} (known|daily_limit)$/.test(line));
}

function readCalls(paths: LedgerPaths): Record<string, unknown>[] {
  const database = new DatabaseSync(paths.ledgerPath, { readOnly: true });
  try {
    return database
      .prepare(`SELECT seq, request_id, outcome, counters FROM entries WHERE kind = 'call'`)
      .all();
  } finally {
    database.close();
  }
}

test('killed in the middle of a load: what was acknowledged is there, and no counter has gone back', async (t) => {
  const directory = makeTemporaryDirectory(t);
  const paths = ledgerPaths(directory);
  const books = openTestFunds(paths);
  t.after(() => books.close());
  books.grant(1, ['line-status'], QUOTA, 0);

  for (const acknowledgements of [1, 700, 1500]) {
    const acknowledged = await loadAndKill(directory, acknowledgements);
    assert.ok(acknowledged.length >= acknowledgements - 1);
    const { ok, reason } = verifyLedger(paths);
    assert.equal(ok, true, reason ?? '');
    const stored = new Set(
      readCalls(paths).map(({ seq, request_id, outcome }) => `${seq} ${request_id} ${outcome}`),
    );
    for (const line of acknowledged)
      assert.ok(stored.has(line), `acknowledged but not in the ledger: ${line}`);
  }

  const ledger = await openLedgerFor(t, paths);
  for (let key = 0; key < KEYS; key += 1) {
    for (let outcome = ''; outcome !== 'daily_limit'; ) {
      const counters = [counterKey(key)];
      const settlement = await ledger.settle(makeAttempt({ counters, dailyLimit: DAILY_LIMIT }));
      outcome = settlement.kind === 'recorded' ? settlement.outcome : assert.fail(settlement.fault);
    }
  }
  await ledger.close();
  const answered = readCalls(paths).filter(({ outcome }) => outcome === 'known');
  for (let key = 0; key < KEYS; key += 1) {
    const own = answered.filter(({ counters }) =>
      Buffer.from(counters as Uint8Array).equals(counterKey(key)),
    );
    assert.equal(own.length, DAILY_LIMIT);
  }
  assert.equal(books.of(1).quota['line-status'], QUOTA - answered.length);
  assert.equal(verifyLedger(paths).ok, true);
});

test('funds granted by another process during a load are spent to the last call and never twice', async (t) => {
  const directory = makeTemporaryDirectory(t);
  const paths = ledgerPaths(directory);
  const ledger = await openLedgerFor(t, paths, { signEveryEntries: 5 });
  const grants = 20;
  const child = spawn(process.execPath, [GRANT_CHILD, directory, `${grants}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let granting = true;
  const granted = once(child, 'exit').then((exit) => {
    granting = false;
    return exit;
  });

  let charged = 0;
  const settleOnce = async (): Promise<void> => {
    const settlement = await ledger.settle(makeAttempt());
    if (settlement.kind === 'recorded' && settlement.charged) charged += 1;
  };
  while (granting) await Promise.all(Array.from({ length: 8 }, settleOnce));
  assert.deepEqual(await granted, [0, null]);
  await Promise.all(Array.from({ length: grants + 1 }, settleOnce));

  await ledger.close();
  assert.equal(charged, grants);
  const { lastSignedHash: _, ...report } = verifyLedger(paths);
  assert.deepEqual(report, { entries: 2 * grants, ok: true, lastSignedSeq: 2 * grants, unsignedTail: 0 });
});
