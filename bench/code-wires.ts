// The two requests of one cycle on each wire: the floor's, Lineproof's own with a bearer token, and the vendor's signed one.

import { type Credentials, signTc3, toBytes } from '../test/support/sign-request.ts';
import type { JsonAnswer } from './json-connection.ts';

export type CodeTarget =
  | { readonly kind: 'floor' | 'rest'; readonly port: number; readonly token: string }
  | ({ readonly kind: 'tencent'; readonly port: number } & Credentials);

export interface CodeWire {
  send(to: string): Buffer;
  /** What check() needs of the answer; undefined when nothing was sent. */
  readSent(answer: JsonAnswer): string | undefined;
  check(to: string, sent: string, code: string): Buffer;
  isVerified(answer: JsonAnswer): boolean;
}

const PATHS = { floor: '/send', rest: '/api/v1/verifications' } as const;

export function createCodeWire(target: CodeTarget): CodeWire {
  return target.kind === 'tencent' ? createTencentWire(target) : createBearerWire(target);
}

function createBearerWire({ kind, port, token }: Extract<CodeTarget, { token: string }>): CodeWire {
  const headers = {
    ...{ Host: `127.0.0.1:${port}`, 'Content-Type': 'application/json' },
    Authorization: `Bearer ${token}`,
  };
  const post = (path: string, body: object): Buffer =>
    toBytes({ method: 'POST', target: path, headers, body: Buffer.from(JSON.stringify(body)) });
  return {
    send: (to) => post(PATHS[kind], { to }),
    readSent: ({ status, body }) => (status === 201 ? (JSON.parse(body) as { id?: string }).id : undefined),
    check: (to, id, code) =>
      kind === 'floor' ? post('/check', { to, id, code }) : post(`${PATHS.rest}/${id}/check`, { code }),
    isVerified: ({ status, body }) => status === 200 && body.includes('"verified"'),
  };
}

function createTencentWire(target: Extract<CodeTarget, { kind: 'tencent' }>): CodeWire {
  const host = `127.0.0.1:${target.port}`;
  const post = (action: string, members: object): Buffer => {
    const payload = JSON.stringify({ Type: 1, ...members });
    const timestampSeconds = Math.floor(Date.now() / 1000);
    const subject = { host, action, payload, timestampSeconds, service: 'domain', version: '2018-08-08' };
    return toBytes(signTc3(target, subject));
  };
  const isDone = ({ status, body }: JsonAnswer): boolean => status === 200 && !body.includes('"Error"');
  return {
    send: (to) => post('SendIntlPhoneEmailCode', { Code: to }),
    readSent: (answer) => (isDone(answer) ? '' : undefined),
    check: (to, _, code) => post('CreateIntlPhoneEmail', { Code: to, VerifyCode: code }),
    isVerified: isDone,
  };
}
