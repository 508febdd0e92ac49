// What the bench of imports says: the figures and the three goals that they are held to.

import type { LoadResult } from './load.ts';
import type { MeasuredImport } from './measured-import.ts';

export interface ImportFigures {
  /** Without live calls; undefined when it was not asked for. */
  readonly quiet: MeasuredImport | undefined;
  readonly loaded: MeasuredImport;
  readonly callsBefore: LoadResult;
  readonly callsDuring: LoadResult;
}

export const ROWS_PER_SECOND_GOAL = 150_000;
export const MEMORY_GOAL_BYTES = 500e6;
export const P99_GOAL_US = 50_000;

/** The rate is a promise of the import itself; memory holds for each import, latency while one goes on. */
export function renderImportReport({ quiet, loaded, callsBefore, callsDuring }: ImportFigures): string {
  const { rowsPerSecond } = quiet ?? loaded;
  const peaks = [quiet?.peakBytes, loaded.peakBytes].filter((peak) => peak !== undefined);
  const memory = peaks.length === 0 ? undefined : Math.max(...peaks);
  const text = [
    '',
    'import                  rows/s   seconds   peak MB',
    ...(quiet === undefined ? [] : [importRow('without live calls', quiet)]),
    importRow('with live calls', loaded),
    '',
    'live calls             calls/s    p50 ms    p99 ms    max ms',
    callsRow('before', callsBefore),
    callsRow('during the import', callsDuring),
    '',
    `${Math.round(rowsPerSecond)} rows/s ${quiet === undefined ? 'with' : 'without'} live calls: ` +
      `at least ${ROWS_PER_SECOND_GOAL} ${verdict(rowsPerSecond >= ROWS_PER_SECOND_GOAL)}`,
    memory === undefined
      ? 'memory cannot be read on this system'
      : `${inMb(memory)} MB of memory: under ${inMb(MEMORY_GOAL_BYTES)} ${verdict(memory < MEMORY_GOAL_BYTES)}`,
    `p99 of live calls ${inMs(callsDuring.p99Us)} ms during the import: ` +
      `under ${P99_GOAL_US / 1000} ${verdict(callsDuring.p99Us < P99_GOAL_US)}`,
  ];
  return `${text.join('\n')}\n`;
}

function importRow(label: string, { rowsPerSecond, seconds, peakBytes }: MeasuredImport): string {
  const peak = peakBytes === undefined ? '-' : inMb(peakBytes);
  return label.padEnd(20) + columns([String(Math.round(rowsPerSecond)), seconds.toFixed(1), peak]);
}

function callsRow(label: string, { rate, p50Us, p99Us, maxUs }: LoadResult): string {
  return label.padEnd(20) + columns([String(Math.round(rate)), inMs(p50Us), inMs(p99Us), inMs(maxUs)]);
}

function columns(values: readonly string[]): string {
  return values.map((value) => value.padStart(10)).join('');
}

function verdict(reached: boolean): string {
  return reached ? 'reached' : 'MISSED';
}

function inMb(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function inMs(us: number): string {
  return (us / 1000).toFixed(2);
}
