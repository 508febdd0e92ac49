import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import { createEntryScan } from './entry-scan.ts';
import { openLedgerFile } from './schema.ts';

test('a long ledger is added up in slices: each reads a bounded part, and what is appended meanwhile is counted once', (t) => {
  const database = openLedgerFile(join(makeTemporaryDirectory(t), 'ledger.db'));
  t.after(() => database.close());
  const append = (from: number, to: number): void =>
    database.exec(
      `WITH RECURSIVE n (seq) AS (SELECT ${from} UNION ALL SELECT seq + 1 FROM n WHERE seq < ${to})
       INSERT INTO entries SELECT seq, 0, 0, 'call', 1, 1, '', '', '', '', '', '', 1, 0, 'none', 0, '', NULL, x'', x'', x'' FROM n`,
    );
  let counted = 0;
  const scan = createEntryScan({
    database,
    sql: 'SELECT count(*) AS calls FROM entries WHERE seq >= ? AND seq <= ?',
    firstSeq: () => 1,
    begin: () => {
      counted = 0;
    },
    take: (row) => {
      counted += Number(row.calls);
    },
  });
  append(1, 12_000);
  const seen = [];
  for (let slice = 1; !scan.isLoaded(); slice += 1) {
    scan.loadSlice();
    seen.push(counted);
    if (slice === 2) append(12_001, 13_000);
  }
  assert.deepEqual(seen, [5000, 10_000, 13_000]);
  scan.drop();
  assert.equal(scan.isLoaded(), false);
  scan.load();
  assert.equal(counted, 13_000);
});
