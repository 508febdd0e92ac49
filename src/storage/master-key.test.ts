import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTemporaryDirectory } from '../../test/support/temporary-directory.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { createMasterKeyFile, MasterKeyError, readMasterKey } from './master-key.ts';

const KEY = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
const nowhere = { file: '/nonexistent/master.key', environment: undefined, command: undefined };

test('a key is read in hex and in Base64, from the environment and from a command', () => {
  for (const text of [KEY.toString('hex'), KEY.toString('hex').toUpperCase(), KEY.toString('base64')]) {
    assert.deepEqual(readMasterKey({ ...nowhere, environment: ` ${text}\n` }), KEY);
    assert.deepEqual(readMasterKey({ ...nowhere, command: `echo '${text}'` }), KEY);
  }
});

test('there is no key where there is no file', () => {
  assert.equal(readMasterKey(nowhere), undefined);
});

test('a malformed key is refused without repeating it', () => {
  const malformed = ['', 'secretsecret', KEY.toString('hex').slice(1), `${KEY.toString('base64')}AAAA`];
  for (const environment of [...malformed, `${KEY.toString('base64').slice(0, -4)}%%%=`]) {
    assert.throws(
      () => readMasterKey({ ...nowhere, environment }),
      (error) =>
        error instanceof MasterKeyError && (environment === '' || !error.message.includes(environment)),
    );
  }
});

test('a command that fails is refused without repeating what it said', () => {
  assert.throws(
    () => readMasterKey({ ...nowhere, command: 'echo half-a-secret; exit 1' }),
    (error) => error instanceof MasterKeyError && !error.message.includes('half-a-secret'),
  );
});

test('a file that others may read is refused with the command that mends it', (t) => {
  const file = join(makeTemporaryDirectory(t), 'master.key');
  writeFileSync(file, KEY.toString('hex'), { mode: 0o600 });
  for (const mode of [0o604, 0o640, 0o644, 0o660]) {
    chmodSync(file, mode);
    assert.throws(() => readMasterKey({ ...nowhere, file }), /chmod 600/);
  }
  chmodSync(file, 0o400);
  assert.deepEqual(readMasterKey({ ...nowhere, file }), KEY);
});

test('a new key file is private, whole, alone in its directory and read back', (t) => {
  const directory = makeTemporaryDirectory(t);
  const file = join(directory, 'master.key');
  const key = createMasterKeyFile(file, systemRandom);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(directory), ['master.key']);
  assert.deepEqual(readMasterKey({ ...nowhere, file }), key);
});

test('a key file that is there already is never overwritten: its key counts', (t) => {
  const file = join(makeTemporaryDirectory(t), 'master.key');
  const first = createMasterKeyFile(file, systemRandom);
  const before = readFileSync(file);
  assert.deepEqual(createMasterKeyFile(file, systemRandom), first);
  assert.deepEqual(readFileSync(file), before);
});
