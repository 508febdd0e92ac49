import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTemporaryDirectory } from './temporary-directory.ts';
import {
  filesLeftOut,
  findProgram,
  isAvailable,
  LEAVE_OUT_VARIABLE,
  leftOut,
  missingToolchains,
} from './toolchains.ts';

const SAMPLES = ['test/samples/executed.test.ts'];
const NOTHING = { PATH: '/nonexistent' };

test('what a test needs and the machine lacks is found out, and fails the test by the name of its Debian package', () => {
  assert.deepEqual(missingToolchains(['src/a.test.ts'], NOTHING), []);
  assert.ok(missingToolchains(SAMPLES, NOTHING).includes('go'));
  assert.throws(() => isAvailable('php', NOTHING), /php-cli.*LINEPROOF_TEST_LEAVE_OUT=php/);
});

test('what is left out on request is neither installed nor used, and a name without meaning is refused', () => {
  const environment = { ...NOTHING, [LEAVE_OUT_VARIABLE]: 'go, php' };
  assert.deepEqual(leftOut(environment), ['go', 'php']);
  assert.equal(isAvailable('go', environment), false);
  const missing = missingToolchains(SAMPLES, environment);
  assert.ok(missing.includes('ruby') && !missing.includes('go') && !missing.includes('php'));
  assert.throws(() => leftOut({ [LEAVE_OUT_VARIABLE]: 'golang' }), /'golang'/);
});

test('without a browser the files that show pages are left out, each of them named, and no others', () => {
  const root = new URL('../..', import.meta.url).pathname;
  const walk = 'test/console/walk.test.ts';
  const files = [walk, 'test/console/built.test.ts', ...SAMPLES];
  assert.deepEqual(filesLeftOut(files, root, ['chromium']), [walk]);
  assert.deepEqual(filesLeftOut(files, root, ['go']), []);
  assert.ok(missingToolchains([walk], NOTHING).includes('chromium'));
});

test('of several programs that will do the first is used, and another one where it is not there', (t) => {
  const folder = makeTemporaryDirectory(t);
  const install = (name: string) => writeFileSync(join(folder, name), '', { mode: 0o700 });
  const environment = { PATH: `/nonexistent:${folder}` };
  install('chromium');
  assert.equal(findProgram('chromium', environment), join(folder, 'chromium'));
  install('chromium-headless-shell');
  assert.equal(findProgram('chromium', environment), join(folder, 'chromium-headless-shell'));
  assert.equal(findProgram('chromium', NOTHING), undefined);
});
