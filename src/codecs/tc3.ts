// TC3-HMAC-SHA256 (Tencent Cloud API 3.0, "Signature v3"), both directions: taking an Authorization header apart,
// deriving the key of a day, the texts that are signed, and signing as a client.

import { hash } from 'node:crypto';
import { prepareHmacSha256 } from './hmac-sha256.ts';

export const TC3_ALGORITHM = 'TC3-HMAC-SHA256';
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

const AUTHORIZATION_MAX_LENGTH = 2048;
const SCOPE_END = '/tc3_request';
const SIGNED_HEADERS_MAX = 32;
const SIGNATURE_START = ', Signature=';
const SIGNATURE_LENGTH = 64;
/** One client has one of these a day. */
const CLAIMS_KEPT_MAX = 256;
const EMPTY_HASH = hash('sha256', '', 'hex');
const UNSIGNED_HASH = hash('sha256', UNSIGNED_PAYLOAD, 'hex');

export interface Tc3Authorization {
  readonly secretId: string;
  /** As the client wrote it; the key is derived for the day of the timestamp. */
  readonly date: string;
  /** Whatever the client derived its key with: a product, a host name, even one with a slash. */
  readonly service: string;
  /** Lower case, in the client's order. */
  readonly signedHeaders: readonly string[];
  /** 32 bytes. */
  readonly signature: Buffer;
}

export type Tc3Part = 'Credential' | 'SignedHeaders' | 'Signature';

/** The parts of the header, or the name of the part that is not well formed. */
export function parseTc3Authorization(header: string): Tc3Authorization | Tc3Part {
  if (header.length > AUTHORIZATION_MAX_LENGTH || !header.startsWith(`${TC3_ALGORITHM} `))
    return 'Credential';
  let credential = '';
  let signedHeaders = '';
  let signature = '';
  for (const piece of header.slice(TC3_ALGORITHM.length + 1).split(',')) {
    const pair = piece.trim();
    if (pair.startsWith('Credential=')) credential = pair.slice(11);
    else if (pair.startsWith('SignedHeaders=')) signedHeaders = pair.slice(14);
    else if (pair.startsWith('Signature=')) signature = pair.slice(10);
  }
  const scope = parseScope(credential);
  if (scope === undefined) return 'Credential';
  const names = signedHeaders.toLowerCase().split(';');
  // The documentation demands both; without them one signature would fit every host.
  if (names.length > SIGNED_HEADERS_MAX || !names.includes('content-type') || !names.includes('host')) {
    return 'SignedHeaders';
  }
  if (signature.length !== SIGNATURE_LENGTH) return 'Signature';
  const bytes = Buffer.from(signature, 'hex');
  if (bytes.length !== 32) return 'Signature';
  return { ...scope, signedHeaders: names, signature: bytes };
}

/**
 * parseTc3Authorization for a server: all but the signature is the same text in every request of one client and day, so
 * what was parsed of it is kept.
 */
export function createTc3AuthorizationReader(): typeof parseTc3Authorization {
  const claims = new Map<string, Tc3Authorization>();
  return (header) => {
    const claimLength = header.length - SIGNATURE_LENGTH;
    if (claimLength < 0 || header.length > AUTHORIZATION_MAX_LENGTH) return parseTc3Authorization(header);
    const claim = header.slice(0, claimLength);
    const known = claims.get(claim);
    if (known === undefined) {
      const parsed = parseTc3Authorization(header);
      if (typeof parsed === 'string' || !claim.endsWith(SIGNATURE_START)) return parsed;
      if (claims.size >= CLAIMS_KEPT_MAX) claims.clear();
      claims.set(claim, parsed);
      return parsed;
    }
    const signature = Buffer.from(header.slice(claimLength), 'hex');
    const { secretId, date, service, signedHeaders } = known;
    return signature.length === SIGNATURE_LENGTH / 2
      ? { secretId, date, service, signedHeaders, signature }
      : parseTc3Authorization(header);
  };
}

/** SecretId/date/service/tc3_request, where the service may hold slashes. */
function parseScope(credential: string) {
  const idEnd = credential.indexOf('/');
  const dateEnd = idEnd + 11;
  if (idEnd < 1 || credential[dateEnd] !== '/' || !credential.endsWith(SCOPE_END)) return undefined;
  const service = credential.slice(dateEnd + 1, -SCOPE_END.length);
  const date = credential.slice(idEnd + 1, dateEnd);
  if (service === '' || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  return { secretId: credential.slice(0, idEnd), date, service };
}

let dateDay = Number.NaN;
let dateText = '';

/** The UTC date of a Unix time; the last one is kept, as almost every call is of the same day. */
export function tc3Date(timestampSeconds: number): string {
  const day = Math.floor(timestampSeconds / 86_400);
  if (day !== dateDay) {
    dateText = new Date(day * 86_400_000).toISOString().slice(0, 10);
    dateDay = day;
  }
  return dateText;
}

export type Authenticate = (message: string) => Buffer;

/** A function that signs under the key of one secret, day and service. */
export function prepareTc3Key(secretKey: string, date: string, service: string): Authenticate {
  return prepareHmacSha256(deriveTc3Key(secretKey, date, service));
}

function deriveTc3Key(secretKey: string, date: string, service: string): Buffer {
  const secretDate = prepareHmacSha256(Buffer.from(`TC3${secretKey}`))(date);
  const secretService = prepareHmacSha256(secretDate)(service);
  return prepareHmacSha256(secretService)('tc3_request');
}

export function hashPayload(payload: Uint8Array | typeof UNSIGNED_PAYLOAD): string {
  if (payload === UNSIGNED_PAYLOAD) return UNSIGNED_HASH;
  return payload.length === 0 ? EMPTY_HASH : hash('sha256', payload, 'hex');
}

export interface Tc3Start {
  readonly method: string;
  readonly path: string;
  readonly query: string;
}

/** Canonical headers bring their own line ends, hence the blank line before the signed names. */
export function canonicalRequest(
  { method, path, query }: Tc3Start,
  canonicalHeaders: string,
  signedHeaders: string,
  payloadHash: string,
): string {
  return `${method}\n${path}\n${query}\n${canonicalHeaders}\n${signedHeaders}\n${payloadHash}`;
}

export function tc3TextToSign(timestamp: string, date: string, service: string, canonical: string): string {
  return `${TC3_ALGORITHM}\n${timestamp}\n${date}/${service}${SCOPE_END}\n${hash('sha256', canonical, 'hex')}`;
}

export interface Tc3Subject {
  readonly secretId: string;
  readonly secretKey: string;
  readonly method: 'GET' | 'POST';
  /** As in the Host header. */
  readonly host: string;
  readonly path?: string;
  /** Without the question mark, exactly as it goes on the wire; only of a GET. */
  readonly query?: string;
  readonly contentType: string;
  readonly payload: Uint8Array | typeof UNSIGNED_PAYLOAD;
  readonly timestampSeconds: number;
  /** By convention the first label of the real host, e.g. 'faceid'. */
  readonly service: string;
}

/** The value of the Authorization header, signed like the official SDKs do: over content-type and host. */
export function signTc3(subject: Tc3Subject): string {
  const { secretId, secretKey, method, path = '/', query = '', service, timestampSeconds } = subject;
  const date = tc3Date(timestampSeconds);
  const headers = `content-type:${subject.contentType}\nhost:${subject.host}\n`;
  const names = 'content-type;host';
  const payloadHash = hashPayload(subject.payload);
  const canonical = canonicalRequest({ method, path, query }, headers, names, payloadHash);
  const text = tc3TextToSign(String(timestampSeconds), date, service, canonical);
  const signature = prepareTc3Key(secretKey, date, service)(text).toString('hex');
  const credential = `${secretId}/${date}/${service}${SCOPE_END}`;
  return `${TC3_ALGORITHM} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
}
