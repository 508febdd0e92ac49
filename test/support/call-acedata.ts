// One call of the AceData protocol over a connection of its own, and what its answer says.

import assert from 'node:assert/strict';
import { type Answer, exchange } from './http-client.ts';

export interface AceDataCall {
  readonly path?: string;
  readonly method?: string;
  /** Sent as the bearer token; undefined = no Authorization header. */
  readonly token?: string;
  /** What is no text is written as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AceDataAnswer {
  readonly status: number;
  readonly headers: Answer['headers'];
  readonly json: Record<string, unknown>;
}

export const CHECK_1E = '/identity/phone/check-1e';
export const CHECK_2E = '/identity/phone/check-2e';
export const CHECK_3E = '/identity/phone/check-3e';

export function aceDataBytes({
  path = CHECK_1E,
  method = 'POST',
  token,
  body,
  headers,
}: AceDataCall): Buffer {
  const content = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  const all: Record<string, string> = {
    Host: '127.0.0.1',
    'Content-Type': 'application/json',
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...headers,
    'Content-Length': String(content.length),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'),
    content,
  ]);
}

export async function callAceData(port: number, call: AceDataCall): Promise<AceDataAnswer> {
  const met = await exchange(port, aceDataBytes(call));
  assert.ok(met.kind === 'answer', met.kind);
  const { status, headers, body } = met.answer;
  assert.equal(headers.get('content-type'), 'application/json');
  return { status, headers, json: JSON.parse(body.toString()) as Record<string, unknown> };
}

export interface WrittenError {
  readonly code: string;
  readonly message: string;
}

export function errorOf({ json }: AceDataAnswer): WrittenError {
  return (json.error ?? { code: '', message: '' }) as WrittenError;
}
