// Settles as fast as it can in a process of its own and prints what was acknowledged, so that a test can kill it.

import { randomUUID } from 'node:crypto';
import { counterKey, makeAttempt } from '../support/attempts.ts';
import { ledgerPaths, openTestLedger } from '../support/ledgers.ts';

const IN_FLIGHT = 32;
const [, , directory = '', keys = '', dailyLimit = ''] = process.argv;
const ledger = await openTestLedger(ledgerPaths(directory), { signEveryEntries: 50, checkpointPages: 50 });
let key = 0;

async function settleForever(): Promise<void> {
  for (;;) {
    key = (key + 1) % Number(keys);
    const requestId = randomUUID();
    const counters = [counterKey(key)];
    const settlement = await ledger.settle(
      makeAttempt({ requestId, counters, dailyLimit: Number(dailyLimit) }),
    );
    if (settlement.kind !== 'recorded') process.exit(3);
    process.stdout.write(`${settlement.seq} ${requestId} ${settlement.outcome}\n`);
  }
}

await Promise.all(Array.from({ length: IN_FLIGHT }, settleForever));
