import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findTestFiles } from './test-files.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

test('the long run takes every file of the short one, and kills, a large import and more fuzzing besides', () => {
  const short = findTestFiles(ROOT, { long: false });
  const long = findTestFiles(ROOT, { long: true });
  assert.ok(short.includes('test/support/test-files.test.ts'));
  assert.deepEqual(
    short.filter((path) => !long.includes(path) || path.includes('.long.')),
    [],
  );
  const added = long.filter((path) => !short.includes(path));
  for (const subject of ['kill', 'import', 'fuzz', 'properties'])
    assert.ok(
      added.some((path) => path.endsWith(`/${subject}.long.test.ts`)),
      subject,
    );
});

test('words choose the files whose path contains one', () => {
  const chosen = findTestFiles(ROOT, { long: false, words: ['support/test-files', 'no-such-file'] });
  assert.deepEqual(chosen, ['test/support/test-files.test.ts']);
});
