// The sums that caps are compared with: of accounts, of keys, and of keys in their whole life. Each is added up when the
// first cap of its kind asks.

import type { DatabaseSync } from 'node:sqlite';
import { type KeyLimits, NO_CAPS, type UsageCaps } from '../../../domain/usage-cap.ts';
import type { KeyUsed, UsedAmounts, UsedQuestion } from '../../../ports/ledger.ts';
import type { EntryScan } from './entry-scan.ts';
import { createLifetimeCalls } from './lifetime-calls.ts';
import { createUsage } from './usage.ts';

/** What an attempt is limited by; undefined where nothing is set. */
export interface Limited {
  readonly account: number;
  readonly key: number;
  readonly caps: UsageCaps | undefined;
  readonly keyLimits: KeyLimits | undefined;
}

export interface CapSums {
  /** May what limits this be decided without reading the ledger first? */
  areLoaded(limited: Pick<Limited, 'caps' | 'keyLimits'>): boolean;
  /** Reads a little of what is missing; outside of a transaction only. */
  loadSlice(limited: Pick<Limited, 'caps' | 'keyLimits'>): void;
  /** Reads all that the caps of accounts need. */
  loadAccounts(): void;
  /** Would one more charged call exceed a cap? `minor` is what it would take from the balance. */
  exceeds(limited: Limited, day: number, minor: number): boolean;
  usedFor(question: UsedQuestion, day: number): UsedAmounts;
  count(account: number, key: number, day: number, minor: number): void;
  drop(): void;
}

/** The sums that an answer takes. */
export function neededFor({ accountId, keys }: UsedQuestion): Pick<Limited, 'caps' | 'keyLimits'> {
  const any = { ...NO_CAPS };
  return {
    caps: accountId === undefined ? undefined : any,
    keyLimits: {
      callsMax: keys.some((key) => key.hasCallsMax) ? 0 : Number.POSITIVE_INFINITY,
      caps: keys.some((key) => key.hasCaps) ? any : NO_CAPS,
    },
  };
}

export function createCapSums(database: DatabaseSync): CapSums {
  const accounts = createUsage(database, 'account');
  const keys = createUsage(database, 'key');
  const lives = createLifetimeCalls(database);

  function findMissing({ caps, keyLimits }: Pick<Limited, 'caps' | 'keyLimits'>): EntryScan | undefined {
    if (caps !== undefined && !accounts.isLoaded()) return accounts;
    if (keyLimits === undefined) return undefined;
    if (keyLimits.caps !== NO_CAPS && !keys.isLoaded()) return keys;
    return Number.isFinite(keyLimits.callsMax) && !lives.isLoaded() ? lives : undefined;
  }

  return {
    areLoaded: (limited) => findMissing(limited) === undefined,
    loadSlice: (limited) => findMissing(limited)?.loadSlice(),
    loadAccounts: accounts.load,
    exceeds({ account, key, caps, keyLimits }, day, minor) {
      if (caps !== undefined && accounts.exceeds(caps, account, day, minor)) return true;
      if (keyLimits === undefined) return false;
      if (keyLimits.caps !== NO_CAPS && keys.exceeds(keyLimits.caps, key, day, minor)) return true;
      return Number.isFinite(keyLimits.callsMax) && lives.of(key) >= keyLimits.callsMax;
    },
    usedFor({ accountId, keys: asked }, day) {
      const usedBy = ({ keyId, hasCallsMax, hasCaps }: UsedQuestion['keys'][number]): KeyUsed => ({
        calls: hasCallsMax ? lives.of(keyId) : undefined,
        caps: hasCaps ? keys.usedBy(keyId, day) : undefined,
      });
      return {
        account: accountId === undefined ? undefined : accounts.usedBy(accountId, day),
        keys: new Map(asked.map((one) => [one.keyId, usedBy(one)])),
      };
    },
    count(account, key, day, minor) {
      accounts.count(account, day, minor);
      keys.count(key, day, minor);
      lives.count(key);
    },
    drop() {
      for (const scan of [accounts, keys, lives]) scan.drop();
    },
  };
}
