// The older signature (HmacSHA1, HmacSHA256) step by step; see tc3.ts.

import { hmac } from './web-crypto.ts';

export interface V1Request {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** All that is sent, decoded; Signature does not count. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface V1Steps {
  /** Sorted by the code of their characters. */
  readonly sorted: readonly (readonly [string, string])[];
  readonly sourceString: string;
}

export function describeV1({ method, host, path, parameters }: V1Request): V1Steps {
  const sorted = Object.entries(parameters)
    .filter(([name]) => name !== 'Signature')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const joined = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  return { sorted, sourceString: `${method.toUpperCase()}${host}${path}?${joined}` };
}

/** For the browser; in Base64. */
export async function signV1Steps(
  secretKey: string,
  { sourceString }: V1Steps,
  method: 'HmacSHA1' | 'HmacSHA256',
): Promise<string> {
  const signature = await hmac(secretKey, sourceString, method === 'HmacSHA1' ? 'SHA-1' : 'SHA-256');
  return btoa(String.fromCharCode(...signature));
}
