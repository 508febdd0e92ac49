// Tokens with which operators use the management calls across accounts. A token is shown when it is made and never again.

import type { OperatorToken } from '../ports/account-desk.ts';
import { readWhole, withOffice } from './account-office.ts';
import { type Command, textOption } from './command.ts';
import { readExpiry } from './key-limits.ts';

const timeOf = (ms: number | undefined): string | null =>
  ms === undefined ? null : new Date(ms).toISOString();

function view({ id, name, createdMs, expiresMs, revokedMs }: OperatorToken) {
  return {
    id,
    name,
    created: timeOf(createdMs),
    expires: timeOf(expiresMs),
    revoked: timeOf(revokedMs),
  };
}

function describe(token: OperatorToken): string {
  const { id, name, created, expires, revoked } = view(token);
  const state = revoked === null ? `expires ${expires ?? 'never'}` : `revoked ${revoked}`;
  return `${id}  ${name}  made ${created}  ${state}`;
}

const create: Command = {
  name: 'operator token create',
  summary: 'Makes a token for the management calls of an operator. It is shown once.',
  arguments: [{ name: '<NAME>', description: 'whose token it is, as the audit log names it' }],
  options: [{ flags: '--expires <TIME>', description: 'date or time (ISO 8601) from which it is refused' }],
  examples: ['operator token create ann', 'operator token create ci --expires 2027-01-01'],
  run(context, [name = ''], options) {
    const expiresMs = readExpiry(textOption(options, 'expires'));
    const made = withOffice(context, ({ administration }) =>
      administration.createOperatorToken(name, expiresMs ?? undefined),
    );
    context.output.result({ ...made, name }, [
      `id        ${made.id}`,
      `token     ${made.token}`,
      'Keep it now: it is not shown again.',
    ]);
    return undefined;
  },
};

const list: Command = {
  name: 'operator token list',
  summary: 'Lists the tokens of operators, never the tokens themselves.',
  examples: ['operator token list'],
  run(context) {
    const tokens = withOffice(context, ({ administration }) => administration.operatorTokens());
    context.output.result(tokens.map(view), tokens.map(describe));
    return undefined;
  },
};

const revoke: Command = {
  name: 'operator token revoke',
  summary: 'Refuses a token for good, from the next call on.',
  arguments: [{ name: '<ID>', description: 'as operator token list shows it' }],
  examples: ['operator token revoke 1'],
  run(context, [id = '']) {
    const row = readWhole(id, 'ID', 1);
    const token = withOffice(context, ({ administration }) => administration.revokeOperatorToken(row));
    context.output.result(view(token), [describe(token)]);
    return undefined;
  },
};

export const OPERATOR_COMMANDS: readonly Command[] = [create, list, revoke];
