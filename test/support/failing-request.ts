// Requests whose client got something wrong, signed by code of their own for the signature doctor to look at.

import { createHash, createHmac } from 'node:crypto';
import type { FailingRequest } from '../../src/domain/diagnosis.ts';
import type { ApiKey } from '../../src/ports/accounts.ts';

export const NOW_MS = 1_795_227_577_000;
export const SECONDS = NOW_MS / 1000;
const DATE = '2026-11-21';
const SECRET_ID = 'AKIDdoctor';
export const SECRET_KEY = 'a secret of the doctor';
export const HOST = '127.0.0.1:8080';
export const BODY = '{"Mobile":"13800138000","Name":"张三"}';
export const KEY = { id: 1, secretId: SECRET_ID, secretKey: SECRET_KEY } as ApiKey;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

export interface Signed {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly type: string;
  readonly body: string;
  readonly timestamp: string;
  readonly date: string;
  readonly service: string;
  readonly key: string;
  readonly blank: string;
  /** Of x-tc-region; undefined where it is not signed. */
  readonly region: string | undefined;
}

/** A request that was signed over `changes` and sent as it should be. */
export function tc3(
  changes: Partial<Signed>,
  sent: Partial<FailingRequest> & { timestamp?: number; region?: string } = {},
): FailingRequest {
  const { timestamp = SECONDS, region: sentRegion = '', ...request } = sent;
  const signed: Signed = {
    ...{ method: 'POST', host: HOST, path: '/', query: '', type: 'application/json', body: BODY },
    ...{ timestamp: String(timestamp), date: DATE, service: 'faceid', key: `TC3${SECRET_KEY}`, blank: '\n' },
    region: undefined,
    ...changes,
  };
  const { method, host, path, query, type, body, date, service, key, blank, region } = signed;
  const extra = region === undefined ? '' : `\nx-tc-region:${region}`;
  const names = `content-type;host${region === undefined ? '' : ';x-tc-region'}`;
  const canonical = `${method}\n${path}\n${query}\ncontent-type:${type}\nhost:${host}${extra}${blank}\n${names}\n${sha256(body)}`;
  const text = `TC3-HMAC-SHA256\n${signed.timestamp}\n${date}/${service}/tc3_request\n${sha256(canonical)}`;
  const signature = hmac(hmac(hmac(hmac(key, date), service), 'tc3_request'), text).toString('hex');
  const scope = `${SECRET_ID}/${changes.date ?? DATE}/faceid/tc3_request`;
  return {
    ...{ method: 'POST', url: '/', body: BODY },
    headers: [
      ['Host', HOST],
      ['Content-Type', 'application/json'],
      ['X-TC-Action', 'MobileStatus'],
      ['X-TC-Version', '2018-03-01'],
      ['X-TC-Timestamp', String(timestamp)],
      ['X-TC-Region', sentRegion],
      [
        'Authorization',
        `TC3-HMAC-SHA256 Credential=${scope}, SignedHeaders=${names}, Signature=${signature}`,
      ],
    ],
    ...request,
  };
}

export interface V1 {
  readonly host?: string;
  readonly path?: string;
  readonly hash?: 'sha1' | 'sha256';
  readonly encode?: (text: string) => string;
  readonly without?: readonly string[];
  readonly unsent?: readonly string[];
  readonly order?: (names: string[]) => string[];
  readonly encodeSignature?: boolean;
}

/** The same with the older method. */
export function v1(changes: V1): FailingRequest {
  const {
    host = HOST,
    path = '/',
    hash = 'sha256',
    encode = (text) => text,
    without = [],
    unsent = [],
    encodeSignature = true,
  } = changes;
  const parameters: Record<string, string> = {
    ...{ Version: '2018-03-01', Timestamp: String(SECONDS), SecretId: SECRET_ID, Region: '' },
    ...{ Nonce: '7377933587044990727', Mobile: '13800138000', Action: 'MobileStatus' },
    ...{ SignatureMethod: 'HmacSHA256', Name: '张 三+', aPlain: '1', 'L.2': 'b', 'L.10': 'a' },
  };
  const { order = (names: string[]) => names.sort() } = changes;
  const names = order(Object.keys(parameters)).filter((name) => !without.includes(name));
  const source = names.map((name) => `${name}=${encode(parameters[name] ?? '')}`).join('&');
  // The nonce is chosen so that the signature has a plus sign, which a client may forget to encode.
  const signature = createHmac(hash, SECRET_KEY).update(`POST${host}${path}?${source}`).digest('base64');
  const pairs = Object.entries(parameters)
    .filter(([name]) => !unsent.includes(name))
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const sent = encodeSignature ? encodeURIComponent(signature) : signature.replaceAll('=', '%3D');
  return {
    method: 'POST',
    url: '/',
    headers: [
      ['Host', HOST],
      ['Content-Type', 'application/x-www-form-urlencoded'],
    ],
    body: `${pairs.join('&')}&Signature=${sent}`,
  };
}
