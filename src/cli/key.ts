// What an operator does with API keys. A secret is shown when it is made and never again.

import type { IssuedKey, KeySummary } from '../app/accounts.ts';
import { BROUGHT_KEY_OPTIONS, readBroughtKey, viewIssuedKey, withOffice } from './account-office.ts';
import { type Command, UsageError } from './command.ts';
import {
  describeRestriction,
  KEY_LIMIT_OPTIONS,
  readKeyChanges,
  restrictionOf,
  viewRestriction,
} from './key-limits.ts';

const SECRET_ID = { name: '<SECRET_ID>', description: 'key id, as key list shows it' };
const EXAMPLE_ID = 'AKID0123456789abcdefghijklmnopqrstuv';

/** A secret that was brought along is not shown again. */
export function describeIssuedKey({ secretId, secretKey, token }: IssuedKey, wasBrought = false): string[] {
  return [
    `SecretId  ${secretId}`,
    `SecretKey ${wasBrought ? 'as given' : secretKey}`,
    `token     ${token}`,
    wasBrought ? 'Keep the token now: it is not shown again.' : 'Keep them now: they are not shown again.',
  ];
}

function describeKey({ secretId, accountId, name, state, createdMs }: KeySummary): string {
  return `${secretId}  ${state}  account ${accountId}  ${new Date(createdMs).toISOString()}  ${name}`.trimEnd();
}

/** Without the row: the key's own id is its SecretId. */
export function viewKey({ keyId: _row, restriction, ...key }: KeySummary) {
  return { ...key, ...viewRestriction(restriction) };
}

function setting(word: string, summary: string, state: KeySummary['state']): Command {
  return {
    name: `key ${word}`,
    summary,
    arguments: [SECRET_ID],
    examples: [`key ${word} ${EXAMPLE_ID}`],
    run(context, [secretId = '']) {
      const { key, changed } = withOffice(context, ({ administration }) =>
        administration.transact(() => {
          const before = administration.keys().find((one) => one.secretId === secretId);
          return before?.state === state
            ? { key: before, changed: false }
            : { key: administration.setKeyState(secretId, state), changed: true };
        }),
      );
      const said = changed ? [] : [`it was ${state} already: nothing changed`];
      context.output.result({ ...viewKey(key), changed }, [describeKey(key), ...said]);
      return undefined;
    },
  };
}

const create: Command = {
  name: 'key create',
  summary: 'Makes another key of an account, restricted or not. The secret is shown once.',
  arguments: [{ name: '<ACCOUNT>', description: 'account id' }],
  options: [...BROUGHT_KEY_OPTIONS, ...KEY_LIMIT_OPTIONS],
  examples: [
    'key create 100000000001',
    'key create 100000000001 --secret-id ID --secret-key - < secret.txt',
    'key create 100000000001 --name till --service line-status --expires 2027-01-01 --calls-max 1000',
  ],
  async run(context, [accountId = ''], options) {
    const brought = await readBroughtKey(context, options);
    const changes = await readKeyChanges(options);
    const wanted = { name: changes.name, restriction: restrictionOf(changes) };
    const issued = withOffice(context, ({ administration }) =>
      administration.createKey(accountId, brought, wanted),
    );
    context.output.result(
      { accountId, ...viewIssuedKey(issued, options) },
      describeIssuedKey(issued, brought !== undefined),
    );
    return undefined;
  },
};

const list: Command = {
  name: 'key list',
  summary: 'Lists the keys of one account, or of all.',
  arguments: [{ name: '[ACCOUNT]', description: 'account id' }],
  examples: ['key list', 'key list 100000000001 --json'],
  run(context, [accountId]) {
    const keys = withOffice(context, ({ administration }) => administration.keys(accountId));
    context.output.result(keys.map(viewKey), keys.map(describeKey));
    return undefined;
  },
};

const rotate: Command = {
  name: 'key rotate',
  summary:
    'Gives a key a new id, secret and token; the old ones are refused at once. To change over without a gap: key create, then key revoke.',
  arguments: [SECRET_ID],
  examples: [`key rotate ${EXAMPLE_ID}`],
  run(context, [secretId = '']) {
    const issued = withOffice(context, ({ administration }) => administration.rotateKey(secretId));
    context.output.result({ replaced: secretId, ...issued }, describeIssuedKey(issued));
    return undefined;
  },
};

const limits: Command = {
  name: 'key limits',
  summary: "Sets what a key is restricted to; 'none' takes a limit away.",
  arguments: [SECRET_ID],
  options: KEY_LIMIT_OPTIONS,
  examples: [
    `key limits ${EXAMPLE_ID} --cap-calls-per-day 1000 --cap-money-per-month 50000`,
    `key limits ${EXAMPLE_ID} --actions line-status --expires none`,
  ],
  async run(context, [secretId = ''], options) {
    const changes = await readKeyChanges(options);
    if (Object.keys(changes).length === 0) throw new UsageError('name what is to change');
    const key = withOffice(context, ({ administration }) => administration.changeKey(secretId, changes));
    context.output.result(viewKey(key), [describeKey(key), ...describeRestriction(key.restriction)]);
    return undefined;
  },
};

export const KEY_COMMANDS: readonly Command[] = [
  create,
  list,
  limits,
  rotate,
  setting('disable', 'Refuses calls of a key until it is enabled, from the next one on.', 'disabled'),
  setting('enable', 'Accepts calls of a disabled key again.', 'enabled'),
  setting('revoke', 'Refuses calls of a key for good, from the next one on.', 'revoked'),
];
