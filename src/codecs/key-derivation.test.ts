import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { deriveKey, KEY_PURPOSES } from './key-derivation.ts';

const MASTER = Buffer.alloc(32, 7);

test('each purpose and each master has a key of its own, the same every time', () => {
  const keys = KEY_PURPOSES.map((purpose) => deriveKey(MASTER, purpose).toString('hex'));
  const others = KEY_PURPOSES.map((purpose) => deriveKey(Buffer.alloc(32, 8), purpose).toString('hex'));
  assert.equal(new Set([...keys, ...others]).size, 2 * KEY_PURPOSES.length);
  assert.deepEqual(
    KEY_PURPOSES.map((purpose) => deriveKey(MASTER, purpose).toString('hex')),
    keys,
  );
});

test('a derived key is HKDF-SHA256 with the stored label, so that files outlive the program', () => {
  const extracted = createHmac('sha256', Buffer.alloc(32)).update(MASTER).digest();
  const expected = createHmac('sha256', extracted).update('lineproof/1/kms\u0001').digest('hex');
  assert.equal(deriveKey(MASTER, 'kms').toString('hex'), expected);
});

test('a short master key is refused', () => {
  assert.throws(() => deriveKey(Buffer.alloc(31), 'kms'), RangeError);
});
