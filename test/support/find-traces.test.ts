import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { findTraces, formsOf } from './find-traces.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

const NAME = '欧阳娜娜';
const ID_CARD = '11010519491231002X';

test('a planted text is found in each form, at each alignment, in the middle of a file', (t) => {
  const directory = makeTemporaryDirectory(t);
  const file = join(directory, 'planted');
  for (const text of [NAME, ID_CARD]) {
    for (const [form, bytes] of formsOf(text)) {
      writeFileSync(file, Buffer.concat([Buffer.from('before\0'), bytes, Buffer.from('after')]));
      assert.ok(findTraces(directory, [text]).some((trace) => trace.form === form, form));
    }
    for (let before = 0; before < 6; before += 1) {
      for (const encoding of ['base64', 'base64url', 'hex'] as const) {
        writeFileSync(file, Buffer.from(`${'x'.repeat(before)}${text}zzz`).toString(encoding));
        assert.equal(findTraces(directory, [text]).length > 0, true, `${encoding} after ${before} bytes`);
      }
    }
  }
});

test('planted bytes are found as they are, in hexadecimal and in Base64 at each alignment', (t) => {
  const directory = makeTemporaryDirectory(t);
  const file = join(directory, 'planted');
  const key = Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 71 + 200) % 256));
  for (let before = 0; before < 3; before += 1) {
    const bytes = Buffer.concat([Buffer.alloc(before), key, Buffer.alloc(3)]);
    for (const content of [
      bytes,
      bytes.toString('base64'),
      bytes.toString('base64url'),
      bytes.toString('hex').toUpperCase(),
    ]) {
      writeFileSync(file, content);
      assert.ok(findTraces(directory, [key]).length > 0, `after ${before} bytes`);
    }
  }
  writeFileSync(file, key.subarray(1));
  assert.deepEqual(findTraces(directory, [key]), []);
});

test('a text is found inside gzip, SQLite files and their write-ahead logs, and in folders below', (t) => {
  const directory = makeTemporaryDirectory(t);
  mkdirSync(join(directory, 'deep'));
  writeFileSync(join(directory, 'deep', 'export.gz'), gzipSync(`a,${NAME},b`));
  const database = new DatabaseSync(join(directory, 'x.db'));
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (x TEXT)');
  database.prepare('INSERT INTO t VALUES (?)').run(ID_CARD);
  const found = findTraces(directory, [NAME, ID_CARD]).map(
    ({ file, text }) => `${file.slice(directory.length)} ${text}`,
  );
  database.close();
  assert.deepEqual(new Set(found), new Set(['/deep/export.gz 0', '/x.db-wal 1']));
});

test('files without the texts give nothing', (t) => {
  const directory = makeTemporaryDirectory(t);
  writeFileSync(join(directory, 'clean'), '11010519491231003X 欧阳娜 欧阳*娜');
  assert.deepEqual(findTraces(directory, [NAME, ID_CARD]), []);
});
