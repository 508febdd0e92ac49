// Tencent Cloud's older signature ("v1", HmacSHA1 and HmacSHA256), which is still the default of one official SDK:
// every parameter is signed with its raw value, sorted by name, in query or form.

import { createHmac } from 'node:crypto';
import { encodeForm } from './form.ts';

export type V1Method = 'HmacSHA1' | 'HmacSHA256';

export interface V1Start {
  readonly method: string;
  readonly host: string;
  readonly path: string;
}

/** Anything but exactly "HmacSHA256" means HmacSHA1. */
export function v1Method(text: string | undefined): V1Method {
  return text === 'HmacSHA256' ? 'HmacSHA256' : 'HmacSHA1';
}

/** The parameters as one text. Python and Java write an underscore of a name as a full stop, after sorting. */
export function v1Parameters(parameters: ReadonlyMap<string, string>, dotted = false): string {
  const names = [...parameters.keys()].filter((name) => name !== 'Signature').sort();
  return names
    .map((name) => `${dotted ? name.replaceAll('_', '.') : name}=${parameters.get(name)}`)
    .join('&');
}

export function v1Signature(secretKey: string, method: V1Method, start: V1Start, parameters: string): Buffer {
  const text = `${start.method}${start.host}${start.path}?${parameters}`;
  return createHmac(method === 'HmacSHA1' ? 'sha1' : 'sha256', secretKey)
    .update(text)
    .digest();
}

export interface V1Subject {
  readonly secretId: string;
  readonly secretKey: string;
  readonly method: 'GET' | 'POST';
  readonly host: string;
  readonly path?: string;
  readonly signatureMethod: V1Method;
  /** Action, Version, Timestamp, Nonce and the action's own, flattened (A.0, A.B). */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The signed query (GET) or form body (POST). */
export function signV1(subject: V1Subject): string {
  const { secretId, secretKey, method, host, path = '/', signatureMethod } = subject;
  const parameters = new Map(Object.entries(subject.parameters));
  parameters.set('SecretId', secretId);
  parameters.set('SignatureMethod', signatureMethod);
  const text = v1Parameters(parameters);
  const signature = v1Signature(secretKey, signatureMethod, { method, host, path }, text);
  parameters.set('Signature', signature.toString('base64'));
  return encodeForm(parameters);
}
