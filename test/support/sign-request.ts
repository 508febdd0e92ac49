// A client's signatures, written a second time from the vendor's documentation, so that tests and bench do not judge
// the server by its own code: TC3-HMAC-SHA256 over JSON, HmacSHA1 and HmacSHA256 over forms and queries.

import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly secretId: string;
  readonly secretKey: string;
}

export interface WireRequest {
  readonly method: 'GET' | 'POST';
  /** Path with query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Tc3Subject {
  readonly method?: 'GET' | 'POST';
  readonly host: string;
  readonly action: string;
  readonly version?: string;
  /** Without the question mark, as it will stand on the wire. */
  readonly query?: string;
  readonly contentType?: string;
  readonly payload: string | Buffer;
  /** Signs the literal UNSIGNED-PAYLOAD in place of the payload. */
  readonly unsignedPayload?: boolean;
  readonly timestampSeconds: number;
  readonly service?: string;
}

const FACEID = '2018-03-01';

export function signTc3({ secretId, secretKey }: Credentials, subject: Tc3Subject): WireRequest {
  const { method = 'POST', host, action, version = FACEID, query = '', timestampSeconds } = subject;
  const { service = 'faceid', payload, contentType = 'application/json' } = subject;
  const date = new Date(timestampSeconds * 1000).toISOString().slice(0, 10);
  const hashed = subject.unsignedPayload === true ? 'UNSIGNED-PAYLOAD' : payload;
  const signed = `content-type:${contentType}\nhost:${host}\n\ncontent-type;host`;
  const canonical = `${method}\n/\n${query}\n${signed}\n${sha256(hashed)}`;
  const scope = `${date}/${service}/tc3_request`;
  const text = `TC3-HMAC-SHA256\n${timestampSeconds}\n${scope}\n${sha256(canonical)}`;
  const signingKey = hmac(hmac(hmac(`TC3${secretKey}`, date), service), 'tc3_request');
  const signature = hmac(signingKey, text).toString('hex');
  return {
    method,
    target: query === '' ? '/' : `/?${query}`,
    headers: {
      Host: host,
      'Content-Type': contentType,
      'X-TC-Action': action,
      'X-TC-Version': version,
      'X-TC-Timestamp': String(timestampSeconds),
      ...(subject.unsignedPayload === true && { 'X-TC-Content-SHA256': 'UNSIGNED-PAYLOAD' }),
      Authorization: `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
    },
    body: Buffer.from(payload),
  };
}

export interface V1Subject {
  readonly method: 'GET' | 'POST';
  readonly host: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly algorithm: 'HmacSHA1' | 'HmacSHA256';
}

/** `parameters` hold the common ones too (Action, Version, Timestamp, Nonce, ...), without SecretId and Signature. */
export function signV1({ secretId, secretKey }: Credentials, subject: V1Subject): WireRequest {
  const { method, host, algorithm } = subject;
  const all: Record<string, string> = {
    ...subject.parameters,
    SecretId: secretId,
    SignatureMethod: algorithm,
  };
  const source = Object.keys(all)
    .sort()
    .map((key) => `${key}=${all[key]}`)
    .join('&');
  const signature = createHmac(algorithm === 'HmacSHA1' ? 'sha1' : 'sha256', secretKey)
    .update(`${method}${host}/?${source}`)
    .digest('base64');
  const form = Object.entries({ ...all, Signature: signature })
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join('&');
  const headers = { Host: host, 'Content-Type': 'application/x-www-form-urlencoded' };
  return method === 'GET'
    ? { method, target: `/?${form}`, headers: { Host: host }, body: Buffer.alloc(0) }
    : { method, target: '/', headers, body: Buffer.from(form) };
}

/** The bytes on the wire, keep-alive by HTTP/1.1's default. */
export function toBytes({ method, target, headers, body }: WireRequest): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = method === 'POST' ? `Content-Length: ${body.length}\r\n` : '';
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}${length}\r\n`), body]);
}

function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
