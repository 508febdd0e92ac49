import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from '../../runtime/system-random.ts';
import { ManagementError } from '../route.ts';
import { createPasswords } from './passwords.ts';

test('hashing is bounded: what finds no place is told to come back, and nothing is lost behind it', async () => {
  const passwords = createPasswords({
    ...{ pepper: Buffer.alloc(32), random: systemRandom, atOnce: 2, queueMax: 3 },
    cost: { memoryKib: 32, passes: 1, parallelism: 1 },
  });
  const all = await Promise.allSettled(
    Array.from({ length: 8 }, () => passwords.hash('seven green bicycles')),
  );
  const refused = all.filter((one) => one.status === 'rejected' && one.reason instanceof ManagementError);
  assert.deepEqual([refused.length, passwords.runs()], [3, 5]);
  await passwords.hash('seven green bicycles');
});
