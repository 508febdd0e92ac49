import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { DAY, DAY_START_MS, makeAttempt } from '../../../../test/support/attempts.ts';
import { type LedgerPaths, ledgerPaths, openLedgerFor } from '../../../../test/support/ledgers.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import { splitCsvRecord } from '../../../codecs/csv.ts';
import { type CalendarDate, parseCalendarDate } from '../../../domain/calendar-date.ts';
import { createTimeFormat } from '../../../domain/zoned-time.ts';
import { type Entry, GENESIS_HASH, hashEntry } from './entry.ts';
import { type ExportOptions, exportLedger } from './export-ledger.ts';

const DAY_MS = 86_400_000;

/** Three days; on each of them account 1 and account 2 ask once. */
async function makeLedger(t: { after(end: () => void | Promise<void>): void }): Promise<LedgerPaths> {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const ledger = await openLedgerFor(t, paths);
  for (const days of [0, 1, 2]) {
    for (const accountId of [1, 2]) {
      await ledger.settle(
        makeAttempt({
          accountId,
          priceMinor: 0,
          resultCode: accountId === 2 ? '-4' : '0',
          asOf: accountId === 2 ? undefined : DAY,
          day: (DAY + days) as CalendarDate,
          timeMs: DAY_START_MS + days * DAY_MS + 5,
        }),
      );
    }
  }
  await ledger.close();
  return paths;
}

async function exportText(paths: LedgerPaths, changes: Partial<ExportOptions>): Promise<string> {
  const out = new PassThrough();
  const received = text(out);
  await exportLedger(out, {
    ...paths,
    format: 'ndjson',
    accountIds: new Map([[1, '100000000001']]),
    secretIds: new Map([[1, 'AKID1']]),
    formatTime: createTimeFormat('Asia/Shanghai'),
    ...changes,
  });
  out.end();
  return received;
}

type Line = Record<string, string | number | boolean | null>;

const linesOf = (received: string): Line[] =>
  received
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

test('an export holds everything that is needed to check the chain again', async (t) => {
  const lines = linesOf(await exportText(await makeLedger(t), {}));
  let previous: Uint8Array = GENESIS_HASH;
  for (const line of lines) {
    const { asOf, date, subject, counters } = line;
    const entry = {
      ...line,
      day: parseCalendarDate(String(date)),
      asOf: asOf === null ? null : parseCalendarDate(String(asOf)),
      subject: Buffer.from(String(subject), 'hex'),
      counters: Buffer.from(String(counters), 'hex'),
    };
    const hash = hashEntry(previous, entry as unknown as Entry);
    assert.equal(hash.toString('hex'), line.hash);
    previous = hash;
  }
  assert.equal(lines.length, 6);
});

test('accounts and keys carry their outer names, times the configured zone', async (t) => {
  const [first, second] = linesOf(await exportText(await makeLedger(t), {}));
  assert.deepEqual([first?.accountId, first?.secretId], ['100000000001', 'AKID1']);
  assert.equal(second?.accountId, '#2');
  assert.equal(first?.time, '2026-11-21T08:00:00.005+08:00');
  assert.equal(first?.date, '2026-11-21');
});

test('only the asked account and days are written, both days included', async (t) => {
  const paths = await makeLedger(t);
  const seqs = async (changes: Partial<ExportOptions>) =>
    linesOf(await exportText(paths, changes)).map(({ seq }) => seq);
  const day = (days: number) => (DAY + days) as CalendarDate;
  assert.deepEqual(await seqs({}), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(await seqs({ account: 2 }), [2, 4, 6]);
  assert.deepEqual(await seqs({ from: day(1) }), [3, 4, 5, 6]);
  assert.deepEqual(await seqs({ to: day(1) }), [1, 2, 3, 4]);
  assert.deepEqual(await seqs({ from: day(1), to: day(1), account: 1 }), [3]);
  assert.deepEqual(await seqs({ from: day(3) }), []);
  assert.deepEqual(await seqs({ to: day(-1) }), []);
  assert.deepEqual(await seqs({ from: day(2), to: day(0) }), []);
});

test('CSV has a header line even without entries, and no cell that a spreadsheet would compute', async (t) => {
  const paths = await makeLedger(t);
  const csv = (await exportText(paths, { format: 'csv' })).split('\n').slice(0, -1);
  const [header = [], ...rows] = csv.map((line) => splitCsvRecord(line) ?? []);
  assert.deepEqual(header.slice(0, 3), ['seq', 'time', 'date']);
  assert.equal(rows.length, 6);
  assert.equal(rows[1]?.[header.indexOf('resultCode')], "'-4");
  for (const row of rows) {
    assert.equal(row.length, header.length);
    for (const cell of row) assert.doesNotMatch(cell, /^[=+\-@]/);
  }
  const none = await exportText(paths, { format: 'csv', from: (DAY + 9) as CalendarDate });
  assert.equal(none, `${csv[0]}\n`);
});

test('a reader that goes away ends the export', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const ledger = await openLedgerFor(t, paths);
  for (let rounds = 0; rounds < 5; rounds += 1)
    await Promise.all(Array.from({ length: 250 }, () => ledger.settle(makeAttempt({ priceMinor: 0 }))));
  await ledger.close();
  let received = 0;
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      done();
      this.destroy();
    },
  });
  let done = 0;
  const exporting = exportLedger(out, {
    ...paths,
    format: 'ndjson',
    accountIds: new Map(),
    secretIds: new Map(),
    formatTime: createTimeFormat('UTC'),
    onProgress: (entries) => {
      done = entries;
    },
  });
  await assert.rejects(exporting, { code: 'ERR_STREAM_PREMATURE_CLOSE' });
  assert.ok(received > 0 && done < 1250);
});
