// Keyed hashes of what was asked: the ledger's subject and the daily counters. Neither can be linked to a value
// without the master key, and a counter cannot be linked across accounts or days.

import { prepareHmacSha256 } from '../codecs/hmac-sha256.ts';
import { prepareKeyedHash } from '../codecs/keyed-hash.ts';
import type { CalendarDate } from '../domain/calendar-date.ts';

const CACHED_ACCOUNTS_MAX = 4096;

export interface Fingerprints {
  /** Same value, same subject, whatever the account and day: an operator can find all entries about one number. */
  subject(value: string): Uint8Array;
  /** Counts attempts for one account, day, action and field value. */
  counter(accountId: number, day: CalendarDate, action: string, field: string, value: string): Uint8Array;
}

type KeyedHash = (message: string) => Uint8Array;

/** Both keys have 32 bytes; both kinds of fingerprint have 16. */
export function createFingerprints(subjectKey: Buffer, counterKey: Buffer): Fingerprints {
  const subject = prepareKeyedHash(subjectKey);
  const dayKeyOf = prepareHmacSha256(counterKey);
  const accounts = new Map<number, KeyedHash>();
  let accountsDay: CalendarDate | undefined;

  function counterOf(accountId: number, day: CalendarDate): KeyedHash {
    if (day !== accountsDay || accounts.size >= CACHED_ACCOUNTS_MAX) {
      accounts.clear();
      accountsDay = day;
    }
    let keyed = accounts.get(accountId);
    if (keyed === undefined) {
      keyed = prepareKeyedHash(dayKeyOf(`${accountId}:${day}`));
      accounts.set(accountId, keyed);
    }
    return keyed;
  }

  return {
    subject,
    counter: (accountId, day, action, field, value) =>
      counterOf(accountId, day)(`${action}\n${field}\n${value}`),
  };
}
