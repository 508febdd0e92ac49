import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderImportReport } from './import-report.ts';
import type { LoadResult } from './load.ts';
import type { MeasuredImport } from './measured-import.ts';

function importOf(rowsPerSecond: number, peakBytes: number | undefined = 499e6): MeasuredImport {
  return { rows: 1e6, seconds: 1e6 / rowsPerSecond, rowsPerSecond, peakBytes };
}

function callsOf(p99Us: number): LoadResult {
  const counts = { answered: 1000, known: 1000, failed: 0, seconds: 1, rate: 1000 };
  return { ...counts, p50Us: 100, p99Us, maxUs: 60_000 };
}

const callsBefore = callsOf(900);

test('the rate goal is of the import without live calls, where there is one', () => {
  const figures = { loaded: importOf(120_000), callsBefore, callsDuring: callsOf(49_000) };
  assert.match(
    renderImportReport({ ...figures, quiet: importOf(150_000) }),
    /150000 rows\/s without .* reached/,
  );
  assert.match(renderImportReport({ ...figures, quiet: undefined }), /120000 rows\/s with .* MISSED/);
});

test('memory is judged by the worse import, and not at all where it cannot be read', () => {
  const rest = { callsBefore, callsDuring: callsOf(49_000) };
  const worse = { ...rest, quiet: importOf(150_000), loaded: importOf(150_000, 500e6) };
  assert.match(renderImportReport(worse), /500 MB of memory: under 500 MISSED/);
  assert.match(
    renderImportReport({ ...worse, loaded: importOf(150_000) }),
    /499 MB of memory: under 500 reached/,
  );
  const unread: MeasuredImport = { rows: 1, seconds: 1, rowsPerSecond: 1, peakBytes: undefined };
  assert.match(renderImportReport({ ...rest, quiet: undefined, loaded: unread }), /cannot be read/);
});

test('latency is judged by the p99 of the calls during the import', () => {
  const imports = { quiet: importOf(150_000), loaded: importOf(150_000) };
  const slowBefore = callsOf(80_000);
  assert.match(
    renderImportReport({ ...imports, callsBefore: slowBefore, callsDuring: callsOf(49_999) }),
    /p99 of live calls 50\.00 ms during the import: under 50 reached/,
  );
  assert.match(
    renderImportReport({ ...imports, callsBefore, callsDuring: callsOf(50_000) }),
    /under 50 MISSED/,
  );
});
