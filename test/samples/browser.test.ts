// The room of code samples can be bundled for a browser: it asks for nothing that only Node has.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSource } from '../house/source-text.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

test('no module of the samples imports anything but its neighbours, or names what a browser lacks', () => {
  const paths = globSync('src/samples/**/*.ts', { cwd: ROOT }).filter((path) => !path.endsWith('.test.ts'));
  assert.ok(paths.length > 20);
  for (const path of paths) {
    const { code, imports } = readSource(readFileSync(`${ROOT}${path}`, 'utf8'));
    for (const specifier of imports) assert.match(specifier, /^\.\.?\//, path);
    assert.doesNotMatch(code, /\b(?:Buffer|process|global|require|__dirname)\b/, path);
  }
});
