// The books: decides each attempt in order and appends its entry. All state follows from the entries; what is held in
// memory is a copy that is dropped whenever another process has written or a transaction failed.

import type { DatabaseSync } from 'node:sqlite';
import type { OutcomeCode } from '../../../domain/outcome.ts';
import type { KeyLimits, UsageCaps } from '../../../domain/usage-cap.ts';
import type { KeptAnswer, UsedAmounts, UsedQuestion } from '../../../ports/ledger.ts';
import { prepareBookStatements } from './book-statements.ts';
import { type CapSums, createCapSums } from './cap-sums.ts';
import { createCounterTable } from './counter-table.ts';
import { type Entry, GENESIS_HASH, hashEntry, type PaidBy } from './entry.ts';
import { createKeptTable } from './kept-answers.ts';
import { firstSeqOfDay } from './read-entries.ts';
import { BALANCE } from './schema.ts';

const COUNTER_BYTES = 16;
const FUNDS_CACHED_MAX = 100_000;
const NO_BYTES = new Uint8Array(0);

/** An attempt as the writer sees it: counters side by side in one array. */
export interface BookedAttempt {
  timeMs: number;
  day: number;
  account: number;
  key: number;
  service: string;
  requestId: string;
  action: string;
  protocol: string;
  outcome: OutcomeCode;
  resultCode: string;
  billable: boolean;
  priceMinor: number;
  source: string;
  asOf: number | null;
  subject: Uint8Array;
  counters: Uint8Array;
  dailyLimit: number;
  limitResultCode: string | undefined;
  caps: UsageCaps | undefined;
  keyLimits: KeyLimits | undefined;
  keep: KeptAnswer | undefined;
}

export interface Verdict {
  kind: 'recorded' | 'funds_exhausted' | 'daily_limit_reached' | 'cap_reached' | 'kept';
  seq: number;
  outcome: OutcomeCode;
  paidBy: PaidBy;
  charged: boolean;
  chargedMinor: number;
  /** Would another attempt at the same price find funds? */
  fundsLeft: boolean;
}

export interface Head {
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly timeMs: number;
}

export interface Books {
  /** Runs the work in one transaction that excludes every other writer; all of it is on disk when this returns. */
  transact(work: () => void): void;
  /** Inside transact only. */
  record(attempt: BookedAttempt): Verdict;
  /** Inside transact only: adds to a quota or, for BALANCE, to the balance. */
  add(account: number, service: string, amount: number, timeMs: number, day: number): number;
  hasFunds(account: number, service: string, priceMinor: number): boolean;
  /** Deletes some answers whose time is over; false when there are no more of them. */
  dropKept(nowMs: number): boolean;
  /** What the caps count. */
  readonly sums: Pick<CapSums, 'areLoaded' | 'loadSlice' | 'loadAccounts'>;
  usedFor(question: UsedQuestion): UsedAmounts;
  /** The last entry as of the last transaction. */
  head(): Head;
}

export interface BooksOptions {
  /** false for processes that only add funds: they need no counters. */
  readonly counts: boolean;
}

export function createBooks(database: DatabaseSync, options: BooksOptions): Books {
  const statements = prepareBookStatements(database);
  const counters = createCounterTable();
  const sums = createCapSums(database);
  const kept = createKeptTable(database);
  const funds = new Map<number, Map<string, number>>();
  /** Services (or BALANCE) by account. */
  const changedFunds = new Map<number, Set<string>>();
  let head: Head = { seq: 0, hash: GENESIS_HASH, timeMs: 0 };
  /** Of the last entry, grants included. */
  let day = -1;
  /** The earliest day that the counters hold in full: that of the newest attempt, or of what was last loaded. */
  let countedDay = -1;
  let attempted = false;
  let seenVersion = -1;
  let countersLoaded = !options.counts;

  function reload(): void {
    funds.clear();
    changedFunds.clear();
    const last = statements.last.get() as
      | { seq: number; hash: Uint8Array; time_ms: number; day: number }
      | undefined;
    head =
      last === undefined
        ? { seq: 0, hash: GENESIS_HASH, timeMs: 0 }
        : { seq: last.seq, hash: last.hash, timeMs: last.time_ms };
    day = Math.max(day, last?.day ?? -1);
    // Other processes add funds, never calls: their writes leave the counters as they are.
    if (!countersLoaded) loadCounters(attempted ? countedDay : day);
    countersLoaded = true;
  }

  /** A day's counters are what the entries of that day, or filed after it, counted in. */
  function loadCounters(today: number): void {
    counters.clear();
    countedDay = today;
    for (const row of statements.countersFrom.iterate(firstSeqOfDay(database, today))) {
      const keys = row.counters as Uint8Array;
      for (let at = 0; at < keys.length; at += COUNTER_BYTES) counters.increment(keys, at);
    }
  }

  /** Only attempts turn the day of the counters: a grant may be dated by a clock or zone that runs ahead. */
  function turnCounters(attemptDay: number): void {
    if (attemptDay > countedDay) {
      counters.clear();
      countedDay = attemptDay;
    } else if (attemptDay < countedDay && !attempted) loadCounters(attemptDay);
    attempted = true;
  }

  function fundsOf(account: number): Map<string, number> {
    let known = funds.get(account);
    if (known === undefined) {
      if (funds.size >= FUNDS_CACHED_MAX && changedFunds.size === 0) funds.clear();
      known = new Map();
      for (const row of statements.fundsOf.iterate(account))
        known.set(String(row.service), Number(row.amount));
      funds.set(account, known);
    }
    return known;
  }

  function setFunds(account: number, own: Map<string, number>, service: string, amount: number): void {
    own.set(service, amount);
    const changed = changedFunds.get(account);
    if (changed === undefined) changedFunds.set(account, new Set([service]));
    else changed.add(service);
  }

  function writeFunds(): void {
    for (const [account, services] of changedFunds) {
      const own = fundsOf(account);
      for (const service of services) statements.putFunds.run(account, service, own.get(service) ?? 0);
    }
    changedFunds.clear();
  }

  function append(entry: Omit<Entry, 'seq' | 'timeMs' | 'day'>, timeMs: number, entryDay: number): number {
    day = Math.max(day, entryDay);
    // Neither time nor day goes back along the chain, whatever the clock does.
    const whole: Entry = { ...entry, seq: head.seq + 1, timeMs: Math.max(timeMs, head.timeMs), day };
    const hash = hashEntry(head.hash, whole);
    statements.insert.run(
      whole.seq,
      whole.timeMs,
      whole.day,
      whole.kind,
      whole.account,
      whole.key,
      whole.service,
      whole.action,
      whole.protocol,
      whole.requestId,
      whole.outcome,
      whole.resultCode,
      whole.charged ? 1 : 0,
      whole.priceMinor,
      whole.paidBy,
      whole.amount,
      whole.source,
      whole.asOf,
      whole.subject,
      whole.counters,
      hash,
    );
    head = { seq: whole.seq, hash, timeMs: whole.timeMs };
    return whole.seq;
  }

  function isCounterFull(attempt: BookedAttempt): boolean {
    for (let at = 0; at < attempt.counters.length; at += COUNTER_BYTES) {
      if (counters.get(attempt.counters, at) >= attempt.dailyLimit) return true;
    }
    return false;
  }

  function canPay(account: number, service: string, priceMinor: number): boolean {
    if (priceMinor === 0) return true;
    const own = fundsOf(account);
    return (own.get(service) ?? 0) > 0 || (own.get(BALANCE) ?? 0) >= priceMinor;
  }

  /** Caps bind what could be charged; what quota pays for takes no money. */
  function isCapReached(attempt: BookedAttempt): boolean {
    const { account, service, priceMinor, caps, keyLimits } = attempt;
    if ((caps === undefined && keyLimits === undefined) || service === 'platform') return false;
    const minor = (fundsOf(account).get(service) ?? 0) > 0 ? 0 : priceMinor;
    return sums.exceeds(attempt, Math.max(attempt.day, day), minor);
  }

  function recordEntry(
    attempt: BookedAttempt,
    verdict: Verdict,
    resultCode: string,
    keys: Uint8Array,
  ): Verdict {
    const { account, key, service, action, protocol, requestId, source, asOf, subject } = attempt;
    const { outcome, paidBy } = verdict;
    const amount = paidBy === 'quota' ? 1 : verdict.chargedMinor;
    const kind = 'call';
    verdict.seq = append(
      {
        kind,
        account,
        key,
        service,
        action,
        protocol,
        requestId,
        outcome,
        resultCode,
        charged: verdict.charged,
        priceMinor: verdict.charged ? attempt.priceMinor : 0,
        paidBy,
        amount,
        source,
        asOf,
        subject,
        counters: keys,
      },
      attempt.timeMs,
      attempt.day,
    );
    for (let at = 0; at < keys.length; at += COUNTER_BYTES) counters.increment(keys, at);
    if (verdict.charged) sums.count(account, key, day, verdict.chargedMinor);
    verdict.fundsLeft = canPay(account, service, attempt.priceMinor);
    return verdict;
  }

  function charge(attempt: BookedAttempt, verdict: Verdict): void {
    const { account, service, priceMinor } = attempt;
    verdict.charged = true;
    const own = fundsOf(account);
    const quota = own.get(service) ?? 0;
    // Quota counts charged calls, whatever they cost.
    if (quota > 0) {
      setFunds(account, own, service, quota - 1);
      verdict.paidBy = 'quota';
    } else if (priceMinor > 0) {
      setFunds(account, own, BALANCE, (own.get(BALANCE) ?? 0) - priceMinor);
      verdict.paidBy = 'balance';
      verdict.chargedMinor = priceMinor;
    }
  }

  return {
    transact(work) {
      statements.begin.run();
      const committed = head;
      try {
        const version = Number(statements.dataVersion.get()?.data_version);
        if (version !== seenVersion) {
          reload();
          seenVersion = version;
        }
        work();
        writeFunds();
        statements.commit.run();
      } catch (error) {
        // Nothing of this is on disk: a head that was never written must not be signed.
        head = committed;
        seenVersion = -1;
        countersLoaded = !options.counts;
        sums.drop();
        if (database.isTransaction) statements.rollback.run();
        throw error;
      }
    },
    record(attempt) {
      const verdict: Verdict = {
        kind: 'recorded',
        seq: 0,
        outcome: attempt.outcome,
        paidBy: 'none',
        charged: false,
        chargedMinor: 0,
        fundsLeft: false,
      };
      if (attempt.keep !== undefined && kept.isTaken(attempt.keep, attempt.timeMs)) {
        verdict.fundsLeft = canPay(attempt.account, attempt.service, attempt.priceMinor);
        verdict.kind = 'kept';
        return verdict;
      }
      if (!canPay(attempt.account, attempt.service, attempt.priceMinor)) {
        verdict.kind = 'funds_exhausted';
        return verdict;
      }
      turnCounters(attempt.day);
      if (isCapReached(attempt)) {
        verdict.fundsLeft = true;
        verdict.kind = 'cap_reached';
        return verdict;
      }
      if (isCounterFull(attempt)) {
        verdict.fundsLeft = true;
        verdict.outcome = 'daily_limit';
        if (attempt.limitResultCode === undefined) {
          verdict.kind = 'daily_limit_reached';
          return verdict;
        }
        return recordEntry(attempt, verdict, attempt.limitResultCode, NO_BYTES);
      }
      if (attempt.billable) charge(attempt, verdict);
      if (attempt.keep !== undefined) kept.put(attempt.keep, attempt.timeMs);
      return recordEntry(attempt, verdict, attempt.resultCode, attempt.counters);
    },
    add(account, service, amount, timeMs, entryDay) {
      const own = fundsOf(account);
      const total = (own.get(service) ?? 0) + amount;
      if (!Number.isSafeInteger(amount) || !Number.isSafeInteger(total) || total < 0) {
        throw new RangeError('funds stay between zero and the largest safe integer');
      }
      setFunds(account, own, service, total);
      const kind = service === BALANCE ? 'top_up' : 'quota_grant';
      const none = {
        key: 0,
        action: '',
        protocol: '',
        requestId: '',
        outcome: '',
        resultCode: '',
        charged: false,
        priceMinor: 0,
        source: '',
      };
      return append(
        {
          ...none,
          kind,
          account,
          service,
          paidBy: '',
          amount,
          asOf: null,
          subject: NO_BYTES,
          counters: NO_BYTES,
        },
        timeMs,
        entryDay,
      );
    },
    hasFunds: canPay,
    dropKept: kept.drop,
    sums,
    usedFor: (question) => sums.usedFor(question, Math.max(question.day, day)),
    head: () => head,
  };
}
