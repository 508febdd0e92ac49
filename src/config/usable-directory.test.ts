import assert from 'node:assert/strict';
import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTemporaryDirectory } from '../../test/support/temporary-directory.ts';
import { ConfigurationError } from './load.ts';
import { checkDirectoryPath, makeDirectory } from './usable-directory.ts';

const configurationError = (message: RegExp) => (error: Error) =>
  error instanceof ConfigurationError && message.test(error.message);

test('a path that no directory can have is refused with what stands in its way, before anything is made', (t) => {
  const root = makeTemporaryDirectory(t);
  const file = join(root, 'file');
  const loop = join(root, 'loop');
  writeFileSync(file, '');
  symlinkSync(loop, loop);
  for (const [path, message] of [
    [file, /file is not a directory$/],
    [join(file, 'below'), /below cannot be a directory: \S*file is not one$/],
    [join(file, 'far', 'below'), /below cannot be a directory: \S*file is not one$/],
    [join(root, 'a'.repeat(300)), /a cannot be a directory: a name in it is too long$/],
    [join(loop, 'below'), /below cannot be a directory: its symbolic links lead nowhere$/],
  ] as const) {
    assert.throws(() => checkDirectoryPath(path), configurationError(message));
    assert.throws(() => makeDirectory(path), configurationError(message));
  }
});

test('a directory that is there, or that could be made, is accepted', (t) => {
  const root = makeTemporaryDirectory(t);
  checkDirectoryPath(root);
  checkDirectoryPath(join(root, 'new', 'below'));
  assert.throws(() => statSync(join(root, 'new')), /ENOENT/);
});

test('every missing level is made for its owner alone, and the first of them is named', (t) => {
  const root = makeTemporaryDirectory(t);
  const directory = join(root, 'new', 'below');
  assert.equal(makeDirectory(directory), join(root, 'new'));
  for (const level of [directory, join(root, 'new')]) assert.equal(statSync(level).mode & 0o777, 0o700);
  assert.equal(makeDirectory(directory), undefined);
  mkdirSync(join(root, 'other'));
  assert.equal(makeDirectory(join(root, 'other')), undefined);
});

test('where the system makes no directories that is said, in finite time', () => {
  for (const directory of ['/proc/lineproof', '/proc/lineproof/below'])
    assert.throws(() => makeDirectory(directory), configurationError(/lineproof\S* cannot be made: /));
});
