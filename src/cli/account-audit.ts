// account audit: who did what to whom and looked at which number, with what was before and after.

import { noteActOnNumber, traceNumber } from '../app/audit.ts';
import { parseMsisdn } from '../domain/msisdn.ts';
import type { AuditedAct } from '../ports/account-desk.ts';
import { withOffice } from './account-office.ts';
import {
  type Command,
  type CommandContext,
  type OptionValues,
  textOption,
  UsageError,
  wholeOption,
} from './command.ts';

const AUDIT_DEFAULT = 50;
const AUDIT_MAX = 10_000;
const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?$/;

export const accountAudit: Command = {
  name: 'account audit',
  summary:
    'Lists who did what to which account, key, number or file, newest first, with what was before and after.',
  options: [
    {
      flags: '--number <NUMBER>',
      description: 'only what was done to this phone number, or looked up of it',
    },
    { flags: '--actor <ACTOR>', description: "only acts of this one, e.g. 'cli:root' or 'operator:ann'" },
    { flags: '--act <ACT>', description: "only this act, e.g. 'registry.look-up'" },
    { flags: '--subject <SUBJECT>', description: 'only acts on this, e.g. an account id' },
    { flags: '--from <TIME>', description: 'from this date (of UTC) or time with its zone on (ISO 8601)' },
    { flags: '--to <TIME>', description: 'until before it' },
    { flags: '--before <SEQ>', description: 'only entries before this one: the next page' },
    { flags: '--limit <N>', description: `entries at most (default ${AUDIT_DEFAULT})` },
  ],
  examples: [
    'account audit --limit 10',
    'account audit --number 13800138000 --act registry.look-up',
    'account audit --actor cli:root --from 2026-11-01 --to 2026-12-01 --json',
  ],
  run(context, _args, options) {
    const limit = wholeOption(options, 'limit', '--limit', 1, AUDIT_MAX) ?? AUDIT_DEFAULT;
    const filter = readFilter(context, options);
    const acts = withOffice(context, ({ administration }) => administration.auditLog(limit, 0, filter));
    context.output.result(
      acts.map(({ timeMs, ...act }) => ({ time: timeText(timeMs), ...act })),
      acts.flatMap(describe),
    );
    return undefined;
  },
};

function readFilter(context: CommandContext, options: OptionValues) {
  const number = textOption(options, 'number');
  const msisdn = number === undefined ? undefined : parseMsisdn(number, context.configuration.region);
  if (number !== undefined && msisdn === undefined) throw new UsageError('--number is no telephone number');
  if (msisdn !== undefined) noteActOnNumber(context, 'audit.search', msisdn, {});
  return {
    actor: textOption(options, 'actor'),
    act: textOption(options, 'act'),
    subject: textOption(options, 'subject'),
    fromMs: readTime(options, 'from'),
    toMs: readTime(options, 'to'),
    behindSeq: wholeOption(options, 'before', '--before', 1, Number.MAX_SAFE_INTEGER),
    numberHash: msisdn === undefined ? undefined : traceNumber(context, msisdn),
  };
}

function readTime(options: OptionValues, name: 'from' | 'to'): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const timeMs = TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(timeMs))
    throw new UsageError(`--${name} must be a date or a time with its zone (ISO 8601)`);
  return timeMs;
}

const timeText = (timeMs: number): string => new Date(timeMs).toISOString();

function describe({ seq, timeMs, actor, act, subject, before, after }: AuditedAct): string[] {
  const values = Object.entries({ before, after }).filter(([, value]) => value !== null);
  return [
    `${timeText(timeMs)}  #${seq}  ${actor}  ${act}  ${subject}`,
    ...values.map(([name, value]) => `  ${name.padEnd(6)} ${JSON.stringify(value)}`),
  ];
}
