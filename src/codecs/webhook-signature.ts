// How a webhook shows who sent it and when: HMAC-SHA256 over "timestamp.body", the timestamp in Unix seconds, in two headers.
// A receiver that refuses old timestamps cannot be sent a recorded call again.

import { timingSafeEqual } from 'node:crypto';
import { prepareHmacSha256 } from './hmac-sha256.ts';

export const WEBHOOK_TIMESTAMP_HEADER = 'x-lineproof-timestamp';
export const WEBHOOK_SIGNATURE_HEADER = 'x-lineproof-signature';
/** Names the message or event: the same when it is sent again. */
export const WEBHOOK_ID_HEADER = 'x-lineproof-id';

const SCHEME = 'v1=';
const SIGNATURE = /^[0-9a-f]{64}$/;
const TIMESTAMP = /^[1-9]\d{0,11}$/;
/** A sender that changes its secret signs with both for a while. */
const SIGNATURES_MAX = 4;

export interface SignedHeaders {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

export type WebhookSigner = (body: string, nowMs: number) => Readonly<Record<string, string>>;

/** A function that gives the two headers for one body. */
export function createWebhookSigner(secret: string): WebhookSigner {
  const hmac = prepareHmacSha256(Buffer.from(secret, 'utf8'));
  return (body, nowMs) => {
    const timestamp = String(Math.floor(nowMs / 1000));
    return {
      [WEBHOOK_TIMESTAMP_HEADER]: timestamp,
      [WEBHOOK_SIGNATURE_HEADER]: SCHEME + hmac(`${timestamp}.${body}`).toString('hex'),
    };
  };
}

/** A function that says whether a body was signed under the secret, no longer ago or ahead than the tolerance. */
export function createWebhookVerifier(
  secret: string,
  toleranceMs: number,
): (headers: SignedHeaders, body: Uint8Array, nowMs: number) => boolean {
  const hmac = prepareHmacSha256(Buffer.from(secret, 'utf8'));
  return ({ timestamp = '', signature = '' }, body, nowMs) => {
    if (!TIMESTAMP.test(timestamp) || Math.abs(Number(timestamp) * 1000 - nowMs) > toleranceMs) return false;
    const given = signature.split(',', SIGNATURES_MAX + 1).map((part) => part.trim());
    if (given.length > SIGNATURES_MAX) return false;
    const expected = hmac(Buffer.concat([Buffer.from(`${timestamp}.`), body]));
    return given.some((part) => {
      const hex = part.startsWith(SCHEME) ? part.slice(SCHEME.length) : '';
      return SIGNATURE.test(hex) && timingSafeEqual(Buffer.from(hex, 'hex'), expected);
    });
  };
}
