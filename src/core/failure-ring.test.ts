import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredFailure } from '../domain/diagnosis.ts';
import { createFailureRing } from './failure-ring.ts';

const failure = (keyId: number, timeMs: number, accountId = `account-${keyId}`): StoredFailure => ({
  ...{ id: `${keyId}-${timeMs}`, timeMs, requestId: 'r', accountId, keyId, fault: 'signature_mismatch' },
  ...{ method: 'POST', path: '/', headers: [], queryFields: [], bodyLength: 0, bodySha256: '' },
  ...{ bodyFields: [], diagnosis: null },
});
const idsOf = (failures: readonly StoredFailure[]) => failures.map(({ id }) => id);

test('a key keeps its latest failures only, and fills nobody else’s place', () => {
  const ring = createFailureRing(2, 10);
  ring.note(failure(1, 5));
  for (let timeMs = 10; timeMs < 1000; timeMs += 1) ring.note(failure(2, timeMs));
  assert.deepEqual(idsOf(ring.of(['account-2'])), ['2-999', '2-998']);
  assert.deepEqual(idsOf(ring.of(['account-1'])), ['1-5']);
  assert.deepEqual(ring.of(['account-3']), []);
  assert.deepEqual(idsOf(ring.of(undefined)), ['2-999', '2-998', '1-5']);
});

test('a bounded number of keys is remembered, the one that failed longest ago is forgotten', () => {
  const ring = createFailureRing(2, 3);
  for (const keyId of [1, 2, 3, 1, 4]) ring.note(failure(keyId, keyId));
  assert.deepEqual(
    [1, 2, 3, 4].map((keyId) => ring.of([`account-${keyId}`]).length),
    [2, 0, 1, 1],
  );
});

test('a ring of no size keeps nothing', () => {
  const ring = createFailureRing(0, 3);
  ring.note(failure(1, 1));
  assert.deepEqual(ring.of(['account-1']), []);
});
