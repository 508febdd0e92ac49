// Commands around the table of number ranges: which numbers are served, and by which actions.

import { existsSync } from 'node:fs';
import {
  exportRanges,
  importRanges,
  listRanges,
  RANGE_ACTIONS,
  removeRange,
  setRanges,
} from '../app/ranges.ts';
import type { NumberRange } from '../ports/source.ts';
import { type Command, CommandError, requiredText, textOption, UsageError } from './command.ts';

/** A range that makes no sense is wrong usage. */
function orWrongUsage<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}

function describeRange({ prefix, holder, actions }: NumberRange): string {
  return `${prefix.padEnd(12)} ${holder.padEnd(12)} ${actions.length === 0 ? 'every action' : actions.join(', ')}`;
}

export const rangesList: Command = {
  name: 'ranges list',
  summary: 'Shows every number range, its holder and the actions that it may be asked for.',
  examples: ['ranges list', 'ranges list --json'],
  run(context) {
    const ranges = listRanges(context);
    context.output.result(ranges, ranges.map(describeRange));
    return 0;
  },
};

export const rangesSet: Command = {
  name: 'ranges set',
  summary: 'Adds a number range, or changes the one with this prefix.',
  arguments: [
    { name: '<PREFIX>', description: '+ and leading digits; the longest prefix of a number counts' },
  ],
  options: [
    {
      flags: '--holder <NAME>',
      description: 'mobile, telecom, unicom, broadnet, virtual, or a name',
      required: true,
    },
    {
      flags: '--actions <LIST>',
      description: `comma-separated; default every action (${RANGE_ACTIONS.join(', ')})`,
    },
  ],
  examples: ['ranges set +86161 --holder mobile', 'ranges set +1202 --holder example --actions line-status'],
  run(context, [prefix = ''], options) {
    const actions = (textOption(options, 'actions') ?? '').split(',').map((name) => name.trim());
    const range = { prefix, holder: requiredText(options, 'holder'), actions: actions.filter(Boolean) };
    orWrongUsage(() => setRanges(context, [range]));
    context.output.result(range, [describeRange(range)]);
    return 0;
  },
};

export const rangesRemove: Command = {
  name: 'ranges remove',
  summary: 'Removes a number range: calls for its numbers are refused unless a shorter prefix fits.',
  arguments: [{ name: '<PREFIX>', description: 'exactly as ranges list shows it' }],
  examples: ['ranges remove +86161'],
  run(context, [prefix = '']) {
    if (!removeRange(context, prefix)) throw new CommandError(`there is no range ${prefix}`);
    context.output.result({ removed: prefix }, [`${prefix} removed`]);
    return 0;
  },
};

export const rangesImport: Command = {
  name: 'ranges import',
  summary:
    'Adds or changes the number ranges of a CSV file, all or none; with --replace every other range goes.',
  arguments: [{ name: '<FILE>', description: 'columns prefix,holder,actions; actions separated by spaces' }],
  options: [{ flags: '--replace', description: 'the file is the whole table from then on' }],
  examples: ['ranges import ranges.csv', 'ranges import ranges.csv --replace'],
  run(context, [file = ''], options) {
    if (!existsSync(file)) throw new CommandError(`there is no file ${file}`);
    const ranges = orWrongUsage(() => importRanges(context, file, options.replace === true));
    context.output.result({ ranges }, [`${ranges} ranges set`]);
    return 0;
  },
};

export const rangesExport: Command = {
  name: 'ranges export',
  summary: 'Writes every number range to standard output, as CSV that ranges import takes.',
  examples: ['ranges export > ranges.csv'],
  async run(context) {
    await context.output.untilReaderLeaves(async () => {
      for (const piece of exportRanges(context)) context.output.stream.write(piece);
    });
    return 0;
  },
};

export const RANGES_COMMANDS: readonly Command[] = [
  rangesList,
  rangesSet,
  rangesRemove,
  rangesImport,
  rangesExport,
];
