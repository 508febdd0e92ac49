// The protocol over a directory with one key, and requests as plain structs.

import { ACTIONS } from '../../src/actions/index.ts';
import { Fault } from '../../src/domain/fault.ts';
import type { ApiKey } from '../../src/ports/accounts.ts';
import {
  createTencentProtocol,
  type TencentOptions,
  type TencentRequest,
} from '../../src/protocols/tencent/index.ts';
import { account } from './pipeline.ts';
import { signTc3, signV1, type Tc3Subject, type V1Subject, type WireRequest } from './sign-request.ts';

export const SDK_CREDENTIALS = {
  secretId: 'AKIDEXAMPLE0000000000000000000000001',
  secretKey: 'SecretKeyExample00000000000000001',
};
export const NOW_SECONDS = 1_795_227_577;
export const REQUEST_ID = '22222222-2222-4222-8222-222222222222';

export function apiKey(credentials = SDK_CREDENTIALS): ApiKey {
  return { id: 7, ...credentials, account: account(), restriction: undefined };
}

export function protocolOver(keys: readonly ApiKey[] = [apiKey()], options: Partial<TencentOptions> = {}) {
  const directory = { findKey: (secretId: string) => keys.find((key) => key.secretId === secretId) };
  return createTencentProtocol({ directory, actions: ACTIONS, ...options });
}

export function requestOf(wire: WireRequest, nowSeconds = NOW_SECONDS): TencentRequest {
  return {
    requestId: REQUEST_ID,
    method: wire.method,
    url: wire.target,
    rawHeaders: Object.entries(wire.headers).flat(),
    body: wire.body,
    receivedAtMs: nowSeconds * 1000,
  };
}

export function tc3(changes: Partial<Tc3Subject> = {}, headers: Record<string, string> = {}): TencentRequest {
  const wire = signTc3(SDK_CREDENTIALS, {
    host: '127.0.0.1:8080',
    action: 'MobileStatus',
    payload: '{"Mobile":"13800138000"}',
    timestampSeconds: NOW_SECONDS,
    ...changes,
  });
  return requestOf({ ...wire, headers: { ...wire.headers, ...headers } });
}

export function v1(
  parameters: Record<string, string> = {},
  changes: Partial<V1Subject> = {},
): TencentRequest {
  const common = { Version: '2018-03-01', Timestamp: String(NOW_SECONDS), Nonce: '11886' };
  return requestOf(
    signV1(SDK_CREDENTIALS, {
      method: 'POST',
      host: '127.0.0.1:8080',
      algorithm: 'HmacSHA256',
      parameters: { Action: 'MobileStatus', Mobile: '13800138000', ...common, ...parameters },
      ...changes,
    }),
  );
}

/** The code of the Fault that something throws, or undefined; anything else it throws goes on. */
export function faultCodeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

export interface WireError {
  readonly Code: string;
  readonly Message: string;
}

/** What the wire shows when reading the request fails. */
export function errorOf(
  protocol: ReturnType<typeof protocolOver>,
  request: TencentRequest,
): WireError | undefined {
  try {
    protocol.readCall(request);
    return undefined;
  } catch (error) {
    return JSON.parse(protocol.renderFault(error, request, undefined)).Response.Error;
  }
}
