import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summarise } from './test-summary.ts';

const passed = { path: 'a.test.ts', tests: 2, failed: 0, skipped: 0 };

test('a run passes when every expected file reported tests and none failed', () => {
  const { ok, text } = summarise({ expected: ['a.test.ts'], results: [passed], failures: [] });
  assert.equal(ok, true);
  assert.match(text, /# tests 2\n# pass 2\n# fail 0\n/);
});

test('a run fails without any test, with a failed one, with a silent file or an empty one', () => {
  const bad = [
    { expected: [], results: [], failures: [] },
    { expected: ['a.test.ts'], results: [{ ...passed, failed: 1 }], failures: [] },
    { expected: ['a.test.ts'], results: [passed], failures: ['a.test.ts: crashed'] },
    { expected: ['a.test.ts', 'b.test.ts'], results: [passed], failures: [] },
    { expected: ['a.test.ts'], results: [passed, { ...passed, path: 'b.test.ts', tests: 0 }], failures: [] },
  ];
  for (const run of bad) assert.equal(summarise(run).ok, false);
});

test('what was left out on request is said', () => {
  const run = { expected: ['a.test.ts'], results: [passed], failures: [] };
  assert.match(summarise({ ...run, without: ['go', 'php'] }).text, /# left out on request: go, php\n/);
  assert.doesNotMatch(summarise(run).text, /left out/i);
});

test('what could not be installed is said apart from what nobody wanted', () => {
  const run = { expected: ['a.test.ts'], results: [passed], failures: [], unobtainable: ['chromium'] };
  assert.match(summarise(run).text, /# LEFT OUT, not installed here.*: chromium\n/);
  assert.doesNotMatch(summarise(run).text, /on request/);
});
