// account calls: what an account asked lately, what it was told and what that cost.

import { type RecentCall, recentCallsOf } from '../app/calls.ts';
import { type Command, wholeOption } from './command.ts';

const CALLS_DEFAULT = 50;
const CALLS_MAX = 10_000;

export const accountCalls: Command = {
  name: 'account calls',
  summary:
    'Lists the latest calls of an account with their charges, newest first; also faults and sandbox calls.',
  arguments: [{ name: '<ACCOUNT>', description: 'account id, as account list shows it' }],
  options: [{ flags: '--limit <N>', description: `calls at most (default ${CALLS_DEFAULT})` }],
  examples: ['account calls 100000000001', 'account calls 100000000001 --limit 500 --json'],
  run(context, [accountId = ''], options) {
    const limit = wholeOption(options, 'limit', '--limit', 1, CALLS_MAX) ?? CALLS_DEFAULT;
    const calls = recentCallsOf(context, accountId, limit);
    context.output.result(calls, calls.map(describe));
    return undefined;
  },
};

function describe(call: RecentCall): string {
  const { time, action, outcome, fault, resultCode, secretId, requestId } = call;
  const told = fault === null ? `${outcome} ${resultCode}`.trimEnd() : `refused: ${fault}`;
  return [time, action || '-', told, costOf(call), secretId, requestId].join('  ');
}

function costOf({ sandbox, charged, paidBy, priceMinor }: RecentCall): string {
  if (sandbox) return 'sandbox';
  if (!charged) return 'free';
  return paidBy === 'quota' ? 'quota' : `${priceMinor}`;
}
