import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAvailable, LEAVE_OUT_VARIABLE, leftOut, missingPackages } from './toolchains.ts';

const SAMPLES = ['test/samples/executed.test.ts'];
const NOTHING = { PATH: '/nonexistent' };

test('what a test needs and the machine lacks is named by its Debian package, and fails the test', () => {
  assert.deepEqual(missingPackages(['src/a.test.ts'], NOTHING), []);
  assert.ok(missingPackages(SAMPLES, NOTHING).includes('golang-go'));
  assert.throws(() => isAvailable('php', NOTHING), /php-cli.*LINEPROOF_TEST_LEAVE_OUT=php/);
});

test('what is left out on request is neither installed nor used, and a name without meaning is refused', () => {
  const environment = { ...NOTHING, [LEAVE_OUT_VARIABLE]: 'go, php' };
  assert.deepEqual(leftOut(environment), ['go', 'php']);
  assert.equal(isAvailable('go', environment), false);
  const missing = missingPackages(SAMPLES, environment);
  assert.ok(missing.includes('ruby') && !missing.includes('golang-go') && !missing.includes('php-cli'));
  assert.throws(() => leftOut({ [LEAVE_OUT_VARIABLE]: 'golang' }), /'golang'/);
});
