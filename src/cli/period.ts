// --from and --to: the days that an export or a list is about, both included.

import { type CalendarDate, parseCalendarDate } from '../domain/calendar-date.ts';
import { type CommandOption, type OptionValues, textOption, UsageError } from './command.ts';

export const PERIOD_OPTIONS: readonly CommandOption[] = [
  { flags: '--from <DATE>', description: 'first day, YYYY-MM-DD in the time zone of the ledger' },
  { flags: '--to <DATE>', description: 'last day' },
];

export interface Period {
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
}

export function readPeriod(options: OptionValues): Period {
  const from = readDate(options, 'from');
  const to = readDate(options, 'to');
  // An empty result would look like days without calls.
  if (from !== undefined && to !== undefined && from > to)
    throw new UsageError('--from must not be after --to');
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function readDate(options: OptionValues, name: 'from' | 'to'): CalendarDate | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const date = parseCalendarDate(text);
  if (date === undefined) throw new UsageError(`--${name} must be a date like 2026-11-21`);
  return date;
}
