// A person who registers over HTTP, turns an authenticator on and makes a platform token, and every secret on the way.

import assert from 'node:assert/strict';
import { TOTP } from 'otpauth';
import { codeMailedTo } from './mailed-code.ts';
import type { createManagementClient, ManagementReply } from './management-client.ts';

type ManagementClient = ReturnType<typeof createManagementClient>;

export interface SecuredPerson {
  /** Of a session. */
  readonly headers: Record<string, string>;
  readonly sessionId: string;
  /** Mailed. */
  readonly code: string;
  /** In Base32. */
  readonly totpSecret: string;
  readonly recoveryCodes: readonly string[];
  readonly platformToken: string;
}

export const totpNow = (secret: string): string => new TOTP({ secret }).generate();

export async function registerSecured(
  server: { stderr(): string },
  client: ManagementClient,
  person: { readonly email: string; readonly password: string },
): Promise<SecuredPerson> {
  const ask = async (line: string, body: unknown, headers = {}): Promise<ManagementReply> => {
    const reply = await client.call(line, { body, headers });
    assert.ok(reply.status < 300, `${line}: ${reply.text}`);
    return reply;
  };
  await ask('POST /people/register', person);
  const code = await codeMailedTo(server, person.email);
  const { cookie } = await ask('POST /people/confirm', { ...person, code });
  const headers = client.withSession(cookie);
  const { json: drawn } = await ask('POST /people/totp/setup', { password: person.password }, headers);
  const totpSecret = String(drawn.secret);
  const { json: enabled } = await ask('POST /people/totp/enable', { code: totpNow(totpSecret) }, headers);
  const { json: made } = await ask('POST /platform-tokens', { name: 'ci' }, headers);
  return {
    headers,
    sessionId: cookie.split('=')[1] ?? '',
    code,
    totpSecret,
    recoveryCodes: enabled.recovery_codes as string[],
    platformToken: String(made.token),
  };
}
