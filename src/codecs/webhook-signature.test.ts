import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  createWebhookSigner,
  createWebhookVerifier,
  WEBHOOK_SIGNATURE_HEADER,
  WEBHOOK_TIMESTAMP_HEADER,
} from './webhook-signature.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 4);
const sign = createWebhookSigner('secret');
const verify = createWebhookVerifier('secret', 300_000);

function headersOf(body: string, nowMs = NOW_MS) {
  const headers = sign(body, nowMs);
  return { timestamp: headers[WEBHOOK_TIMESTAMP_HEADER], signature: headers[WEBHOOK_SIGNATURE_HEADER] };
}

test('the signature is what anybody computes with an HMAC', () => {
  const expected = createHmac('sha256', 'secret')
    .update(`${NOW_MS / 1000}.{"a":"验"}`)
    .digest('hex');
  assert.deepEqual(sign('{"a":"验"}', NOW_MS + 999), {
    'x-lineproof-timestamp': String(NOW_MS / 1000),
    'x-lineproof-signature': `v1=${expected}`,
  });
});

test('what was signed verifies within the tolerance and at no other time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: -400, max: 400 }), (body, offsetS) => {
      const isFresh = Math.abs(offsetS) <= 300;
      assert.equal(verify(headersOf(body), Buffer.from(body), NOW_MS + offsetS * 1000), isFresh);
    }),
  );
});

test('another body, timestamp, secret or signature does not verify', () => {
  const { timestamp, signature } = headersOf('body');
  const body = Buffer.from('body');
  assert.equal(verify({ timestamp, signature }, Buffer.from('bodY'), NOW_MS), false);
  assert.equal(verify({ timestamp: String(NOW_MS / 1000 + 1), signature }, body, NOW_MS), false);
  assert.equal(createWebhookVerifier('other', 300_000)({ timestamp, signature }, body, NOW_MS), false);
  for (const bad of [
    ...[
      undefined,
      '',
      'v1=',
      'v1',
      signature?.slice(3),
      signature?.slice(0, -1),
      `${signature}0`,
      `v0=${signature?.slice(3)}`,
    ],
    ...[`v1=${'0'.repeat(64)}`, `v1=${'é'.repeat(64)}`, signature?.toUpperCase()],
  ])
    assert.equal(verify({ timestamp, signature: bad }, body, NOW_MS), false, String(bad));
  for (const bad of [
    undefined,
    '',
    '0',
    '-1',
    '1e9',
    ` ${timestamp}`,
    `${timestamp}.0`,
    `0${timestamp}`,
    '9'.repeat(400),
  ])
    assert.equal(verify({ timestamp: bad, signature }, body, NOW_MS), false, String(bad));
});

test('one good signature among a few is enough, and a long list is not read', () => {
  const { timestamp, signature } = headersOf('body');
  const other = `v1=${'0'.repeat(64)}`;
  const check = (list: readonly (string | undefined)[]) =>
    verify({ timestamp, signature: list.join(', ') }, Buffer.from('body'), NOW_MS);
  assert.equal(check([other, signature]), true);
  assert.equal(check([other, other, other, signature]), true);
  assert.equal(check([signature, other, other, other, other]), false);
});
