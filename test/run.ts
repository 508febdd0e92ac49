// `npm test`: finds every test file, runs three at a time, prints one line a file and every failure in full.
// `npm run test:long` adds the *.long.test.ts; words given as arguments choose the files whose path contains one.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { findTestFiles } from './support/test-files.ts';
import { type FileResult, summarise } from './support/test-summary.ts';
import {
  filesLeftOut,
  installToolchains,
  LEAVE_OUT_VARIABLE,
  leftOut,
  mayInstall,
  missingToolchains,
} from './support/toolchains.ts';

const ROOT = new URL('..', import.meta.url).pathname;
/** More than cores, of which two are reckoned with: processes of tests wait for one another. */
const CONCURRENCY = 3;
const SILENCE_MAX_MS = 180_000;
const LONG_SILENCE_MAX_MS = 3_600_000;
/** Until aborted processes are gone. */
const LAST_WORDS_MS = 2000;

const long = process.argv.includes('--long');
const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const without = leftOut();
const found = findTestFiles(ROOT, { long, words });
// Only root may install: for anybody else the rest is worth running, and what is left out is said at the end.
const unobtainable = mayInstall() ? [] : missingToolchains(found);
process.env[LEAVE_OUT_VARIABLE] = [...without, ...unobtainable].join(',');
const unwanted = filesLeftOut(found, ROOT, [...without, ...unobtainable]);
const files = found.filter((path) => !unwanted.includes(path));

if (files.length === 0) {
  process.stderr.write('no test file found\n');
  process.exit(1);
}

for (const path of unwanted) process.stdout.write(`left out ${path}\n`);
installToolchains(missingToolchains(files), (text) => process.stdout.write(text));

// Tests start hundreds of processes: each finds what the first of them compiled.
const compiled = mkdtempSync(join(tmpdir(), 'lineproof-compiled-'));
process.env.NODE_COMPILE_CACHE = compiled;
process.once('exit', () => rmSync(compiled, { recursive: true, force: true }));

const results = new Map<string, FileResult>();
const failures: string[] = [];

const giveUp = new AbortController();
const startedMs = performance.now();
let finished = false;

const stream = run({
  files: files.map((path) => `${ROOT}${path}`),
  cwd: ROOT,
  concurrency: CONCURRENCY,
  signal: giveUp.signal,
});

// A file whose tests ended but whose process stays, or that hangs, would otherwise hold the run for ever.
const watchdog = setTimeout(abandon, long ? LONG_SILENCE_MAX_MS : SILENCE_MAX_MS);
stream.on('data', () => watchdog.refresh());

stream.on('test:stderr', ({ message }) => process.stderr.write(message));
stream.on('test:fail', ({ name, file, details, todo }) => {
  if (todo !== undefined) return;
  const cause = details.error.cause ?? details.error;
  // A file or suite that fails only because something inside it did says nothing new.
  if (details.error.message.endsWith('subtests failed') || details.error.message.endsWith('subtest failed'))
    return;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  failures.push(`${relative(file ?? '')}: ${name}\n${indent(text)}`);
  process.stdout.write(`FAILED ${failures.at(-1)}\n`);
});
stream.on('test:summary', ({ file, counts, duration_ms: durationMs }) => {
  if (file === undefined) return;
  // Whatever neither passed nor was set aside counts as failed, cancelled ones too.
  const failed = counts.tests - counts.passed - counts.skipped - counts.todo;
  const result = { path: relative(file), tests: counts.tests, failed, skipped: counts.skipped + counts.todo };
  results.set(file, result);
  const verdict = result.failed > 0 ? 'FAIL' : result.tests === 0 ? 'NONE' : 'ok  ';
  process.stdout.write(
    `${verdict} ${`${results.size}/${files.length}`.padStart(7)} ${result.path}  ${result.tests} tests  ${Math.round(durationMs)} ms\n`,
  );
});
stream.on('end', finish);

function abandon(): void {
  process.stdout.write('nothing has happened for too long: giving up\n');
  giveUp.abort();
  setTimeout(() => {
    finish();
    process.exit(1);
  }, LAST_WORDS_MS);
}

function finish(): void {
  if (finished) return;
  finished = true;
  clearTimeout(watchdog);
  const { text, ok } = summarise({
    expected: files,
    results: [...results.values()],
    failures,
    without,
    unobtainable,
  });
  process.stdout.write(`${text}# seconds ${Math.round((performance.now() - startedMs) / 1000)}\n`);
  process.exitCode = ok ? 0 : 1;
}

function relative(path: string): string {
  return path.startsWith(ROOT) ? path.slice(ROOT.length) : path;
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
