// Attempts as the pipeline makes them, for tests of the ledger.

import type { CalendarDate } from '../../src/domain/calendar-date.ts';
import type { Attempt } from '../../src/ports/ledger.ts';

export const DAY = 20_778 as CalendarDate;
export const DAY_START_MS = DAY * 86_400_000;

let made = 0;

/** A charged line status of account 1 at 20 minor units; every request id differs. */
export function makeAttempt(changes: Partial<Attempt> = {}): Attempt {
  made += 1;
  return {
    timeMs: DAY_START_MS + made,
    day: DAY,
    accountId: 1,
    keyId: 1,
    service: 'line-status',
    requestId: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    action: 'line-status',
    protocol: 'tencent',
    outcome: 'known',
    resultCode: '0',
    billable: true,
    priceMinor: 20,
    source: 'registry',
    asOf: DAY,
    subject: counterKey(7),
    counters: [],
    dailyLimit: 500,
    limitResultCode: '-4',
    caps: undefined,
    keyLimits: undefined,
    keep: undefined,
    ...changes,
  };
}

/** 16 bytes that differ for every number. */
export function counterKey(number: number): Uint8Array {
  const key = Buffer.alloc(16, 0x5a);
  key.writeUInt32LE(number);
  return key;
}
