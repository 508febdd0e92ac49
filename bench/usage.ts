// npm run bench:usage: how many entries a second are projected into usage.db, and how long questions take afterwards.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/runtime/system-clock.ts';
import { openLedgerFile } from '../src/storage/sqlite/ledger/schema.ts';
import { openUsage } from '../src/storage/sqlite/usage/open-usage.ts';
import { createProjector } from '../src/storage/sqlite/usage/project.ts';
import { openUsageFile } from '../src/storage/sqlite/usage/schema.ts';

const ENTRIES = Number(process.argv[2] ?? 200_000);
const ACCOUNTS = 20;
const START_MS = Date.UTC(2026, 10, 1);

/** Entries as the writer makes them, without a chain: nothing here reads the hashes but one at a time. */
function fillLedger(path: string): void {
  const ledger = openLedgerFile(path);
  ledger.exec('BEGIN');
  const insert = ledger.prepare(
    `INSERT INTO entries VALUES (?, ?, ?, 'call', ?, ?, 'line-status', 'line-status', 'acedata', ?, 'known', '0', 1, 20,
       'quota', 1, 'registry', NULL, ?, ?, ?)`,
  );
  const key = Buffer.alloc(16);
  for (let seq = 1; seq <= ENTRIES; seq += 1) {
    const requestId = `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`;
    const account = 1 + (seq % ACCOUNTS);
    insert.run(seq, START_MS + seq, 20_758, account, account, requestId, key, key, Buffer.alloc(32, seq));
  }
  ledger.exec('COMMIT');
  ledger.close();
}

function report(what: string, startMs: number, count?: number): void {
  const ms = performance.now() - startMs;
  const rate = count === undefined ? '' : `, ${Math.round((count / ms) * 1000)} a second`;
  process.stdout.write(`${what}: ${ms.toFixed(1)} ms${rate}\n`);
}

const directory = mkdtempSync(join(tmpdir(), 'lineproof-usage-'));
try {
  const ledgerPath = join(directory, 'ledger.db');
  const usagePath = join(directory, 'usage.db');
  fillLedger(ledgerPath);
  const projector = {
    ledgerPath,
    callsPath: join(directory, 'calls.db'),
    timeZone: 'UTC',
    statusCodes: {},
    keepMs: 3650 * 86_400_000,
  };
  const database = openUsageFile(usagePath);
  const projection = createProjector(database, projector);
  let startMs = performance.now();
  while (projection.step(START_MS));
  report(`${ENTRIES} entries projected`, startMs, ENTRIES);
  projection.close();
  database.close();

  const usage = openUsage({
    usagePath,
    projector,
    csv: { apiNames: {}, timeZone: 'UTC', rowsMax: 1_000_000 },
    ledger: { ledgerPath, headsPath: join(directory, 'ledger-heads.ndjson'), timeZone: 'UTC' },
    clock: systemClock,
    deadlineMs: 60_000,
    questionsMax: 8,
    onError: (message) => process.stderr.write(`${message}\n`),
  });
  for (const account of [1, undefined]) {
    const whose = account === undefined ? 'every account' : 'one account';
    await usage.totals({ account });
    startMs = performance.now();
    const { count = 0 } = await usage.list({ account }, { limit: 100 });
    report(`first page of ${whose}, ${count} calls counted`, startMs);
    startMs = performance.now();
    await usage.aggregate({ account });
    report(`days of ${whose}`, startMs);
    startMs = performance.now();
    for await (const piece of usage.export({ account }))
      if (piece.startsWith('#')) process.stdout.write(piece);
    report(`CSV of ${whose}`, startMs, count);
  }
  await usage.close();
} finally {
  rmSync(directory, { recursive: true, force: true });
}
