// account list and account show: which accounts there are, what they have, and whose they are.

import { type Holders, withHolders } from '../app/holders.ts';
import { parseEmailAddress } from '../domain/email-address.ts';
import type { AccountRecord } from '../ports/account-desk.ts';
import { withOffice } from './account-office.ts';
import { describe, describeGrant, describeLimits, viewAccount } from './account-view.ts';
import { type Command, type OptionValues, textOption, UsageError } from './command.ts';
import { viewKey } from './key.ts';

const STATES = ['active', 'unverified', 'suspended'] as const;
const ALL = { offset: 0, limit: 1_000_000 };

export const accountList: Command = {
  name: 'account list',
  summary: 'Lists the accounts, oldest first, with their holders; addresses are masked.',
  options: [
    { flags: '--name <TEXT>', description: 'only accounts with this in their name' },
    { flags: '--state <STATE>', description: `only ${STATES.join(', ')} ones` },
    { flags: '--email <ADDRESS>', description: 'only the account of the person with this address' },
  ],
  examples: ['account list', 'account list --state suspended --json', 'account list --email ann@example.org'],
  async run(context, _args, options) {
    const name = textOption(options, 'name');
    const state = readState(options);
    const email = readEmail(options);
    const rows = await withHolders(context, async (holders) => {
      const personId = email === undefined ? undefined : (holders.personIdOf(email) ?? '');
      const records = withOffice(context, ({ administration }) => {
        // The entry knows the person and not the address.
        if (personId !== undefined)
          administration.noteAct('account.search', `person:${personId}`, null, null);
        return administration.records.list({ name, state, personId }, ALL);
      });
      return Promise.all(
        records.map(async (record) => ({ record, holder: await viewHolder(holders, record, 'masked') })),
      );
    });
    context.output.result(
      rows.map(({ record, holder }) => ({ ...viewAccount(record.account), ...holder })),
      rows.map(({ record, holder }) => [describe(record.account), holder.email ?? ''].join('  ').trimEnd()),
    );
    return undefined;
  },
};

export const accountShow: Command = {
  name: 'account show',
  summary: 'Shows an account with its holder, keys (never their secrets), quotas and balance. Audited.',
  arguments: [{ name: '<ACCOUNT>', description: 'account id, as account list shows it' }],
  examples: ['account show 100000000001'],
  async run(context, [accountId = '']) {
    const { record, keys, funds } = withOffice(context, (office) => {
      const found = office.administration.records.one(accountId);
      office.administration.noteAct('account.show', accountId, null, null);
      return {
        record: found,
        keys: office.administration.keys(accountId).map(viewKey),
        funds: office.fundsOf(accountId),
      };
    });
    const holder = await withHolders(context, (holders) => viewHolder(holders, record, 'whole'));
    const { account } = record;
    const { personId, email, createdAt } = holder;
    context.output.result({ ...viewAccount(account), ...holder, keys, funds }, [
      describe(account),
      `made      ${createdAt}`,
      ...(personId === null ? [] : [`holder    ${personId}  ${email ?? ''}`.trimEnd()]),
      ...describeLimits(account),
      ...describeGrant(account),
      ...keys.map(({ secretId, state }) => `key       ${secretId}  ${state}`),
      ...Object.entries(funds.quota).map(([service, calls]) => `quota     ${service}  ${calls}`),
      `balance   ${funds.balanceMinor}`,
    ]);
    return undefined;
  },
};

async function viewHolder(
  holders: Holders,
  { createdMs, personId }: AccountRecord,
  addresses: 'masked' | 'whole',
) {
  return {
    createdAt: new Date(createdMs).toISOString(),
    personId: personId ?? null,
    email: await holders.emailOf(personId, addresses),
  };
}

function readState(options: OptionValues) {
  const text = textOption(options, 'state');
  const state = STATES.find((one) => one === text);
  if (text !== undefined && state === undefined)
    throw new UsageError(`--state must be one of ${STATES.join(', ')}`);
  return state;
}

function readEmail(options: OptionValues) {
  const text = textOption(options, 'email');
  const email = text === undefined ? undefined : parseEmailAddress(text);
  if (text !== undefined && email === undefined) throw new UsageError('--email is no e-mail address');
  return email;
}
