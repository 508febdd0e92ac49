// What a signed call is made of, taken from the form at one moment: the same for every step that is shown.

import { useQuery } from '@tanstack/react-query';
import type { JsonObject, JsonValue } from '../../../../src/samples/index.ts';
import { describeTc3, type Tc3Steps } from '../../../../src/samples/signature/tc3.ts';
import type { Action } from '../../api/actions.ts';
import { call } from '../../api/call.ts';

export interface Taken {
  readonly id: number;
  readonly body: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly nonce: number;
}

let takenBefore = 0;

export function takeRequest(input: JsonObject): Taken {
  takenBefore += 1;
  return {
    id: takenBefore,
    body: JSON.stringify(input),
    timestamp: Math.floor(Date.now() / 1000),
    nonce: Math.floor(Math.random() * 1e9) + 1,
  };
}

/** Browsers have it on HTTPS and on localhost only. */
export function hasWebCrypto(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

/** By the server for whoever is signed in, otherwise here, where that can be done; undefined where it cannot. */
export function useTc3Steps(action: Action, taken: Taken, isSignedIn: boolean) {
  const start = {
    ...{ method: 'POST' as const, host: location.host, path: '/', body: taken.body },
    ...{ headers: { 'content-type': 'application/json' }, timestamp: taken.timestamp },
    service: action.product,
  };
  return useQuery({
    queryKey: ['tc3-steps', taken.id, isSignedIn],
    queryFn: async (): Promise<Tc3Steps> => {
      if (!isSignedIn) return describeTc3(start);
      const answer = await call('POST /explorer/signature', { body: { protocol: 'tc3', ...start } });
      const scope = answer.credential_scope ?? '';
      return {
        hashedPayload: answer.hashed_payload ?? '',
        canonicalHeaders: answer.canonical_headers ?? '',
        signedHeaders: answer.signed_headers ?? '',
        canonicalRequest: answer.canonical_request ?? '',
        hashedCanonicalRequest: answer.hashed_canonical_request ?? '',
        date: scope.split('/')[0] ?? '',
        credentialScope: scope,
        stringToSign: answer.string_to_sign ?? '',
      };
    },
    enabled: isSignedIn || hasWebCrypto(),
    staleTime: Number.POSITIVE_INFINITY,
    // It may be personal.
    gcTime: 0,
  });
}

export type V1Method = 'HmacSHA1' | 'HmacSHA256';

/** Of a v1 request, decoded: what all actions have, then the input with its levels joined by dots. */
export function parametersOf(
  action: Action,
  taken: Taken,
  secretId: string,
  method: V1Method,
): Readonly<Record<string, string>> {
  return {
    ...{ Action: action.action, Version: action.version, SignatureMethod: method },
    ...{ Timestamp: String(taken.timestamp), Nonce: String(taken.nonce), SecretId: secretId },
    ...Object.fromEntries(flatten(JSON.parse(taken.body) as JsonValue, '')),
  };
}

function flatten(value: JsonValue, name: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  const entries: readonly (readonly [string, JsonValue])[] = Array.isArray(value)
    ? value.map((one, index) => [String(index), one] as const)
    : Object.entries(value);
  return entries.flatMap(([key, one]) => flatten(one, name === '' ? key : `${name}.${key}`));
}
