// Keyed hashes of what was asked: the ledger's subject and the daily counters. Neither can be linked to a value
// without the master key, and a counter cannot be linked across accounts or days.

import { prepareHmacSha256 } from '../codecs/hmac-sha256.ts';
import type { CalendarDate } from '../domain/calendar-date.ts';

const FINGERPRINT_BYTES = 16;
const CACHED_ACCOUNTS_MAX = 4096;

export interface Fingerprints {
  /** Same value, same subject, whatever the account and day: an operator can find all entries about one number. */
  subject(value: string): Uint8Array;
  /** Counts attempts for one account, day, action and field value. */
  counter(accountId: number, day: CalendarDate, action: string, field: string, value: string): Uint8Array;
}

type Authenticate = (message: string) => Buffer;

export function createFingerprints(subjectKey: Buffer, counterKey: Buffer): Fingerprints {
  const subjectOf: Authenticate = prepareHmacSha256(subjectKey);
  const dayKeyOf: Authenticate = prepareHmacSha256(counterKey);
  const accounts = new Map<number, Authenticate>();
  let accountsDay: CalendarDate | undefined;

  function counterOf(accountId: number, day: CalendarDate): Authenticate {
    if (day !== accountsDay || accounts.size >= CACHED_ACCOUNTS_MAX) {
      accounts.clear();
      accountsDay = day;
    }
    let authenticate = accounts.get(accountId);
    if (authenticate === undefined) {
      authenticate = prepareHmacSha256(dayKeyOf(`${accountId}:${day}`));
      accounts.set(accountId, authenticate);
    }
    return authenticate;
  }

  return {
    subject: (value) => subjectOf(value).subarray(0, FINGERPRINT_BYTES),
    counter: (accountId, day, action, field, value) =>
      counterOf(accountId, day)(`${action}\n${field}\n${value}`).subarray(0, FINGERPRINT_BYTES),
  };
}
