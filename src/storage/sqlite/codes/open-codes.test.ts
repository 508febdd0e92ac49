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
import { testCodeTotal } from '../../../../test/contract/code-total.ts';
import { openCodesFor, openTestCodes } from '../../../../test/support/code-stores.ts';
import { holdSent, LIFETIME_MS, makeCode, RIGHT, T0_MS } from '../../../../test/support/codes.ts';
import { findTraces } from '../../../../test/support/find-traces.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import { openCodesFile } from './schema.ts';

testCodeAttempts('sqlite', openTestCodes);
testCodeGuards('sqlite', openTestCodes);
testCodeBreaker('sqlite', openTestCodes);
testCodeMessages('sqlite', openTestCodes);
testCodeLists('sqlite', openTestCodes);
testCodeModel('sqlite', openTestCodes);
testCodeNotices('sqlite', openTestCodes);
testCodeTotal('sqlite', openTestCodes);

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
