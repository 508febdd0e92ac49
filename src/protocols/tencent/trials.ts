// Would the signature that was sent be one over these texts? What the doctor tries its habits with.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalRequest, hashPayload, type Tc3Authorization, tc3TextToSign } from '../../codecs/tc3.ts';
import { v1Signature } from '../../codecs/tencent-v1.ts';
import type { Tc3Texts } from './habits-tc3.ts';
import type { V1Texts } from './habits-v1.ts';
import { findHeader } from './request.ts';

export function createTc3Trial(authorization: Tc3Authorization, rawHeaders: readonly string[]) {
  const hashes = new Map<string, string>();
  const keys = new Map<string, Buffer>();

  function keyOf({ prefix, secretKey, date, service }: Tc3Texts): Buffer {
    const name = JSON.stringify([prefix, secretKey, date, service]);
    const known = keys.get(name);
    if (known !== undefined) return known;
    const key = [date, service, 'tc3_request'].reduce<Buffer>(
      (from, text) => createHmac('sha256', from).update(text).digest(),
      Buffer.from(`${prefix}${secretKey}`),
    );
    keys.set(name, key);
    return key;
  }

  return (texts: Tc3Texts): boolean => {
    let payloadHash = hashes.get(texts.payload);
    if (payloadHash === undefined) {
      payloadHash = hashPayload(Buffer.from(texts.payload));
      hashes.set(texts.payload, payloadHash);
    }
    const names = authorization.signedHeaders;
    const value = (name: string) => {
      if (name === 'host') return texts.host;
      if (name === 'content-type') return texts.contentType;
      if (name === 'x-tc-region' && texts.region !== undefined) return texts.region;
      const sent = (findHeader(rawHeaders, name) ?? '').trim();
      return texts.isLowered ? sent.toLowerCase() : sent;
    };
    const headers = names.map((name) => `${name}:${value(name)}\n`).join('');
    const { method, path, query, timestamp, date, service } = texts;
    const blank = texts.blankLine === '' ? headers.slice(0, -1) : headers;
    const signed = canonicalRequest({ method, path, query }, blank, names.join(';'), payloadHash);
    const expected = createHmac('sha256', keyOf(texts))
      .update(tc3TextToSign(timestamp, date, service, signed))
      .digest();
    return timingSafeEqual(expected, authorization.signature);
  };
}

export function fitsV1(
  { method, host, path, parameters, algorithm, secretKey }: V1Texts,
  signature: Buffer,
): boolean {
  const text = parameters.map(([name, value]) => `${name}=${value}`).join('&');
  const expected = v1Signature(secretKey, algorithm, { method, host, path }, text);
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}
