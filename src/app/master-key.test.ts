import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type DataPaths, dataPaths } from '../config/data-directory.ts';
import type { Random } from '../ports/random.ts';
import { openMasterKey } from './master-key.ts';

const NONE = { masterKey: undefined, masterKeyCommand: undefined };
const randomOf = (byte: number): Random => ({
  bytes: (length) => Buffer.alloc(length, byte),
  uuid: () => '',
});

function withDirectory(run: (paths: DataPaths) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'lineproof-master-'));
  try {
    run(dataPaths(join(directory, 'data')));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test('a new directory gets a key that only its owner can read, and later starts read the same one', () => {
  withDirectory((paths) => {
    const first = openMasterKey({ paths, configuration: NONE, random: randomOf(1) });
    assert.equal(statSync(paths.masterKey).mode & 0o777, 0o600);
    assert.equal(statSync(paths.directory).mode & 0o777, 0o700);
    assert.deepEqual(openMasterKey({ paths, configuration: NONE, random: randomOf(2) }), first);
  });
});

test('another key than the one the data was made with is refused', () => {
  withDirectory((paths) => {
    openMasterKey({ paths, configuration: NONE, random: randomOf(1) });
    const other = { ...NONE, masterKey: Buffer.alloc(32, 2).toString('hex') };
    assert.throws(
      () => openMasterKey({ paths, configuration: other, random: randomOf(1) }),
      /not the master key/,
    );
  });
});

test('a lost key is not replaced by a new one while there is data', () => {
  withDirectory((paths) => {
    openMasterKey({ paths, configuration: NONE, random: randomOf(1) });
    rmSync(paths.masterKey);
    assert.throws(() => openMasterKey({ paths, configuration: NONE, random: randomOf(2) }), /is missing/);
  });
  withDirectory((paths) => {
    openMasterKey({ paths, configuration: NONE, random: randomOf(1) });
    rmSync(paths.masterKey);
    rmSync(paths.accounts);
    writeFileSync(paths.registry, '');
    assert.throws(() => openMasterKey({ paths, configuration: NONE, random: randomOf(2) }), /is missing/);
  });
});
