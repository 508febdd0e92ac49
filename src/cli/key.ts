// What an operator does with API keys. A secret is shown when it is made and never again.

import type { IssuedKey } from '../storage/sqlite/accounts/draw-key.ts';
import type { KeySummary } from '../storage/sqlite/accounts/key-administration.ts';
import { BROUGHT_KEY_OPTIONS, readBroughtKey, withOffice } from './account-office.ts';
import type { Command } from './command.ts';

const SECRET_ID = { name: '<SECRET_ID>', description: 'key id, as key list shows it' };
const EXAMPLE_ID = 'AKID0123456789abcdefghijklmnopqrstuv';

export function describeIssuedKey({ secretId, secretKey, token }: IssuedKey): string[] {
  return [
    `SecretId  ${secretId}`,
    `SecretKey ${secretKey}`,
    `token     ${token}`,
    'Keep them now: they are not shown again.',
  ];
}

function describeKey({ secretId, accountId, state, createdMs }: KeySummary): string {
  return `${secretId}  ${state}  account ${accountId}  ${new Date(createdMs).toISOString()}`;
}

function setting(word: string, summary: string, state: KeySummary['state']): Command {
  return {
    name: `key ${word}`,
    summary,
    arguments: [SECRET_ID],
    examples: [`key ${word} ${EXAMPLE_ID}`],
    run(context, [secretId = '']) {
      const key = withOffice(context, ({ administration }) => administration.setKeyState(secretId, state));
      context.output.result(key, [describeKey(key)]);
      return undefined;
    },
  };
}

const create: Command = {
  name: 'key create',
  summary: 'Makes another key of an account. The secret is shown once.',
  arguments: [{ name: '<ACCOUNT>', description: 'account id' }],
  options: BROUGHT_KEY_OPTIONS,
  examples: ['key create 100000000001', 'key create 100000000001 --secret-id ID --secret-key KEY'],
  run(context, [accountId = ''], options) {
    const brought = readBroughtKey(options);
    const issued = withOffice(context, ({ administration }) => administration.createKey(accountId, brought));
    context.output.result({ accountId, ...issued }, describeIssuedKey(issued));
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
    context.output.result(keys, keys.map(describeKey));
    return undefined;
  },
};

const rotate: Command = {
  name: 'key rotate',
  summary:
    'Makes a new key and revokes the old one at once. To change over without a gap: key create, then key revoke.',
  arguments: [SECRET_ID],
  examples: [`key rotate ${EXAMPLE_ID}`],
  run(context, [secretId = '']) {
    const issued = withOffice(context, ({ administration }) => administration.rotateKey(secretId));
    context.output.result({ replaced: secretId, ...issued }, describeIssuedKey(issued));
    return undefined;
  },
};

export const KEY_COMMANDS: readonly Command[] = [
  create,
  list,
  rotate,
  setting('disable', 'Refuses calls of a key until it is enabled, from the next one on.', 'disabled'),
  setting('enable', 'Accepts calls of a disabled key again.', 'enabled'),
  setting('revoke', 'Refuses calls of a key for good, from the next one on.', 'revoked'),
];
