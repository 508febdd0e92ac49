import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { multiplyPropertyRuns, propertyRuns } from './property-runs.ts';

test('a long run tries every property as many times more, whether it names a number of runs or not', () => {
  let usual = 0;
  let named = 0;
  const count = () => {
    fc.assert(
      fc.property(fc.integer(), () => {
        usual += 1;
      }),
    );
    fc.assert(
      fc.property(fc.integer(), () => {
        named += 1;
      }),
      propertyRuns(7),
    );
  };
  count();
  assert.deepEqual([usual, named], [100, 7]);
  multiplyPropertyRuns(3);
  count();
  assert.deepEqual([usual, named], [400, 28]);
});

test('no test names a number of runs that a long run could not multiply', () => {
  const root = new URL('../..', import.meta.url).pathname;
  const paths = globSync(['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'], { cwd: root });
  const naming = paths.filter((path) => /\bnumRuns: \d/.test(readFileSync(`${root}${path}`, 'utf8')));
  assert.ok(paths.length > 100);
  assert.deepEqual(naming, []);
});
