// A SQLite ledger in a directory of its own, with the operator's side of it.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Funds, openFunds } from '../../src/storage/sqlite/ledger/open-funds.ts';
import {
  type LedgerOptions,
  type OpenLedger,
  openLedger,
} from '../../src/storage/sqlite/ledger/open-ledger.ts';
import { DAY_START_MS } from './attempts.ts';

export const SIGNING_SEED = Buffer.alloc(32, 0x11);

export interface LedgerPaths {
  readonly ledgerPath: string;
  readonly callsPath: string;
  readonly headsPath: string;
}

export function ledgerPaths(directory: string): LedgerPaths {
  return {
    ledgerPath: join(directory, 'ledger.db'),
    callsPath: join(directory, 'calls.db'),
    headsPath: join(directory, 'ledger-heads.ndjson'),
  };
}

export function openTestLedger(
  paths: LedgerPaths,
  changes: Partial<LedgerOptions> = {},
): Promise<OpenLedger> {
  return openLedger({
    ...paths,
    signingSeed: SIGNING_SEED,
    actions: ['line-status', 'line-tenure'],
    protocols: ['tencent'],
    sources: ['registry'],
    ringSlots: 256,
    batchMax: 64,
    signEveryMs: 5000,
    signEveryEntries: 10_000,
    callLogCapacity: 100,
    checkpointPages: 1000,
    onError: (message) => assert.fail(message),
    ...changes,
  });
}

/** Closed when the test ends, however it ends: an open ledger would keep the process alive. */
export async function openLedgerFor(
  test: { after(end: () => Promise<void>): void },
  paths: LedgerPaths,
  changes: Partial<LedgerOptions> = {},
): Promise<OpenLedger> {
  const ledger = await openTestLedger(paths, changes);
  test.after(() => ledger.close());
  return ledger;
}

/** As the command line opens them; the clock stands where the attempts' clock starts. */
export function openTestFunds(paths: LedgerPaths, nowMs: number = DAY_START_MS): Funds {
  return openFunds({
    ...paths,
    signingSeed: SIGNING_SEED,
    clock: { nowMs: () => nowMs, sleep: () => Promise.resolve() },
    timeZone: 'UTC',
  });
}
