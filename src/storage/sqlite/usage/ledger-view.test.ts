// The ledger as the usage thread shows it: one entry, what vouches for it, and exports, over a real ledger.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { makeAttempt } from '../../../../test/support/attempts.ts';
import {
  type LedgerPaths,
  ledgerPaths,
  openTestFunds,
  openTestLedger,
} from '../../../../test/support/ledgers.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import { openTestUsage, readText } from '../../../../test/support/usage.ts';
import type { LedgerFormat } from '../../../ports/ledger-view.ts';
import { findHead } from '../ledger/find-head.ts';
import { parseHead } from '../ledger/heads.ts';

const EVERYBODY = { account: undefined };
const NAMES = { accountIds: new Map([[1, '100001']]), secretIds: new Map([[1, 'AKIDone']]) };

interface Scene {
  readonly paths: LedgerPaths;
  readonly usage: ReturnType<typeof openTestUsage>;
  /** Calls of these accounts, then one signed head. */
  record(...accounts: readonly number[]): Promise<void>;
}

async function setUp(test: { after(end: () => void | Promise<void>): void }): Promise<Scene> {
  const directory = makeTemporaryDirectory(test);
  const paths = ledgerPaths(directory);
  const funds = openTestFunds(paths);
  funds.grant(1, ['line-status'], 2, 100);
  funds.close();
  const usage = openTestUsage(directory);
  test.after(() => usage.close());
  return {
    paths,
    usage,
    async record(...accounts) {
      const ledger = await openTestLedger(paths);
      for (const accountId of accounts)
        await ledger.settle(makeAttempt({ accountId, billable: false, priceMinor: 0 }));
      await ledger.close();
    },
  };
}

function alter(path: string, sql: string): void {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  database.exec(sql);
  database.close();
}

test('one entry is shown with both hashes to its own account, and to another it does not exist', async (t) => {
  const { usage, record } = await setUp(t);
  await record(1, 2);
  const before = await usage.entry(EVERYBODY, 2);
  const own = await usage.entry({ account: 1 }, 3);
  assert.equal(own?.previousHash, before?.hash);
  assert.match(own?.hash ?? '', /^[0-9a-f]{64}$/);
  assert.deepEqual([own?.kind, own?.outcome, own?.source], ['call', 'known', 'registry']);
  assert.ok(!('subject' in (own ?? {})) && !('counters' in (own ?? {})));
  assert.equal(await usage.entry({ account: 2 }, 3), undefined);
  assert.equal(await usage.proof({ account: 2 }, 3), undefined);
  assert.equal(await usage.entry({ account: 1, key: 7 }, 3), undefined);
  assert.equal(await usage.entry(EVERYBODY, 99), undefined);
});

test('an entry is proven by the first signed head after it, and not before one is signed', async (t) => {
  const { paths, usage, record } = await setUp(t);
  await record(1, 1);
  await record(1);
  const { verdict, head } = (await usage.proof({ account: 1 }, 3)) ?? {};
  assert.deepEqual([verdict, head?.seq], ['proven', 4]);
  // The heads after the first grant are taken away: nothing covers what came later.
  const [first = '', second = ''] = readFileSync(paths.headsPath, 'utf8').split('\n');
  writeFileSync(paths.headsPath, `${first}\n${second}\n`);
  assert.deepEqual(await usage.proof({ account: 1 }, 5), { verdict: 'unsigned', head: undefined });
});

test('an altered field, an altered entry on the way to the head, and a forged head all show', async (t) => {
  const alterations: readonly ((paths: LedgerPaths) => void)[] = [
    ({ ledgerPath }) => alter(ledgerPath, "UPDATE entries SET outcome = 'no_record' WHERE seq = 3"),
    ({ ledgerPath }) => alter(ledgerPath, "UPDATE entries SET subject = x'00' WHERE seq = 3"),
    ({ ledgerPath }) => alter(ledgerPath, 'UPDATE entries SET price_minor = 1 WHERE seq = 4'),
    ({ ledgerPath }) => alter(ledgerPath, 'DELETE FROM entries WHERE seq = 4'),
    ({ ledgerPath }) => alter(ledgerPath, "UPDATE entries SET hash = x'00' WHERE seq = 2"),
    ({ headsPath }) =>
      writeFileSync(
        headsPath,
        readFileSync(headsPath, 'utf8').replaceAll(/"signature":"../g, '"signature":"AA'),
      ),
  ];
  for (const change of alterations) {
    const { paths, usage, record } = await setUp(t);
    await record(1, 1);
    change(paths);
    assert.equal((await usage.proof({ account: 1 }, 3))?.verdict, 'broken', String(change));
  }
});

test('the head that covers an entry is found however many there are, with a half-written one at the end', async (t) => {
  const { paths, record } = await setUp(t);
  for (let round = 0; round < 12; round += 1) await record(1, 1);
  const heads = readFileSync(paths.headsPath, 'utf8').trim().split('\n').map(parseHead);
  writeFileSync(paths.headsPath, `${readFileSync(paths.headsPath, 'utf8')}{"number":99`);
  for (let seq = 0; seq <= 27; seq += 1)
    assert.equal(
      findHead(paths.headsPath, seq)?.number,
      heads.find((head) => head !== undefined && head.seq >= seq)?.number,
      String(seq),
    );
});

test('an export has the entries of the asked account and days alone, in both formats', async (t) => {
  const { usage, record } = await setUp(t);
  await record(1, 2, 1);
  const read = (account: number | undefined, format: LedgerFormat) =>
    readText(usage.exportEntries({ account }, format, NAMES));
  const lines = (await read(1, 'csv')).trim().split('\n');
  assert.equal(lines.length, 5);
  assert.ok(lines[0]?.startsWith('seq,time,date,kind,accountId,'));
  const entries = (await read(undefined, 'ndjson'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    entries.map(({ seq, accountId }) => [seq, accountId]),
    [...[1, 2, 3].map((seq) => [seq, '100001']), [4, '#2'], [5, '100001']],
  );
  const { day } = (await usage.entry(EVERYBODY, 5)) ?? {};
  assert.ok(day !== undefined);
  const later = usage.exportEntries({ account: undefined, from: (day + 1) as typeof day }, 'ndjson', NAMES);
  assert.equal(await readText(later), '');
});
