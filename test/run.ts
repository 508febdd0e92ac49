// `npm test`: finds every test file, runs two at a time, prints one line a file and every failure in full.
// `npm run test:long` adds the *.long.test.ts; words given as arguments choose the files whose path contains one.

import { globSync } from 'node:fs';
import { run } from 'node:test';
import { type FileResult, summarise } from './support/test-summary.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const FOLDERS = ['src', 'test', 'bench', 'tools'];
const CONCURRENCY = 2;
const FILE_TIMEOUT_MS = 240_000;
const LONG_FILE_TIMEOUT_MS = 3_600_000;

const long = process.argv.includes('--long');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const files = globSync(
  FOLDERS.map((folder) => `${folder}/**/*.test.ts`),
  { cwd: ROOT },
)
  .filter((path) => long || !path.endsWith('.long.test.ts'))
  .filter((path) => wanted.length === 0 || wanted.some((word) => path.includes(word)))
  .sort();

if (files.length === 0) {
  process.stderr.write('no test file found\n');
  process.exit(1);
}

const results = new Map<string, FileResult>();
const failures: string[] = [];

const stream = run({
  files: files.map((path) => `${ROOT}${path}`),
  cwd: ROOT,
  concurrency: CONCURRENCY,
  timeout: long ? LONG_FILE_TIMEOUT_MS : FILE_TIMEOUT_MS,
});

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
stream.on('end', () => {
  const { text, ok } = summarise({ expected: files, results: [...results.values()], failures });
  process.stdout.write(text);
  process.exitCode = ok ? 0 : 1;
});
stream.resume();

function relative(path: string): string {
  return path.startsWith(ROOT) ? path.slice(ROOT.length) : path;
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
