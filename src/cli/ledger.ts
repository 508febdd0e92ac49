// Commands around the ledger.

import {
  EXPORT_FORMATS,
  exportLedgerOf,
  type LedgerReport,
  type NotedHead,
  verifyLedgerOf,
} from '../app/ledger.ts';
import { type Command, type OptionValues, textOption, UsageError } from './command.ts';
import { ledgerTimeZone } from './ledger-time-zone.ts';
import { PERIOD_OPTIONS, readPeriod } from './period.ts';

const HEAD_EXAMPLE = `1200:${'98baaf75d72c9aa1'.repeat(4)}`;
const HEAD = /^([1-9]\d{0,15}):([0-9a-f]{64})$/i;

export const ledgerVerify: Command = {
  name: 'ledger verify',
  summary: 'Checks every entry, signed head, quota and balance; names the first entry that was altered.',
  options: [
    {
      flags: '--head <SEQ:HASH>',
      description: 'a head noted down earlier, which the ledger must still contain',
    },
  ],
  examples: [
    'ledger verify',
    'ledger verify --json --data /var/lib/lineproof',
    `ledger verify --head ${HEAD_EXAMPLE}`,
  ],
  run(context, _args, options) {
    const notedHead = readHead(options);
    const progress = context.output.progress('verifying');
    let report: LedgerReport;
    try {
      report = verifyLedgerOf(context, {
        onProgress: (done, total) => progress.update(done, total),
        ...(notedHead === undefined ? {} : { notedHead }),
      });
    } finally {
      progress.stop();
    }
    context.output.result(report, describeReport(report));
    return report.ok ? 0 : 1;
  },
};

export const ledgerExport: Command = {
  name: 'ledger export',
  summary: 'Writes entries to standard output, oldest first; subjects are keyed hashes, never numbers.',
  options: [
    { flags: '--account <ID>', description: 'only this account' },
    ...PERIOD_OPTIONS,
    { flags: '--format <FORMAT>', description: `${EXPORT_FORMATS.join(' or ')} (default: csv)` },
  ],
  examples: [
    'ledger export --from 2026-11-01 --to 2026-11-30 > november.csv',
    'ledger export --account 100000000001 --format ndjson',
  ],
  async run(context, _args, options) {
    const accountId = textOption(options, 'account');
    const progress = context.output.streamProgress('exporting');
    const request = {
      format: readFormat(options),
      onProgress: (done: number, total: number) => progress.update(done, total),
      ...(accountId === undefined ? {} : { accountId }),
      ...readPeriod(options),
    };
    try {
      await context.output.untilReaderLeaves(async () => {
        const entries = await exportLedgerOf(context, context.output.stream, request);
        progress.stop();
        context.output.note(`${entries} entries`);
      });
    } finally {
      progress.stop();
    }
    return 0;
  },
};

export const LEDGER_COMMANDS: readonly Command[] = [ledgerExport, ledgerVerify, ledgerTimeZone];

function readFormat(options: OptionValues) {
  const text = textOption(options, 'format') ?? 'csv';
  const format = EXPORT_FORMATS.find((name) => name === text);
  if (format === undefined) throw new UsageError(`--format must be ${EXPORT_FORMATS.join(' or ')}`);
  return format;
}

function readHead(options: OptionValues): NotedHead | undefined {
  const text = textOption(options, 'head');
  if (text === undefined) return undefined;
  const [, seq, hash] = HEAD.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new UsageError('--head must be a number and a hash as ledger verify prints them, like SEQ:HASH');
  return { seq: Number(seq), hash: hash.toLowerCase() };
}

function describeReport(report: LedgerReport): string[] {
  const { entries, firstBadSeq, reason, lastSignedSeq, lastSignedHash, unsignedTail } = report;
  const signed =
    unsignedTail === 0
      ? 'all of them are signed'
      : `signed up to entry ${lastSignedSeq}, ${unsignedTail} after it are not signed yet`;
  const head = `${lastSignedSeq}:${lastSignedHash}`;
  if (report.ok && lastSignedSeq > 0)
    return [`ok: ${entries} entries, ${signed}`, `newest signed head, to be noted down elsewhere: ${head}`];
  if (report.ok) return [`ok: ${entries} entries, ${signed}`];
  return [
    `NOT OK: ${reason ?? 'unknown reason'}`,
    ...(firstBadSeq === undefined
      ? []
      : [`entries before ${firstBadSeq} are sound, from there on nothing is proven`]),
    `${entries} entries, signed and matching up to entry ${lastSignedSeq}`,
  ];
}
