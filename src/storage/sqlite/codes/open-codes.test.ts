import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { testCodeAttempts } from '../../../../test/contract/code-attempts.ts';
import { testCodeBreaker } from '../../../../test/contract/code-breaker.ts';
import { testCodeGuards } from '../../../../test/contract/code-guards.ts';
import { testCodeLists } from '../../../../test/contract/code-lists.ts';
import { testCodeMessages } from '../../../../test/contract/code-messages.ts';
import { testCodeModel } from '../../../../test/contract/code-model.ts';
import { testCodeNotices } from '../../../../test/contract/code-notices.ts';
import { testCodeRepeats } from '../../../../test/contract/code-repeats.ts';
import { testCodeTotal } from '../../../../test/contract/code-total.ts';
import { openCodesFor, openTestCodes } from '../../../../test/support/code-stores.ts';
import { holdSent, LIFETIME_MS, makeCode, RIGHT, T0_MS } from '../../../../test/support/codes.ts';
import { findTraces } from '../../../../test/support/find-traces.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import { Fault } from '../../../domain/fault.ts';
import { openCodesFile } from './schema.ts';

testCodeAttempts('sqlite', openTestCodes);
testCodeGuards('sqlite', openTestCodes);
testCodeBreaker('sqlite', openTestCodes);
testCodeMessages('sqlite', openTestCodes);
testCodeLists('sqlite', openTestCodes);
testCodeModel('sqlite', openTestCodes);
testCodeNotices('sqlite', openTestCodes);
testCodeRepeats('sqlite', openTestCodes);
testCodeTotal('sqlite', openTestCodes);

test('a code waits for no list: lists are read beside what is written', async (t) => {
  const { store } = await openTestCodes(t, { readsMax: 200 });
  for (let at = 0; at < 4000; at += 1000)
    await Promise.all(
      Array.from({ length: 1000 }, (_, more) => store.hold(makeCode({ to: `n${at + more}` }))),
    );
  let listed = 0;
  const lists = Array.from({ length: 200 }, async () => {
    const { total } = await store.list(1, { offset: 0, limit: 100 });
    assert.ok(total >= 4000);
    listed += 1;
  });
  await store.hold(makeCode({ to: 'later' }));
  assert.ok(listed < 200, 'it was kept while lists were read');
  await Promise.all(lists);
  assert.equal((await store.list(1, { offset: 4000, limit: 1 })).verifications.length, 1, 'and is listed');
});

test('beyond so many lists at once none is begun, and after the end none at all', async (t) => {
  const { store } = await openTestCodes(t, { readsMax: 3 });
  const ask = () => store.refusals(1, { offset: 0, limit: 10 });
  const asked = await Promise.allSettled(Array.from({ length: 9 }, ask));
  const unavailable = (error: unknown) => error instanceof Fault && error.code === 'storage_unavailable';
  assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 3);
  assert.ok(asked.every((one) => one.status === 'fulfilled' || unavailable(one.reason)));
  const begun = ask();
  const closing = store.close();
  await assert.rejects(ask(), unavailable);
  assert.equal((await begun).total, 0, 'what was begun is answered');
  await closing;
});

test('the text of a message is erased as soon as it is sent, has failed or has expired, and no code was ever written', async (t) => {
  const directory = makeTemporaryDirectory(t);
  const path = join(directory, 'codes.db');
  const store = await openCodesFor(path);
  const codes = ['sent', 'failed', 'expired', 'waiting'].map((to) =>
    makeCode({ to, expiresMs: T0_MS + (to === 'waiting' ? 2 : 1) * LIFETIME_MS }),
  );
  for (const code of codes) await holdSent(store, code);
  const given = { channel: 'sms', reference: undefined, reason: '', nowMs: T0_MS };
  for (const [at, state] of (['sent', 'failed'] as const).entries())
    await store.deliver({ ...given, id: codes[at]?.id ?? '', state });
  await store.sweep(T0_MS + LIFETIME_MS);
  await store.close();
  const database = openCodesFile(path, { readOnly: true });
  const rows = database.prepare(
    'SELECT delivery_state, sealed_message IS NULL AS gone FROM verifications ORDER BY seq',
  );
  assert.deepEqual(
    rows.all().map(({ delivery_state: state, gone }) => [state, gone]),
    [
      ['sent', 1],
      ['failed', 1],
      ['expired', 1],
      ['queued', 0],
    ],
  );
  database.close();
  assert.deepEqual(findTraces(directory, [`${RIGHT}`]), []);
});
