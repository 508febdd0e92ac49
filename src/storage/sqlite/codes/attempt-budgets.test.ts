import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { hashOf, LIFETIME_MS, RULES, T0_MS } from '../../../../test/support/codes.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import { openDatabase } from '../open-database.ts';
import { createAttemptBudgets } from './attempt-budgets.ts';
import { createMarks } from './marks.ts';
import { CODES_MIGRATIONS, openCodesFile } from './schema.ts';

const RESEND_MS = 1000;
const rules = { ...RULES, resendBaseMs: RESEND_MS, resendMaxMs: 8 * RESEND_MS };
const [contact, mailbox] = [hashOf('contact ann'), hashOf('mailbox ann')];
const subject = { account: 1, mailbox, purpose: 'login', nowMs: T0_MS };

test('what the first schema knew of sends, wrong codes and the last code is known after its migration', (t) => {
  const path = join(makeTemporaryDirectory(t), 'codes.db');
  const old = openDatabase(path, { migrations: CODES_MIGRATIONS.slice(0, 1) });
  const before = { seq: 6, expiresMs: T0_MS + 1, sends: 1, sentMs: T0_MS - 5000 };
  const last = { seq: 7, expiresMs: T0_MS + LIFETIME_MS, before };
  const current = { [Buffer.from(contact).toString('hex')]: last };
  const value = JSON.stringify({ wrongMs: [T0_MS - 9, T0_MS - 8], sends: 2, sentMs: T0_MS, current });
  const insert = old.prepare('INSERT INTO marks VALUES (?, ?, ?, ?, ?)');
  insert.run(1, mailbox, 'budget:login', value, T0_MS + LIFETIME_MS);
  insert.run(1, mailbox, 'window:recipient', '{"startedMs":1,"sends":1}', T0_MS + LIFETIME_MS);
  old.close();

  const database = openCodesFile(path);
  t.after(() => database.close());
  const marks = createMarks(database);
  const budgets = createAttemptBudgets(marks, { ...rules, attemptsMax: 3 });
  assert.equal(budgets.currentOf(subject, contact), 7);
  assert.deepEqual(budgets.judgeSend(subject), { guard: 'delay', retryAfterMs: 2 * RESEND_MS });
  assert.equal(budgets.countWrong(subject), true, 'the third wrong one is the last');
  assert.deepEqual(marks.find(1, mailbox, 'window:recipient'), { startedMs: 1, sends: 1 });
});

test('however often a code is sent, its budget stays small and the waits go on growing', (t) => {
  const database = openCodesFile(join(makeTemporaryDirectory(t), 'codes.db'));
  t.after(() => database.close());
  const marks = createMarks(database);
  const budgets = createAttemptBudgets(marks, { ...rules, resendMaxMs: RULES.attemptWindowMs });
  let nextMs = T0_MS;
  for (let seq = 1; seq <= 50; seq += 1)
    nextMs = budgets.countSend(
      { ...subject, nowMs: T0_MS + seq },
      { contact, seq, expiresMs: T0_MS + LIFETIME_MS },
    );
  assert.equal(nextMs, T0_MS + 50 + RULES.attemptWindowMs);
  assert.equal(budgets.currentOf(subject, contact), 50);
  assert.ok(JSON.stringify(marks.find(1, mailbox, 'budget:login')).length < 2000);
});
