// The thread that reads lists of codes: begun by the first question, tried again where it could not be, bounded from the first.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openCodesFor } from '../../../../test/support/code-stores.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import { Fault } from '../../../domain/fault.ts';
import { createReader } from './open-reader.ts';

const directory = makeTemporaryDirectory({ after });
const unavailable = (error: unknown) => error instanceof Fault && error.code === 'storage_unavailable';

function readerOf(name: string, readsMax = 10) {
  const path = join(directory, name);
  const told: string[] = [];
  const reader = createReader({ path, readsMax, onError: (reason) => told.push(reason) });
  const ask = () => reader.read('refusals', [1, { offset: 0, limit: 10 }]) as Promise<{ total: number }>;
  return { path, told, reader, ask };
}

async function makeFile(path: string): Promise<void> {
  await (await openCodesFor(path)).close();
}

test('a file that cannot be read refuses the question and is told of; the next question finds one that can', async () => {
  for (const [name, content] of [
    ['missing.db', undefined],
    ['broken.db', 'not a database, but as long as the head of one: '.repeat(20)],
  ] as const) {
    const { path, told, reader, ask } = readerOf(name);
    if (content !== undefined) writeFileSync(path, content);
    await assert.rejects(ask(), unavailable);
    assert.equal(told.length, 1, name);
    if (content === undefined) {
      await makeFile(path);
      assert.equal((await ask()).total, 0);
    }
    await reader.close();
  }
});

test('no more questions wait than may, also while the thread begins; what was asked before the end is answered', async () => {
  const { path, told, reader, ask } = readerOf('codes.db', 3);
  await makeFile(path);
  const asked = Array.from({ length: 9 }, ask);
  const closing = reader.close();
  await assert.rejects(ask(), unavailable);
  const answers = await Promise.allSettled(asked);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [...Array(3).fill('fulfilled'), ...Array(6).fill('rejected')],
  );
  assert.ok(answers.every((one) => one.status === 'fulfilled' || unavailable(one.reason)));
  await closing;
  assert.deepEqual(told, []);
});

test('a reader that nobody asked ends at once', async () => {
  const { told, reader, ask } = readerOf('unasked.db');
  await reader.close();
  await assert.rejects(ask(), unavailable);
  assert.deepEqual(told, []);
});
