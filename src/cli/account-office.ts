// How the account, key and KMS commands reach the account office, and the options they share.

import { type AccountOffice, type IssuedKey, openAccountOffice } from '../app/accounts.ts';
import { SERVICES, type ServiceName } from '../domain/service.ts';
import { type CommandContext, type OptionValues, textOption, UsageError } from './command.ts';
import { FROM_INPUT, readSecretKey } from './secret-key.ts';

/** Runs the work with an open office. Only the first account may set up a new data directory. */
export function withOffice<T>(
  context: CommandContext,
  work: (office: AccountOffice) => T,
  mayCreate = false,
): T {
  const office = openAccountOffice({ ...context, mustExist: !mayCreate });
  try {
    return work(office);
  } finally {
    office.close();
  }
}

export const SERVICES_TEXT = `${SERVICES.join(', ')}, or all`;

/** Service names separated by commas; all is every service. */
export function readServices(text: string): ServiceName[] {
  if (text === 'all') return [...SERVICES];
  return text.split(',').map((part) => {
    const service = SERVICES.find((name) => name === part.trim());
    if (service === undefined)
      throw new UsageError(`there is no service '${part.trim()}': use ${SERVICES_TEXT}`);
    return service;
  });
}

export function readWhole(text: string, what: string, minimum: number): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= minimum)) throw new UsageError(`${what} must be a whole number from ${minimum}`);
  return number;
}

/** The key that a migrating client brings along; both halves or none. */
export async function readBroughtKey(context: CommandContext, options: OptionValues) {
  const secretId = textOption(options, 'secretId');
  const secretKey = await readSecretKey(context, options);
  if (secretId === undefined && secretKey === undefined) return undefined;
  if (secretId === undefined || secretKey === undefined)
    throw new UsageError('--secret-id and --secret-key go together');
  return { secretId, secretKey };
}

export const BROUGHT_KEY_OPTIONS = [
  { flags: '--secret-id <ID>', description: 'keep a key that clients already use: its id' },
  {
    flags: '--secret-key <KEY>',
    description: 'and its secret; - reads it from standard input, where nobody sees it',
  },
];

/** With a secret that came on standard input left out: whoever keeps it off the command line wants it in no log. */
export function viewIssuedKey({ secretKey, ...key }: IssuedKey, options: OptionValues) {
  return textOption(options, 'secretKey') === FROM_INPUT ? key : { ...key, secretKey };
}
