// What an operator asks about usage on the command line: public names in, public names out.

import { existsSync } from 'node:fs';
import { ACTIONS } from '../actions/index.ts';
import {
  type CalendarDate,
  createCalendar,
  formatCalendarDate,
  startOfDayMs,
} from '../domain/calendar-date.ts';
import { createTimeFormat } from '../domain/zoned-time.ts';
import type { PublicNames } from '../ports/public-names.ts';
import type { UsageCall, UsageCallFilter, UsageDay, UsageFilter, UsageTotals } from '../ports/usage.ts';
import { openPublicNames } from '../storage/sqlite/accounts/public-names.ts';
import { type AuditOptions, noteAct } from './audit.ts';
import { timeZoneOf } from './time-zone.ts';
import { openUsageOf, type UsageOfOptions } from './usage.ts';

/** Nothing can be said about this; the message says why. */
export class UsageUnknownError extends Error {}

/** By our own names. */
export const USAGE_ACTIONS: readonly string[] = ACTIONS.map(({ name }) => name);

export interface UsageQuestion {
  readonly accountId: string;
  readonly secretId?: string;
  readonly service?: string;
  readonly action?: string;
  readonly protocol?: string;
  /** Both included, in the time zone of the ledger. */
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
  readonly outcome?: string;
  readonly sandbox?: boolean;
}

export interface ListedCall
  extends Omit<UsageCall, 'timeMs' | 'day' | 'account' | 'key' | 'isFault' | 'durationUs'> {
  readonly time: string;
  readonly secretId: string;
}

export interface ListedDay extends Omit<UsageDay, 'day'> {
  readonly date: string;
}

export interface UsageOffice {
  list(
    question: UsageQuestion,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ readonly count: number; readonly calls: readonly ListedCall[] }>;
  aggregate(
    question: UsageQuestion,
  ): Promise<{ readonly days: readonly ListedDay[]; readonly totals: UsageTotals }>;
  export(question: UsageQuestion): AsyncIterable<string>;
}

export type UsageOfficeOptions = AuditOptions & {
  readonly configuration: UsageOfOptions['configuration'] & { readonly timeZone: string };
};

/** The first question after an upgrade may read the whole ledger. */
const DEADLINE_MS = 3_600_000;

export async function withUsageOffice<T>(
  options: UsageOfficeOptions,
  work: (office: UsageOffice) => Promise<T>,
): Promise<T> {
  const { paths, configuration, clock } = options;
  if (!existsSync(paths.accounts)) throw new UsageUnknownError(`there are no accounts in ${paths.directory}`);
  const timeZone = timeZoneOf(options);
  const names = openPublicNames(paths.accounts, 'secret_id');
  let reason = '';
  const usage = openUsageOf({
    paths,
    configuration: { ...configuration, usageTimeoutMs: DEADLINE_MS },
    timeZone,
    clock,
    onError: (message) => {
      reason = message;
    },
  });
  const dateOf = createCalendar(timeZone);
  const formatTime = createTimeFormat(timeZone);

  function callFilterOf(question: UsageQuestion): UsageCallFilter {
    const { from, to, outcome, sandbox } = question;
    return {
      ...filterOf(names, question),
      ...(from === undefined ? {} : { fromMs: startOfDayMs(from, dateOf) }),
      ...(to === undefined ? {} : { toMs: startOfDayMs((to + 1) as CalendarDate, dateOf) }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(sandbox === undefined ? {} : { sandbox }),
    };
  }

  /** Single calls of somebody else's account; sums alone say little of anybody. */
  function noteLook(
    act: string,
    { accountId, from, to, ...filters }: UsageQuestion,
    page: object = {},
  ): void {
    const days = Object.entries({ from, to }).map(
      ([name, day]) => [name, day === undefined ? null : formatCalendarDate(day)] as const,
    );
    noteAct(options, {
      act,
      subject: accountId,
      after: { ...filters, ...Object.fromEntries(days), ...page },
    });
  }

  try {
    return await work({
      async list(question, page) {
        const filter = callFilterOf(question);
        noteLook('usage.list', question, page);
        const { calls, count } = await usage.list(filter, page);
        const listed = calls.map(({ timeMs, day, account, key, isFault, durationUs, ...call }) => ({
          time: formatTime(timeMs),
          secretId: names.credentialIdOf(key) ?? `#${key}`,
          ...call,
        }));
        return { count: count ?? 0, calls: listed };
      },
      async aggregate(question) {
        const { from, to } = question;
        const filter = {
          ...filterOf(names, question),
          ...(from === undefined ? {} : { fromDay: from }),
          ...(to === undefined ? {} : { toDay: to }),
        };
        const days = await usage.aggregate(filter);
        const listed = days.map(({ day, ...sums }) => ({ date: formatCalendarDate(day), ...sums }));
        return { days: listed, totals: await usage.totals(filter) };
      },
      export(question) {
        const filter = callFilterOf(question);
        noteLook('usage.export', question);
        return usage.export(filter);
      },
    });
  } catch (error) {
    throw reason === '' ? error : new UsageUnknownError(`usage cannot be read: ${reason}`);
  } finally {
    await usage.close();
    names.close();
  }
}

function filterOf(names: PublicNames, question: UsageQuestion): UsageFilter {
  const { accountId, secretId, service, action, protocol } = question;
  const account = names.accountOf(accountId);
  if (account === undefined)
    throw new UsageUnknownError(`there is no account ${accountId}: account list shows them`);
  const found = secretId === undefined ? undefined : names.keyOf(secretId);
  if (secretId !== undefined && found?.account !== account)
    throw new UsageUnknownError(`the account has no key ${secretId}: account show lists them`);
  const ofService = ACTIONS.filter((row) => service === undefined || row.service === service);
  const actions = ofService.map(({ name }) => name).filter((name) => action === undefined || name === action);
  return {
    account,
    ...(found === undefined ? {} : { key: found.key }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(service === undefined && action === undefined ? {} : { actions }),
  };
}
