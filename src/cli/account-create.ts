// account create: an account with its first key and its funds.

import type { FundedAccount } from '../app/accounts.ts';
import { SERVICES, type ServiceName } from '../domain/service.ts';
import {
  BROUGHT_KEY_OPTIONS,
  readBroughtKey,
  readServices,
  SERVICES_TEXT,
  viewIssuedKey,
  withOffice,
} from './account-office.ts';
import {
  type Command,
  type OptionValues,
  requiredText,
  textOption,
  UsageError,
  wholeOption,
} from './command.ts';
import { describeIssuedKey } from './key.ts';

const FUNDS_MAX = 999_999_999_999;
const LIMIT_MAX = 2_000_000_000;

export const accountCreate: Command = {
  name: 'account create',
  summary: 'Makes an account and its first key. The secret is shown once.',
  options: [
    { flags: '--name <NAME>', description: 'whose account it is', required: true },
    { flags: '--activate <SERVICES>', description: `services it may use: ${SERVICES_TEXT}` },
    { flags: '--quota <N>', description: 'free calls of each activated service' },
    { flags: '--balance <MINOR>', description: 'balance in minor units of the currency' },
    {
      flags: '--rate <PER_SECOND>',
      description: 'calls a second and action (default: option rate-per-second)',
    },
    {
      flags: '--daily-limit <N>',
      description: 'attempts a day and field value (default: option daily-limit)',
    },
    ...BROUGHT_KEY_OPTIONS,
    { flags: '--sandbox', description: 'answers from the sandbox table only; every service is activated' },
    { flags: '--unverified', description: 'refuse its calls until: account verify' },
  ],
  examples: [
    'account create --name Shop --activate all --quota 1000 --balance 500000',
    'account create --name Migrated --activate line-status,identity-match --secret-id ID --secret-key - < secret.txt',
    'account create --name "Shop tests" --sandbox --json',
  ],
  async run(context, _args, options) {
    const account = readAccount(options);
    const brought = await readBroughtKey(context, options);
    const opened = withOffice(context, (office) => office.open(account, brought), true);
    const { accountId } = opened.account;
    context.output.result({ accountId, ...viewIssuedKey(opened.key, options) }, [
      `account   ${accountId}  ${account.name}`,
      ...describeIssuedKey(opened.key, brought !== undefined),
    ]);
    return undefined;
  },
};

function readAccount(options: OptionValues): FundedAccount {
  const sandbox = options.sandbox === true;
  const quota = wholeOption(options, 'quota', '--quota', 0, FUNDS_MAX) ?? 0;
  const balanceMinor = wholeOption(options, 'balance', '--balance', 0, FUNDS_MAX) ?? 0;
  const services = readActivated(textOption(options, 'activate'), sandbox);
  if (sandbox && quota + balanceMinor > 0)
    throw new UsageError('a sandbox account costs nothing: leave out --quota and --balance');
  if (quota > 0 && services.length === 0)
    throw new UsageError('--quota belongs to services: name them with --activate');
  const ratePerSecond = wholeOption(options, 'rate', '--rate', 1, LIMIT_MAX);
  const dailyLimit = wholeOption(options, 'dailyLimit', '--daily-limit', 0, LIMIT_MAX);
  return {
    name: requiredText(options, 'name'),
    services,
    sandbox,
    state: options.unverified === true ? 'unverified' : 'active',
    quota,
    balanceMinor,
    ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
    ...(dailyLimit === undefined ? {} : { dailyLimit }),
  };
}

function readActivated(text: string | undefined, sandbox: boolean): ServiceName[] {
  if (text !== undefined) return readServices(text);
  return sandbox ? [...SERVICES] : [];
}
