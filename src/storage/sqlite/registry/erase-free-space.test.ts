import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../../../test/support/property-runs.ts';
import { eraseFreeSpace } from './erase-free-space.ts';

const VALUE_BYTES = 16;

/** A value that is found nowhere but where it was put. */
function makeValue(key: number, version: number): Buffer {
  return createHash('sha256').update(`${key} ${version}`).digest().subarray(0, VALUE_BYTES);
}

interface Change {
  readonly remove: boolean;
  /** Keys first, first + step, first + 2 step ... */
  readonly first: number;
  readonly step: number;
  readonly count: number;
  readonly padding: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  remove: fc.boolean(),
  first: fc.nat(2000),
  step: fc.integer({ min: 1, max: 40 }),
  count: fc.integer({ min: 1, max: 600 }),
  padding: fc.nat(30),
});

function apply(database: DatabaseSync, changes: readonly Change[]): { gone: Buffer[]; rows: number } {
  const upsert = database.prepare(
    `INSERT INTO t (key, value, padding) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE
     SET value = excluded.value, padding = excluded.padding`,
  );
  const remove = database.prepare('DELETE FROM t WHERE key = ?');
  const versions = new Map<number, number>();
  const gone: Buffer[] = [];
  for (const [version, { remove: removes, first, step, count, padding }] of changes.entries()) {
    database.exec('BEGIN');
    for (let key = first; key < first + count * step; key += step) {
      const before = versions.get(key);
      if (before !== undefined) gone.push(makeValue(key, before));
      if (removes) remove.run(key);
      else upsert.run(key, makeValue(key, version), 'x'.repeat(padding));
      if (removes) versions.delete(key);
      else versions.set(key, version);
    }
    database.exec('COMMIT');
  }
  return { gone, rows: versions.size };
}

test('whatever happened to a file, afterwards it holds every row, is sound, and has no byte of an old row', () => {
  const directory = mkdtempSync(join(tmpdir(), 'lineproof-erase-'));
  const path = join(directory, 'file.db');
  try {
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(512, 4096, 65_536),
        (changes, pageBytes) => {
          rmSync(path, { force: true });
          const database = new DatabaseSync(path);
          database.exec(`PRAGMA page_size = ${pageBytes}; PRAGMA journal_mode = WAL;
            CREATE TABLE t (key INTEGER PRIMARY KEY, value BLOB, padding TEXT) STRICT`);
          const { gone, rows } = apply(database, changes);
          database.exec('PRAGMA wal_checkpoint(TRUNCATE); BEGIN IMMEDIATE');
          const before = database.prepare('SELECT * FROM t').all();
          const file = openSync(path, 'r+');
          eraseFreeSpace(file);
          database.close();
          closeSync(file);

          const bytes = readFileSync(path);
          for (const value of gone) assert.ok(!bytes.includes(value), 'an old value is left');
          const opened = new DatabaseSync(path);
          assert.equal(opened.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
          const after = opened.prepare('SELECT * FROM t').all();
          opened.close();
          assert.deepEqual(after, before);
          assert.equal(after.length, rows);
        },
      ),
      propertyRuns(30),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
});
