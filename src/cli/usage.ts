// Commands about usage: what an account asked and what it cost, from the same view as the server's.

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type ListedCall,
  type ListedDay,
  USAGE_ACTIONS,
  type UsageQuestion,
  UsageUnknownError,
  withUsageOffice,
} from '../app/usage-office.ts';
import { SERVICES } from '../domain/service.ts';
import { OFFSET_MAX, PAGE_CALLS_MAX, UsageError as UsageProblem, type UsageTotals } from '../ports/usage.ts';
import {
  type Command,
  CommandError,
  type CommandOption,
  type OptionValues,
  requiredText,
  textOption,
  UsageError,
  wholeOption,
} from './command.ts';
import { PERIOD_OPTIONS, readPeriod } from './period.ts';

const PROTOCOLS = ['tencent', 'acedata', 'lineproof'];
const LIMIT_DEFAULT = 20;

const SCOPE: readonly CommandOption[] = [
  { flags: '--account <ID>', description: 'account id, as account list shows it', required: true },
  ...PERIOD_OPTIONS,
  { flags: '--key <SECRET-ID>', description: 'only calls of this key' },
  { flags: '--service <SERVICE>', description: SERVICES.join(', ') },
  { flags: '--action <ACTION>', description: 'only calls of this action, by our own name' },
  { flags: '--protocol <PROTOCOL>', description: PROTOCOLS.join(' or ') },
];
const CALLS: readonly CommandOption[] = [
  { flags: '--outcome <CODE>', description: 'only calls with this outcome or fault' },
  { flags: '--sandbox', description: 'only sandbox calls' },
];

export const usageList: Command = {
  name: 'usage list',
  summary: 'Lists calls of an account, newest first, with what each cost and who paid.',
  options: [
    ...SCOPE,
    ...CALLS,
    {
      flags: '--limit <N>',
      description: `calls at most (default ${LIMIT_DEFAULT}, up to ${PAGE_CALLS_MAX})`,
    },
    { flags: '--offset <N>', description: 'calls to leave out first' },
  ],
  examples: [
    'usage list --account 100000000001',
    'usage list --account 100000000001 --outcome rate_limited --from 2026-11-01 --json',
  ],
  async run(context, _args, options) {
    const limit = wholeOption(options, 'limit', '--limit', 1, PAGE_CALLS_MAX) ?? LIMIT_DEFAULT;
    const offset = wholeOption(options, 'offset', '--offset', 0, OFFSET_MAX) ?? 0;
    const question = readQuestion(options);
    const page = await explain(() =>
      withUsageOffice(context, (office) => office.list(question, { limit, offset })),
    );
    const { count, calls } = page;
    context.output.result(page, [`${count} calls`, ...calls.map(describeCall)]);
    return 0;
  },
};

export const usageAggregate: Command = {
  name: 'usage aggregate',
  summary: 'Adds calls of an account up by day, protocol and action, and in total.',
  options: SCOPE,
  examples: ['usage aggregate --account 100000000001 --from 2026-11-01 --to 2026-11-30'],
  async run(context, _args, options) {
    const question = readQuestion(options);
    const sums = await explain(() => withUsageOffice(context, (office) => office.aggregate(question)));
    context.output.result(sums, [...sums.days.map(describeDay), describeTotals(sums.totals)]);
    return 0;
  },
};

export const usageExport: Command = {
  name: 'usage export',
  summary: 'Writes calls of an account as CSV to standard output, newest first.',
  options: [...SCOPE, ...CALLS],
  examples: ['usage export --account 100000000001 --from 2026-11-01 > november.csv'],
  async run(context, _args, options) {
    const question = readQuestion(options);
    const { output } = context;
    await explain(() =>
      withUsageOffice(context, (office) =>
        output.untilReaderLeaves(() =>
          pipeline(Readable.from(office.export(question)), output.stream, { end: false }),
        ),
      ),
    );
    return 0;
  },
};

export const USAGE_COMMANDS: readonly Command[] = [usageAggregate, usageExport, usageList];

function readQuestion(options: OptionValues): UsageQuestion {
  const secretId = textOption(options, 'key');
  const service = readChoice(options, 'service', SERVICES);
  const action = readChoice(options, 'action', USAGE_ACTIONS);
  const protocol = readChoice(options, 'protocol', PROTOCOLS);
  const outcome = textOption(options, 'outcome');
  return {
    accountId: requiredText(options, 'account'),
    ...readPeriod(options),
    ...(secretId === undefined ? {} : { secretId }),
    ...(service === undefined ? {} : { service }),
    ...(action === undefined ? {} : { action }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(options.sandbox === true ? { sandbox: true } : {}),
  };
}

function readChoice(options: OptionValues, name: string, choices: readonly string[]): string | undefined {
  const text = textOption(options, name);
  if (text !== undefined && !choices.includes(text))
    throw new UsageError(`--${name} must be one of ${choices.join(', ')}`);
  return text;
}

async function explain<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageProblem || error instanceof UsageUnknownError)
      throw new CommandError(error.message);
    throw error;
  }
}

function describeCall(call: ListedCall): string {
  const { time, protocol, action, outcome, resultCode, secretId, requestId } = call;
  return [
    ...[time, protocol, action || '-', `${outcome} ${resultCode}`.trimEnd()],
    ...[costOf(call), secretId, requestId],
  ].join('  ');
}

function costOf({ sandbox, charged, paidBy, chargedMinor }: ListedCall): string {
  if (sandbox) return 'sandbox';
  if (!charged) return 'free';
  return paidBy === 'quota' ? 'quota' : `${chargedMinor}`;
}

function describeDay({ date, protocol, action, ...sums }: ListedDay): string {
  const { calls, charged, paidByQuota, chargedMinor, refused, rehearsed } = sums;
  const counts = `${calls} answered, ${charged} charged, ${paidByQuota} by quota, ${refused} refused, ${rehearsed} sandbox`;
  return `${date}  ${protocol}  ${action || '-'}  ${counts}, ${chargedMinor} from the balance`;
}

function describeTotals({ calls, charged, paidByQuota, chargedMinor }: UsageTotals): string {
  return `total  ${calls} answered, ${charged} charged, ${paidByQuota} by quota, ${chargedMinor} from the balance`;
}
