// Commands around the subscriber registry.

import { existsSync } from 'node:fs';
import { setPriority } from 'node:os';
import type { Writable } from 'node:stream';
import { noteAct, noteActOnNumber } from '../app/audit.ts';
import { openBlindIndexKey } from '../app/master-key.ts';
import { createRegistryAdministration, MAX_SYNTHETIC_ROWS } from '../app/registry.ts';
import { timeZoneOf } from '../app/time-zone.ts';
import { isNumberRegion, parseMsisdn } from '../domain/msisdn.ts';
import {
  type Command,
  type CommandContext,
  type OptionValues,
  textOption,
  UsageError,
  wholeOption,
} from './command.ts';
import type { Progress } from './progress.ts';
import { describeImport, describeStatistics, importFailed, importSummary } from './registry-text.ts';

const REGION_OPTION = {
  flags: '--region <CODE>',
  description: 'region of numbers without a country code, as an ISO 3166 code (default: option region)',
};
/** The server on the same machine goes first. */
const IMPORT_NICENESS = 5;

function administration({ paths, clock, configuration }: CommandContext) {
  const { region, tenureMonths } = configuration;
  const timeZone = timeZoneOf({ paths, configuration });
  return createRegistryAdministration({ paths, clock, timeZone, region, tenureMonths });
}

function regionOption(options: OptionValues): string | undefined {
  const region = textOption(options, 'region')?.toUpperCase();
  if (region !== undefined && !isNumberRegion(region))
    throw new UsageError(`--region ${region} is not an ISO 3166 code of a region with numbers, such as CN`);
  return region;
}

export const registryImport: Command = {
  name: 'registry import',
  summary: 'Imports subscriber records from CSV or NDJSON, either of them perhaps gzipped.',
  arguments: [
    {
      name: '<FILE>',
      description:
        'columns msisdn,status,activated_on,carrier,name,id_card,as_of; in a merge a column that is not there keeps what ' +
        'the registry holds, an empty cell clears it',
    },
  ],
  options: [
    REGION_OPTION,
    { flags: '--replace', description: 'swap the whole registry instead of merging by as_of' },
  ],
  examples: ['registry import subscribers.csv', 'registry import subscribers.csv.gz --replace --json'],
  async run(context, [file = ''], options) {
    const region = regionOption(options);
    const blindIndexKey = openBlindIndexKey(context);
    const asked = { region: region ?? context.configuration.region, replace: options.replace === true };
    noteAct(context, { act: 'registry.import', subject: 'registry', after: asked });
    setPriority(IMPORT_NICENESS);
    const reading = context.output.progress('reading');
    const writing = context.output.progress('writing');
    let result: Awaited<ReturnType<ReturnType<typeof administration>['import']>>;
    try {
      result = await administration(context).import({
        input: file,
        blindIndexKey,
        replace: options.replace === true,
        ...(region === undefined ? {} : { region }),
        onProgress({ phase, done, total }) {
          if (phase === 'writing') reading.stop();
          (phase === 'reading' ? reading : writing).update(done, total);
        },
      });
    } finally {
      reading.stop();
      writing.stop();
    }
    const { accepted, rejected } = result;
    noteAct(context, { act: 'registry.imported', subject: 'registry', after: { accepted, rejected } });
    context.output.result(importSummary(result), describeImport(result));
    return importFailed(result) ? 1 : 0;
  },
};

export const registryGenerate: Command = {
  name: 'registry generate',
  summary: 'Makes invented subscriber records as CSV; the same seed gives the same rows.',
  options: [
    { flags: '--rows <N>', description: 'how many', required: true },
    { flags: '--seed <S>', description: 'a whole number', required: true },
    { flags: '--out <FILE>', description: 'default: standard output' },
  ],
  examples: [
    'registry generate --rows 1000000 --seed 7 --out subscribers.csv',
    'registry generate --rows 10 --seed 1',
  ],
  async run(context, _, options) {
    const rows = wholeOption(options, 'rows', '--rows', 1, MAX_SYNTHETIC_ROWS) ?? 0;
    const seed = wholeOption(options, 'seed', '--seed', 0, Number.MAX_SAFE_INTEGER) ?? 0;
    const file = textOption(options, 'out');
    const progress = writtenProgress(context, 'generating', file);
    try {
      await context.output.untilReaderLeaves(() =>
        administration(context).generate(outputOf(context, file), { rows, seed }, (done) =>
          progress.update(done, rows),
        ),
      );
    } finally {
      progress.stop();
    }
    if (file !== undefined) context.output.result({ rows, seed, file }, [`${rows} rows in ${file}`]);
    return 0;
  },
};

export const registryExport: Command = {
  name: 'registry export',
  summary:
    'Writes status, dates and carrier of every number as CSV; of names and ID cards only whether they are held.',
  arguments: [{ name: '<FILE>', description: '- for standard output' }],
  examples: ['registry export registry.csv', 'registry export - | head'],
  async run(context, [file = '']) {
    const out = file === '-' ? undefined : file;
    if (existsSync(context.paths.registry)) noteAct(context, { act: 'registry.export', subject: 'registry' });
    const progress = writtenProgress(context, 'exporting', out);
    let rows = 0;
    try {
      await context.output.untilReaderLeaves(async () => {
        ({ rows } = await administration(context).export(outputOf(context, out), (done, total) =>
          progress.update(done, total ?? done),
        ));
      });
    } finally {
      progress.stop();
    }
    if (out !== undefined) context.output.result({ rows, file }, [`${rows} rows in ${file}`]);
    return 0;
  },
};

export const registryStats: Command = {
  name: 'registry stats',
  summary: 'Counts the registry by status, carrier, tenure and what is held.',
  examples: ['registry stats', 'registry stats --json'],
  run(context) {
    const progress = context.output.progress('counting');
    let statistics: ReturnType<ReturnType<typeof administration>['statistics']>;
    try {
      statistics = administration(context).statistics((done, total) => progress.update(done, total));
    } finally {
      progress.stop();
    }
    context.output.result(statistics, describeStatistics(statistics));
    return 0;
  },
};

export const registryDelete: Command = {
  name: 'registry delete',
  summary: 'Deletes one number, or all that a file names one a line, for good.',
  arguments: [{ name: '<MSISDN|FILE>', description: 'a phone number, or a file of numbers' }],
  options: [REGION_OPTION],
  examples: ['registry delete 13800138000', 'registry delete leavers.txt'],
  async run(context, [target = ''], options) {
    const region = regionOption(options);
    noteDeletion(context, target, region);
    const reading = context.output.progress('reading');
    const deleting = context.output.progress('deleting');
    let result: Awaited<ReturnType<ReturnType<typeof administration>['delete']>>;
    try {
      result = await administration(context).delete(target, region, ({ phase, done, total }) => {
        if (phase === 'deleting') reading.stop();
        (phase === 'reading' ? reading : deleting).update(done, total);
      });
    } finally {
      reading.stop();
      deleting.stop();
    }
    const { deleted, absent } = result;
    noteAct(context, { act: 'registry.deleted', subject: 'registry', after: { deleted, absent } });
    const lines = [`${result.deleted} deleted, ${result.absent} were not in the registry`];
    if (result.invalid > 0) lines.push(`${result.invalid} lines hold no phone number`);
    if (!result.logEmptied) {
      lines.push('a reader keeps older pages in the write-ahead log; the next delete or import empties it');
    }
    context.output.result(result, lines);
    return 0;
  },
};

/** One number is named by mask and hash, those of a file are counted afterwards. */
function noteDeletion(context: CommandContext, target: string, region: string | undefined): void {
  if (!existsSync(context.paths.registry)) return;
  const msisdn = parseMsisdn(target, region ?? context.configuration.region);
  if (msisdn === undefined || existsSync(target))
    noteAct(context, { act: 'registry.delete', subject: 'registry', after: { from: 'a file' } });
  else noteActOnNumber(context, 'registry.delete', msisdn, {});
}

function writtenProgress({ output }: CommandContext, label: string, file: string | undefined): Progress {
  return file === undefined ? output.streamProgress(label) : output.progress(label);
}

function outputOf(context: CommandContext, file: string | undefined): string | Writable {
  return file ?? (context.output.stream as Writable);
}

export const REGISTRY_COMMANDS: readonly Command[] = [
  registryImport,
  registryGenerate,
  registryExport,
  registryStats,
  registryDelete,
];
