// What each account has used of charged calls and of its balance, on the chain's last day and in its calendar month, for
// the caps. Added up from the entries when the first cap asks, kept up from then on: without caps it costs nothing.

import type { DatabaseSync } from 'node:sqlite';
import { type CalendarDate, firstOfMonth } from '../../../domain/calendar-date.ts';
import type { UsageCaps } from '../../../domain/usage-cap.ts';
import { firstSeqOfDay } from './read-entries.ts';

interface Used {
  /** What the next two belong to. */
  day: number;
  callsOfDay: number;
  minorOfDay: number;
  callsOfMonth: number;
  minorOfMonth: number;
}

export interface Usage {
  /** Adds up the chain's last month unless that is known. Inside a transaction only. */
  load(): void;
  /** Would one more charged call exceed a cap? `minor` is what it would take from the balance. */
  exceeds(caps: UsageCaps, account: number, day: number, minor: number): boolean;
  /** After the entry of a charged call was appended. */
  count(account: number, day: number, minor: number): void;
  /** Forgets everything: a transaction failed. */
  drop(): void;
}

export function createUsage(database: DatabaseSync): Usage {
  const month = new Map<number, Used>();
  const lastDay = database.prepare('SELECT day FROM entries ORDER BY seq DESC LIMIT 1');
  const sums = database.prepare(
    `SELECT account, sum(day = ?) AS calls_day, sum(iif(day = ? AND paid_by = 'balance', amount, 0)) AS minor_day,
       count(*) AS calls_month, sum(iif(paid_by = 'balance', amount, 0)) AS minor_month
     FROM entries WHERE seq >= ? AND charged = 1 GROUP BY account`,
  );
  let isLoaded = false;
  let nextMonth = 0;

  function beginMonthOf(day: number): CalendarDate {
    month.clear();
    const start = firstOfMonth(day as CalendarDate);
    nextMonth = firstOfMonth((start + 31) as CalendarDate);
    return start;
  }

  function load(): void {
    if (isLoaded) return;
    const day = Number(lastDay.get()?.day ?? 0);
    for (const row of sums.iterate(day, day, firstSeqOfDay(database, beginMonthOf(day)))) {
      month.set(Number(row.account), {
        day,
        callsOfDay: Number(row.calls_day),
        minorOfDay: Number(row.minor_day),
        callsOfMonth: Number(row.calls_month),
        minorOfMonth: Number(row.minor_month),
      });
    }
    isLoaded = true;
  }

  return {
    load,
    exceeds(caps, account, day, minor) {
      load();
      // Only an entry begins a day or a month: what is refused here must not end the ones of a call that comes late.
      const known = month.get(account);
      const ofMonth = day < nextMonth ? known : undefined;
      const ofDay = known?.day === day ? known : undefined;
      if ((ofDay?.callsOfDay ?? 0) >= caps.callsPerDay) return true;
      if ((ofMonth?.callsOfMonth ?? 0) >= caps.callsPerMonth) return true;
      if (minor === 0) return false;
      return (
        (ofDay?.minorOfDay ?? 0) + minor > caps.minorPerDay ||
        (ofMonth?.minorOfMonth ?? 0) + minor > caps.minorPerMonth
      );
    },
    count(account, day, minor) {
      if (!isLoaded) return;
      if (day >= nextMonth) beginMonthOf(day);
      let used = month.get(account);
      if (used === undefined) {
        used = { day, callsOfDay: 0, minorOfDay: 0, callsOfMonth: 0, minorOfMonth: 0 };
        month.set(account, used);
      } else if (used.day !== day) {
        used.day = day;
        used.callsOfDay = 0;
        used.minorOfDay = 0;
      }
      used.callsOfDay += 1;
      used.minorOfDay += minor;
      used.callsOfMonth += 1;
      used.minorOfMonth += minor;
    },
    drop() {
      isLoaded = false;
      month.clear();
    },
  };
}
