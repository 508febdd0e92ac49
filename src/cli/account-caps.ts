// Usage caps on the command line: the flags of account limits, and how an account's caps are shown.

import { USAGE_CAPS, type UsageCaps } from '../domain/usage-cap.ts';
import { type CommandOption, type OptionValues, textOption, wholeOption } from './command.ts';

type CapName = keyof UsageCaps;

const CAP_MAX = 999_999_999_999;
const NONE = 'none';

const CAPS: Readonly<
  Record<
    CapName,
    { readonly option: string; readonly flag: string; readonly value: string; readonly unit: string }
  >
> = {
  callsPerDay: {
    option: 'capCallsPerDay',
    flag: '--cap-calls-per-day',
    value: '<N>',
    unit: 'charged calls a calendar day',
  },
  callsPerMonth: {
    option: 'capCallsPerMonth',
    flag: '--cap-calls-per-month',
    value: '<N>',
    unit: 'charged calls a calendar month',
  },
  minorPerDay: {
    option: 'capMoneyPerDay',
    flag: '--cap-money-per-day',
    value: '<MINOR>',
    unit: 'minor units from the balance a calendar day',
  },
  minorPerMonth: {
    option: 'capMoneyPerMonth',
    flag: '--cap-money-per-month',
    value: '<MINOR>',
    unit: 'minor units from the balance a calendar month',
  },
};

export const ACCOUNT_CAP_OPTIONS: readonly CommandOption[] = USAGE_CAPS.map((name) => ({
  flags: `${CAPS[name].flag} ${CAPS[name].value}`,
  description: `${CAPS[name].unit} at most, or ${NONE}`,
}));

/** The caps that were named; undefined when none was. */
export function readCaps(options: OptionValues): Partial<UsageCaps> | undefined {
  const named: [CapName, number][] = [];
  for (const name of USAGE_CAPS) {
    const { option, flag } = CAPS[name];
    const isNone = textOption(options, option) === NONE;
    const cap = isNone ? Number.POSITIVE_INFINITY : wholeOption(options, option, flag, 0, CAP_MAX);
    if (cap !== undefined) named.push([name, cap]);
  }
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

/** As JSON shows them: null is no cap. */
export function viewCaps(caps: UsageCaps | undefined): Record<CapName, number | null> {
  const view = (name: CapName): number | null => {
    const cap = caps?.[name] ?? Number.POSITIVE_INFINITY;
    return Number.isFinite(cap) ? cap : null;
  };
  return {
    callsPerDay: view('callsPerDay'),
    callsPerMonth: view('callsPerMonth'),
    minorPerDay: view('minorPerDay'),
    minorPerMonth: view('minorPerMonth'),
  };
}

export function describeCaps(caps: UsageCaps | undefined): string[] {
  return USAGE_CAPS.flatMap((name) => {
    const cap = viewCaps(caps)[name];
    return cap === null ? [] : [`cap       ${cap} ${CAPS[name].unit}`];
  });
}
