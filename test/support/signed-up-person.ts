// A person who has registered over HTTP, with the session that this gave.

import { codeMailedTo } from './mailed-code.ts';
import type { createManagementClient } from './management-client.ts';

const PASSWORD = 'seven green bicycles';

/** The server's flags that make it quick. */
export const QUICK_PASSWORDS = ['--password-memory-kib', '8192', '--password-passes', '1'];

export interface SignedUpPerson {
  readonly headers: Readonly<Record<string, string>>;
  readonly accountId: string;
}

export async function signUpPerson(
  server: { stderr(): string },
  client: ReturnType<typeof createManagementClient>,
  email: string,
): Promise<SignedUpPerson> {
  const person = { email, password: PASSWORD };
  await client.call('POST /people/register', { body: person });
  const body = { ...person, code: await codeMailedTo(server, email) };
  const { cookie, json } = await client.call('POST /people/confirm', { body });
  return { headers: client.withSession(cookie), accountId: String(json.account_id) };
}
