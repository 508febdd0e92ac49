// TC3-HMAC-SHA256 step by step, for whoever wants to see each text: what is signed needs no secret; the keys and the
// signature are made where the secret is typed, which is never the server.

import { hmac, sha256, toHex } from './web-crypto.ts';

export interface Tc3Request {
  readonly method: string;
  /** As in the Host header, unless `headers` has it. */
  readonly host: string;
  readonly path: string;
  /** Without the question mark, as on the wire; counts for GET alone. */
  readonly query?: string;
  /** Names in any case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** content-type and host unless given. */
  readonly signedHeaders?: readonly string[];
  readonly body: string;
  /** Unix seconds. */
  readonly timestamp: number;
  /** E.g. 'faceid'. */
  readonly service: string;
}

export interface Tc3Steps {
  readonly hashedPayload: string;
  readonly canonicalHeaders: string;
  readonly signedHeaders: string;
  readonly canonicalRequest: string;
  readonly hashedCanonicalRequest: string;
  readonly date: string;
  readonly credentialScope: string;
  readonly stringToSign: string;
}

const ALGORITHM = 'TC3-HMAC-SHA256';

export async function describeTc3(request: Tc3Request): Promise<Tc3Steps> {
  const { method, timestamp, service, signedHeaders: names = ['content-type', 'host'] } = request;
  const values = new Map([['host', request.host]]);
  for (const [name, value] of Object.entries(request.headers ?? {})) values.set(name.toLowerCase(), value);
  const signed = [...new Set(names.map((name) => name.toLowerCase()))].sort();
  const upper = method.toUpperCase();
  const hashedPayload = await sha256(upper === 'GET' ? '' : request.body);
  const canonicalHeaders = signed.map((name) => `${name}:${(values.get(name) ?? '').trim()}\n`).join('');
  const signedHeaders = signed.join(';');
  const canonicalRequest = [
    upper,
    request.path,
    upper === 'GET' ? (request.query ?? '') : '',
    canonicalHeaders,
    signedHeaders,
    hashedPayload,
  ].join('\n');
  const hashedCanonicalRequest = await sha256(canonicalRequest);
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const credentialScope = `${date}/${service}/tc3_request`;
  const stringToSign = [ALGORITHM, timestamp, credentialScope, hashedCanonicalRequest].join('\n');
  return {
    hashedPayload,
    canonicalHeaders,
    signedHeaders,
    canonicalRequest,
    hashedCanonicalRequest,
    date,
    credentialScope,
    stringToSign,
  };
}

export interface Tc3Signed {
  /** Each in hex. */
  readonly secretDate: string;
  readonly secretService: string;
  readonly secretSigning: string;
  readonly signature: string;
  readonly authorization: string;
}

/** For the browser: the secret stays where it was typed. */
export async function signTc3Steps(
  secretId: string,
  secretKey: string,
  steps: Tc3Steps,
  service: string,
): Promise<Tc3Signed> {
  const secretDate = await hmac(`TC3${secretKey}`, steps.date);
  const secretService = await hmac(secretDate, service);
  const secretSigning = await hmac(secretService, 'tc3_request');
  const signature = toHex(await hmac(secretSigning, steps.stringToSign));
  const credential = `${secretId}/${steps.credentialScope}`;
  return {
    secretDate: toHex(secretDate),
    secretService: toHex(secretService),
    secretSigning: toHex(secretSigning),
    signature,
    authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${steps.signedHeaders}, Signature=${signature}`,
  };
}
