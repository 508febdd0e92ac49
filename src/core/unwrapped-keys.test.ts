import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createUnwrappedKeys } from './unwrapped-keys.ts';

function open(max = 3, keptMs = 1000) {
  const keys = createUnwrappedKeys({ max, keptMs, hashKey: Buffer.alloc(32, 1) });
  let unwrapped = 0;
  return {
    /** Answers whether it had to be unwrapped. */
    asks(account: number, algorithm: string, wrapped: string, nowMs: number): boolean {
      const before = unwrapped;
      const key = keys.get(account, algorithm, wrapped, nowMs, () => {
        unwrapped += 1;
        return Buffer.from(`${account} ${algorithm} ${wrapped}`);
      });
      assert.equal(key.toString(), `${account} ${algorithm} ${wrapped}`);
      return unwrapped > before;
    },
  };
}

test('a wrapped key is unwrapped once in its time, and that time does not grow with use', () => {
  const { asks } = open();
  assert.deepEqual(
    [0, 500, 999, 1000, 1999, 2000].map((nowMs) => asks(1, 'SM4-GCM', 'a', nowMs)),
    [true, false, false, true, false, true],
  );
});

test('accounts, algorithms and wrapped keys share nothing', () => {
  const { asks } = open(10);
  assert.equal(asks(1, 'SM4-GCM', 'a', 0), true);
  assert.equal(asks(2, 'SM4-GCM', 'a', 0), true);
  assert.equal(asks(1, 'AES-256-CBC', 'a', 0), true);
  assert.equal(asks(1, 'SM4-GCM', 'b', 0), true);
  assert.equal(asks(1, 'SM4-GCM', 'a', 0), false);
});

test('no more are held than allowed, the oldest goes first', () => {
  const { asks } = open(3);
  for (const wrapped of ['a', 'b', 'c', 'd']) asks(1, 'SM4-GCM', wrapped, 0);
  assert.deepEqual(
    ['b', 'c', 'd', 'a'].map((wrapped) => asks(1, 'SM4-GCM', wrapped, 1)),
    [false, false, false, true],
  );
});

test('a clock set back keeps nothing longer, and a time of 0 keeps nothing', () => {
  const { asks } = open();
  asks(1, 'SM4-GCM', 'a', 10_000);
  assert.equal(asks(1, 'SM4-GCM', 'a', 9000), true);
  const off = open(3, 0);
  assert.deepEqual([off.asks(1, 'SM4-GCM', 'a', 0), off.asks(1, 'SM4-GCM', 'a', 0)], [true, true]);
});
