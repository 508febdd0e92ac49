import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { runProgram } from './command-line.ts';
import { type MemoryWatch, watchPeakMemory } from './peak-memory.ts';

const MIB = 1024 * 1024;
/** A thread holds 150 MB for a moment, gives them back and lets its process live on. */
const PROGRAM = `
  const { Worker } = require('node:worker_threads');
  new Worker('let held = Buffer.alloc(150 * 1024 * 1024, 1); setTimeout(() => { held = undefined; }, 50)', { eval: true })
    .on('exit', () => setTimeout(() => {}, 100));
`;

test('the peak is what was held at once, by whichever thread, though it was given back since', {
  skip: !existsSync('/proc/self/status'),
}, async () => {
  let watch: MemoryWatch | undefined;
  await runProgram(process.execPath, ['-e', PROGRAM], {
    onStart({ pid = 0 }) {
      watch = watchPeakMemory(pid);
    },
  });
  const peak = watch?.stop() ?? 0;
  assert.ok(peak > 150 * MIB && peak < 300 * MIB, `${peak} bytes`);
});

test('of a process that does not exist there is no peak', () => {
  assert.equal(watchPeakMemory(2 ** 30).stop(), undefined);
});
