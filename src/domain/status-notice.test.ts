import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeStatusNotice } from './status-notice.ts';

test('a notice says what happened to a verification, and nothing else that the object knows', () => {
  const verification = {
    ...{ id: 'v', kind: 'phone', purpose: 'login', codeState: 'verified', deliveryState: 'delivered' },
    ...{ channel: 'smpp', reason: '', resent: false, createdMs: 0, expiresMs: 300_000 },
    ...{ maskedTo: '+861*******00', to: '+8613800138000', code: '123456', changedMs: 1 },
  };
  const text = writeStatusNotice({ id: 'n', event: 'verification.verified', createdMs: 1500, verification });
  assert.doesNotMatch(text, /\+861|123456/);
  assert.deepEqual(JSON.parse(text), {
    ...{ id: 'n', event: 'verification.verified', createdAt: '1970-01-01T00:00:01.500Z' },
    verification: {
      ...{ id: 'v', status: 'verified', deliveryStatus: 'delivered', kind: 'phone', purpose: 'login' },
      ...{ channel: 'smpp', reason: '', resent: false },
      ...{ createdAt: '1970-01-01T00:00:00.000Z', expiresAt: '1970-01-01T00:05:00.000Z' },
    },
  });
});
