// Loaded before a server (`--import`): its threads end with an error as soon as the file that LINEPROOF_TEST_KILL names is
// there, as a defect in one of them would end it.

import { existsSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.LINEPROOF_TEST_KILL ?? '';
if (!isMainThread) {
  const wait = Atomics.wait;
  Atomics.wait = ((...args: Parameters<typeof wait>) => {
    if (existsSync(file)) throw new Error('ended by a test');
    return wait(...args);
  }) as typeof wait;
}
