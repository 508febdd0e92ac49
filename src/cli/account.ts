// What an operator does with accounts that exist: look, change state, services, limits, grants and funds.

import type { AccountOffice } from '../app/accounts.ts';
import { SERVICES } from '../domain/service.ts';
import type { Account } from '../ports/accounts.ts';
import { accountAudit } from './account-audit.ts';
import { accountCalls } from './account-calls.ts';
import { ACCOUNT_CAP_OPTIONS, readCaps } from './account-caps.ts';
import { accountCreate } from './account-create.ts';
import { readServices, readWhole, SERVICES_TEXT, withOffice } from './account-office.ts';
import { accountList, accountShow } from './account-show.ts';
import { describe, describeGrant, describeLimits, RESET, viewAccount } from './account-view.ts';
import { type Command, type CommandContext, textOption, UsageError, wholeOption } from './command.ts';

const ACCOUNT = { name: '<ACCOUNT>', description: 'account id, as account list shows it' };
const SERVICE_LIST = { name: '<SERVICES>', description: SERVICES_TEXT };
const LIMIT_MAX = 2_000_000_000;

/** A command that brings an account into a state; once it is in it, the command only says so. */
function setting(
  word: 'verify' | 'suspend' | 'resume',
  summary: string,
  already: string,
  holds: (account: Account) => boolean,
): Command {
  return {
    name: `account ${word}`,
    summary,
    arguments: [ACCOUNT],
    examples: [`account ${word} 100000000001`],
    run(context, [accountId = '']) {
      const { account, changed } = withOffice(context, ({ administration }) =>
        administration.transact(() => {
          const before = administration.account(accountId);
          return holds(before)
            ? { account: before, changed: false }
            : { account: administration[word](accountId), changed: true };
        }),
      );
      const said = changed ? [] : [`it ${already}: nothing changed`];
      context.output.result({ ...viewAccount(account), changed }, [describe(account), ...said]);
      return undefined;
    },
  };
}

/** Changes one account and shows it afterwards, with what the command is about. */
function show(
  context: CommandContext,
  change: (office: AccountOffice) => Account,
  more: (account: Account) => string[] = () => [],
): undefined {
  const account = withOffice(context, change);
  context.output.result(viewAccount(account), [describe(account), ...more(account)]);
}

const activate: Command = {
  name: 'account activate',
  summary: 'Lets an account use services.',
  arguments: [ACCOUNT, SERVICE_LIST],
  examples: ['account activate 100000000001 line-status,line-tenure', 'account activate 100000000001 all'],
  run: (context, [accountId = '', services = '']) =>
    show(context, ({ administration }) => administration.activate(accountId, readServices(services))),
};

const deactivate: Command = {
  name: 'account deactivate',
  summary: 'Takes services from an account. Its quota stays.',
  arguments: [ACCOUNT, SERVICE_LIST],
  examples: ['account deactivate 100000000001 identity-match'],
  run: (context, [accountId = '', services = '']) =>
    show(context, ({ administration }) => administration.deactivate(accountId, readServices(services))),
};

const acquire: Command = {
  name: 'account acquire',
  summary: 'Acquires a service as its holder would: once, with the free quota of option free-quota.',
  arguments: [ACCOUNT, { name: '<SERVICE>', description: SERVICES.join(', ') }],
  examples: ['account acquire 100000000001 line-status'],
  run(context, [accountId = '', name = '']) {
    const service = SERVICES.find((one) => one === name);
    if (service === undefined) throw new UsageError(`there is no service '${name}'`);
    const funds = withOffice(context, (office) => office.acquire(accountId, service));
    context.output.result({ accountId, service, funds }, [
      `quota     ${service}  ${funds.quota[service] ?? 0}`,
    ]);
    return undefined;
  },
};

const topup: Command = {
  name: 'account topup',
  summary: 'Adds to the balance.',
  arguments: [ACCOUNT, { name: '<MINOR>', description: 'minor units of the currency' }],
  examples: ['account topup 100000000001 500000'],
  run(context, [accountId = '', amount = '']) {
    const amountMinor = readWhole(amount, 'MINOR', 1);
    const funds = withOffice(context, (office) => office.topUp(accountId, amountMinor));
    context.output.result({ accountId, funds }, [`balance   ${funds.balanceMinor}`]);
    return undefined;
  },
};

const grantQuota: Command = {
  name: 'account grant-quota',
  summary: 'Adds free calls of services.',
  arguments: [ACCOUNT, SERVICE_LIST, { name: '<N>', description: 'calls of each service' }],
  examples: ['account grant-quota 100000000001 line-status 1000'],
  run(context, [accountId = '', services = '', calls = '']) {
    const named = readServices(services);
    const added = readWhole(calls, 'N', 1);
    const funds = withOffice(context, (office) => office.grantQuota(accountId, named, added));
    const lines = Object.entries(funds.quota).map(([service, left]) => `quota     ${service}  ${left}`);
    context.output.result({ accountId, funds }, lines);
    return undefined;
  },
};

const limits: Command = {
  name: 'account limits',
  summary: `Sets an account's own limits; '${RESET}' goes back to the server's. Sets caps on what it may use; 'none' takes one away.`,
  arguments: [ACCOUNT],
  options: [
    { flags: '--rate <PER_SECOND>', description: 'calls a second and action' },
    { flags: '--daily-limit <N>', description: 'attempts a day, action and field value' },
    ...ACCOUNT_CAP_OPTIONS,
  ],
  examples: [
    'account limits 100000000001 --rate 100',
    'account limits 100000000001 --daily-limit default',
    'account limits 100000000001 --cap-calls-per-day 10000 --cap-money-per-month 500000',
    'account limits 100000000001 --cap-calls-per-day none',
  ],
  run(context, [accountId = ''], options) {
    const read = (name: string, flag: string, minimum: number) =>
      textOption(options, name) === RESET ? null : wholeOption(options, name, flag, minimum, LIMIT_MAX);
    const ratePerSecond = read('rate', '--rate', 1);
    const dailyLimit = read('dailyLimit', '--daily-limit', 0);
    const caps = readCaps(options);
    if (ratePerSecond === undefined && dailyLimit === undefined && caps === undefined)
      throw new UsageError('name a limit: --rate, --daily-limit or a --cap');
    return show(
      context,
      ({ administration }) =>
        administration.changeAccount(accountId, 'account.limits', {
          ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
          ...(dailyLimit === undefined ? {} : { dailyLimit }),
          ...(caps === undefined ? {} : { caps }),
        }),
      describeLimits,
    );
  },
};

const kmsGrant: Command = {
  name: 'account kms-grant',
  summary: "Lets verification use the account's KMS keys for encrypted fields, or not.",
  arguments: [ACCOUNT, { name: '<STATE>', description: 'on or off' }],
  examples: ['account kms-grant 100000000001 off'],
  run(context, [accountId = '', state = '']) {
    if (state !== 'on' && state !== 'off') throw new UsageError('the grant is on or off');
    return show(
      context,
      ({ administration }) =>
        administration.changeAccount(accountId, 'account.kms-grant', { kmsGrant: state === 'on' }),
      describeGrant,
    );
  },
};

export const ACCOUNT_COMMANDS: readonly Command[] = [
  accountCreate,
  accountList,
  accountShow,
  setting(
    'verify',
    'Vouches for the account holder.',
    'was verified already',
    ({ state }) => state === 'active',
  ),
  setting(
    'suspend',
    'Refuses all calls of an account, from the next one on.',
    'was suspended already',
    ({ state }) => state === 'suspended',
  ),
  setting('resume', 'Ends a suspension.', 'was not suspended', ({ state }) => state !== 'suspended'),
  acquire,
  activate,
  deactivate,
  limits,
  grantQuota,
  topup,
  kmsGrant,
  accountCalls,
  accountAudit,
];
