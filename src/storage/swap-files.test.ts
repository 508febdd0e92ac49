import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTemporaryDirectory } from '../../test/support/temporary-directory.ts';
import { finishSwap, isSwapPending, swapFiles } from './swap-files.ts';

const OLD = {
  'a.db': 'old',
  'a.db-wal': 'old',
  'c.json': 'old',
  'kept.txt': 'kept',
  'one.key': 'kept',
  'two.key': 'old',
};
const NEW = { 'a.db': 'new', 'b.db': 'new', 'two.key': 'new' };
const AFTER = { ...NEW, 'kept.txt': 'kept', 'one.key': 'kept' };

function filesOf(directory: string): Record<string, string> {
  const files = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(directory, name), 'utf8')]));
}

function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
}

/** Does so many steps of a swap, as one that is killed; answers whether it came to its end. */
function killAfter(steps: number, swap: Generator<string>): boolean {
  for (let done = 0; done < steps; done += 1) if (swap.next().done === true) return true;
  return false;
}

test('killed after any step, a swap has not begun or is finished by the next process, which may be killed too', (t) => {
  for (let steps = 0, ended = false; !ended; steps += 1) {
    for (const again of [0, 1, 2, 5]) {
      const directory = makeTemporaryDirectory(t);
      const names = ['a.db', 'b.db', 'c.json', 'one.key', 'two.key'];
      const swap = { directory, names, keptNames: ['one.key', 'two.key'] };
      const staging = join(directory, 'staging');
      write(directory, OLD);
      mkdirSync(staging);
      write(staging, NEW);
      ended = killAfter(steps, swapFiles(swap, staging));
      if (steps === 0) {
        assert.ok(!isSwapPending(directory));
        assert.deepEqual(filesOf(directory), OLD);
        continue;
      }
      killAfter(again, finishSwap(swap));
      assert.ok(killAfter(100, finishSwap(swap)));
      assert.ok(!isSwapPending(directory));
      assert.deepEqual(filesOf(directory), AFTER, `killed after step ${steps}, then after ${again}`);
      assert.equal(readdirSync(directory).length, Object.keys(AFTER).length, 'nothing is left over');
    }
  }
});
