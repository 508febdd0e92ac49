// What each account, or each key, has used of charged calls and of the balance, on the chain's last day and in its calendar
// month, for the caps. Added up from the entries when the first cap asks, kept up from then on: without caps it costs
// nothing.

import type { DatabaseSync } from 'node:sqlite';
import { type CalendarDate, firstOfMonth } from '../../../domain/calendar-date.ts';
import type { UsageCaps } from '../../../domain/usage-cap.ts';
import { createEntryScan, type EntryScan } from './entry-scan.ts';
import { firstSeqOfDay } from './read-entries.ts';

interface Used {
  /** What the next two belong to. */
  day: number;
  callsOfDay: number;
  minorOfDay: number;
  callsOfMonth: number;
  minorOfMonth: number;
}

export interface Usage extends EntryScan {
  /** What each cap counts. */
  usedBy(who: number, day: number): UsageCaps;
  /** Would one more charged call exceed a cap? `minor` is what it would take from the balance. */
  exceeds(caps: UsageCaps, who: number, day: number, minor: number): boolean;
  /** After the entry of a charged call was appended. */
  count(who: number, day: number, minor: number): void;
}

export function createUsage(database: DatabaseSync, of: 'account' | 'key'): Usage {
  const month = new Map<number, Used>();
  const lastDay = database.prepare('SELECT day FROM entries ORDER BY seq DESC LIMIT 1');
  let nextMonth = 0;
  const scan = createEntryScan({
    database,
    sql: `SELECT ${of} AS who, day, count(*) AS calls, sum(iif(paid_by = 'balance', amount, 0)) AS minor
      FROM entries WHERE seq >= ? AND seq <= ? AND charged = 1 GROUP BY day, who ORDER BY day`,
    firstSeq: () => firstSeqOfDay(database, firstOfMonth(Number(lastDay.get()?.day ?? 0) as CalendarDate)),
    begin() {
      month.clear();
      nextMonth = 0;
    },
    take: (row) => add(Number(row.who), Number(row.day), Number(row.calls), Number(row.minor)),
  });

  function beginMonthOf(day: number): void {
    month.clear();
    nextMonth = firstOfMonth((firstOfMonth(day as CalendarDate) + 31) as CalendarDate);
  }

  /** Days come in their order. */
  function add(who: number, day: number, calls: number, minor: number): void {
    if (day >= nextMonth) beginMonthOf(day);
    let used = month.get(who);
    if (used === undefined) {
      used = { day, callsOfDay: 0, minorOfDay: 0, callsOfMonth: 0, minorOfMonth: 0 };
      month.set(who, used);
    } else if (used.day !== day) {
      used.day = day;
      used.callsOfDay = 0;
      used.minorOfDay = 0;
    }
    used.callsOfDay += calls;
    used.minorOfDay += minor;
    used.callsOfMonth += calls;
    used.minorOfMonth += minor;
  }

  function usedBy(who: number, day: number): UsageCaps {
    scan.load();
    // Only an entry begins a day or a month: what is asked here must not end the ones of a call that comes late.
    const known = month.get(who);
    const ofMonth = day < nextMonth ? known : undefined;
    const ofDay = known?.day === day ? known : undefined;
    return {
      callsPerDay: ofDay?.callsOfDay ?? 0,
      callsPerMonth: ofMonth?.callsOfMonth ?? 0,
      minorPerDay: ofDay?.minorOfDay ?? 0,
      minorPerMonth: ofMonth?.minorOfMonth ?? 0,
    };
  }

  return {
    ...scan,
    usedBy,
    exceeds(caps, who, day, minor) {
      const used = usedBy(who, day);
      if (used.callsPerDay >= caps.callsPerDay || used.callsPerMonth >= caps.callsPerMonth) return true;
      if (minor === 0) return false;
      return used.minorPerDay + minor > caps.minorPerDay || used.minorPerMonth + minor > caps.minorPerMonth;
    },
    count(who, day, minor) {
      if (scan.isLoaded()) add(who, day, 1, minor);
    },
  };
}
