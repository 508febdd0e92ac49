// check: one question to the local registry, answered in our own words and in those of the wire.

import { CHECKABLE_ACTIONS, checkRegistry } from '../app/check.ts';
import { formatCalendarDate } from '../domain/calendar-date.ts';
import { Fault } from '../domain/fault.ts';
import { type Command, textOption, UsageError } from './command.ts';
import { demandWireAction } from './wire-action.ts';

/** Command line words by domain field. */
const FIELDS = { msisdn: 'mobile', name: 'name', idCard: 'idCard', verifyMode: 'verifyMode' } as const;

export const check: Command = {
  name: 'check',
  summary: 'Asks the local registry directly: no account, no charge, no ledger entry. Audited.',
  arguments: [
    {
      name: '<ACTION>',
      description: `MobileStatus, PhoneVerification, ... or ${CHECKABLE_ACTIONS.join(', ')}`,
    },
  ],
  options: [
    { flags: '--mobile <NUMBER>', description: 'phone number' },
    { flags: '--name <NAME>', description: 'full name' },
    { flags: '--id-card <NUMBER>', description: 'ID card number' },
    { flags: '--verify-mode <MODE>', description: '0 brief or 1 detailed, for PhoneVerification' },
  ],
  examples: [
    'check MobileStatus --mobile 13800138000',
    'check identity-match --mobile 13800138000 --name 张三 --id-card 11010519491231002X --json',
  ],
  async run(context, [name = ''], options) {
    const action = demandWireAction(name).action;
    const input: Record<string, string> = {};
    for (const [field, word] of Object.entries(FIELDS)) {
      const value = textOption(options, word);
      if (value !== undefined) input[field] = value;
    }
    const { conclusion, charged, result } = await checkRegistry(context, action, input).catch(
      (error: unknown) => {
        throw error instanceof Fault ? usageOf(error) : error;
      },
    );
    const { outcome, output, source } = conclusion;
    const asOf = conclusion.asOf === undefined ? undefined : formatCalendarDate(conclusion.asOf);
    context.output.result({ action, outcome, result, charged, output, source, asOf }, [
      `${action}: ${outcome}${result === undefined ? '' : ` (Result ${result})`}, ${charged ? 'charged' : 'free'} in a live call`,
      ...Object.entries(output).map(([field, value]) => `  ${field}  ${String(value)}`),
      ...(asOf === undefined ? [] : [`  as of  ${asOf}`]),
    ]);
    return 0;
  },
};

/** A missing or unusable parameter, in the words of the command line. */
function usageOf(fault: Fault): Error {
  const word = FIELDS[fault.detail.field as keyof typeof FIELDS];
  if (word === undefined) return fault;
  if (fault.code === 'parameter_missing') return new UsageError(`this action needs ${flagOf(word)}`);
  if (fault.code === 'parameter_unknown') return new UsageError(`this action takes no ${flagOf(word)}`);
  return new UsageError(`${flagOf(word)} has a value that this action does not take`);
}

function flagOf(word: string): string {
  return `--${word.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
