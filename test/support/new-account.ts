// Accounts as an operator makes them on the command line.

import { runJsonWithin } from './command-within.ts';

export interface NewAccount {
  readonly accountId: string;
  readonly secretId: string;
  readonly secretKey: string;
  readonly token: string;
}

export async function createAccount(data: string, flags: readonly string[] = []): Promise<NewAccount> {
  const made = await runJsonWithin([
    'account',
    'create',
    '--name',
    'Test',
    '--activate',
    'all',
    '--data',
    data,
    ...flags,
  ]);
  return made as NewAccount;
}
