// Signed calls about contacts over connections that a test opens itself, so that many are on their way at once; and the codes that
// the server's terminal shows.

import { type KeepAliveClient, openClient } from './http-client.ts';
import { createAccount, type NewAccount } from './new-account.ts';
import { type Credentials, signTc3, toBytes } from './sign-request.ts';

export const SENT = 'success';
export const WRONG_CODE = 'InternalError.VerifyCodeErr';
export const NO_CODE = 'InternalError.CheckVerifyCodeErr';
export const VERIFIED = 'InternalError.VerifiedPhoneEmailErr';
export const REFUSED = 'InternalError.ForbiddenRequest';

export const UNLIMITED = {
  ...{ recipient: 1_000_000, prefix: 1_000_000, country: 1_000_000, account: 1_000_000, address: 1_000_000 },
};

/** Only what guards attempts is left of the limits. */
export const UNLIMITED_SENDS: readonly string[] = [
  ...['--verify-resend-seconds', '0', '--verify-breaker-percent', '0'],
  ...['--verify-recipient-max', '1000000'],
  '--verify-limits',
  JSON.stringify(UNLIMITED),
];

export interface ContactCall {
  readonly action: 'SendIntlPhoneEmailCode' | 'CreateIntlPhoneEmail' | 'DescribeIntlPhoneEmailList';
  readonly to: string;
  readonly code?: string;
}

export interface ContactAnswer {
  /** The error's code, or 'success'. */
  readonly code: string;
  readonly requestId: string;
  readonly total: number | undefined;
}

export function createCaller(data: string): Promise<NewAccount> {
  return createAccount(data, ['--quota', '1000000', '--rate', '1000000']);
}

export function openConnections(port: number, count: number): Promise<KeepAliveClient[]> {
  return Promise.all(Array.from({ length: count }, () => openClient(port)));
}

export function writeContactCall(key: Credentials, port: number, { action, to, code }: ContactCall): Buffer {
  const payload = {
    Type: to.includes('@') ? 2 : 1,
    Code: to,
    ...(code !== undefined && { VerifyCode: code }),
  };
  const subject = {
    ...{ host: `127.0.0.1:${port}`, service: 'domain', version: '2018-08-08', action },
    timestampSeconds: Math.floor(Date.now() / 1000),
  };
  return toBytes(
    signTc3(key, {
      ...subject,
      payload: JSON.stringify(action === 'DescribeIntlPhoneEmailList' ? { Type: payload.Type } : payload),
    }),
  );
}

export async function callContacts(
  client: KeepAliveClient,
  key: Credentials,
  port: number,
  call: ContactCall,
): Promise<ContactAnswer> {
  const { body } = await client.send(writeContactCall(key, port, call));
  const { Response } = JSON.parse(body.toString()) as {
    Response: { RequestId: string; TotalCount?: number; Error?: { Code: string } };
  };
  return { code: Response.Error?.Code ?? SENT, requestId: Response.RequestId, total: Response.TotalCount };
}
