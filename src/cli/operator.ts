// Tokens with which operators use the management calls across accounts. A token is shown when it is made and never again.

import type { OperatorToken } from '../ports/account-desk.ts';
import { readWhole, withOffice } from './account-office.ts';
import { type Command, textOption } from './command.ts';
import { operatorAddress } from './console-address.ts';
import { readExpiry } from './key-limits.ts';

const MINUTE_MS = 60_000;

const timeOf = (ms: number | undefined): string | null =>
  ms === undefined ? null : new Date(ms).toISOString();

function view({ id, kind, name, createdMs, expiresMs, revokedMs }: OperatorToken) {
  return {
    id,
    kind,
    name,
    created: timeOf(createdMs),
    expires: timeOf(expiresMs),
    revoked: timeOf(revokedMs),
  };
}

function describe(token: OperatorToken): string {
  const { id, kind, name, created, expires, revoked } = view(token);
  const state = revoked === null ? `expires ${expires ?? 'never'}` : `revoked ${revoked}`;
  return `${id}  ${kind}  ${name}  made ${created}  ${state}`;
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
  summary:
    "Lists what opens the operator's calls and console: tokens, links, sessions; never the secret itself.",
  examples: ['operator token list'],
  run(context) {
    const tokens = withOffice(context, ({ administration }) => administration.operatorTokens());
    context.output.result(tokens.map(view), tokens.map(describe));
    return undefined;
  },
};

const revoke: Command = {
  name: 'operator token revoke',
  summary: 'Refuses a token, a link or a session for good, from the next call on.',
  arguments: [{ name: '<ID>', description: 'as operator token list shows it' }],
  examples: ['operator token revoke 1'],
  run(context, [id = '']) {
    const row = readWhole(id, 'ID', 1);
    const token = withOffice(context, ({ administration }) => administration.revokeOperatorToken(row));
    context.output.result(view(token), [describe(token)]);
    return undefined;
  },
};

const link: Command = {
  name: 'operator link',
  summary: 'Prints a link that signs an operator in to the console: once, and not for long.',
  arguments: [
    { name: '[NAME]', description: 'whose session it opens, as the audit log names it; else: operator' },
  ],
  options: [
    {
      flags: '--url <URL>',
      description: "the server's address, where it is not the configured host and port",
    },
  ],
  examples: ['operator link', 'operator link ann --url https://verify.example.org'],
  run(context, [name = 'operator'], options) {
    const { configuration, clock } = context;
    const expiresMs = clock.nowMs() + configuration.operatorLinkMinutes * MINUTE_MS;
    const made = withOffice(context, ({ administration }) =>
      administration.createOperatorLink(name, expiresMs),
    );
    const scheme = configuration.tlsCert === undefined ? 'http' : 'https';
    const url = textOption(options, 'url') ?? `${scheme}://${configuration.host}:${configuration.port}`;
    const address = operatorAddress(url, made.token);
    context.output.result({ id: made.id, name, link: address, expires: timeOf(expiresMs) }, [
      address,
      `Works once, until ${timeOf(expiresMs)}.`,
    ]);
    return undefined;
  },
};

export const OPERATOR_COMMANDS: readonly Command[] = [create, list, revoke, link];
