// One signed call over a connection of its own, and what its answer says.

import assert from 'node:assert/strict';
import { exchange } from './http-client.ts';
import { type Credentials, signTc3, toBytes } from './sign-request.ts';

export interface WireResponse {
  readonly RequestId: string;
  readonly Result?: string;
  readonly StatusCode?: number;
  readonly Error?: { readonly Code: string; readonly Message: string };
}

export interface WireCall {
  readonly action?: string;
  readonly payload: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function callOverWire(port: number, key: Credentials, call: WireCall): Promise<WireResponse> {
  const { action = 'MobileStatus', payload, headers = {} } = call;
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const signed = signTc3(key, { host: `127.0.0.1:${port}`, action, payload, timestampSeconds });
  const met = await exchange(port, toBytes({ ...signed, headers: { ...signed.headers, ...headers } }));
  assert.ok(met.kind === 'answer', met.kind);
  return (JSON.parse(met.answer.body.toString()) as { Response: WireResponse }).Response;
}
