import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import {
  addNotice,
  dropExpiredNotices,
  dropNoticesOf,
  dueNotices,
  NOTICES_SQL,
  noticeDone,
  retryNoticeLater,
} from './notices.ts';

function open(t: TestContext): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(NOTICES_SQL);
  t.after(() => database.close());
  return database;
}

function add(database: DatabaseSync, accountId: number, body: string, nextMs = 0, max = 1000): boolean {
  const notice = { id: `id-${body}`, accountId, body, nextMs, expiresMs: 1000 };
  return addNotice(database, notice, max);
}

const ALL = { limit: 100, perAccount: 100, except: [] };
const bodies = (database: DatabaseSync, nowMs: number, wanted = ALL) =>
  dueNotices(database, nowMs, wanted).map(({ body }) => body);

test('a notice comes back as it was given, when its time has come, until it is done', (t) => {
  const database = open(t);
  assert.deepEqual(dueNotices(database, 100, ALL), []);
  add(database, 7, 'a', 50);
  assert.deepEqual(dueNotices(database, 49, ALL), []);
  const [notice] = dueNotices(database, 50, ALL);
  assert.deepEqual(notice, {
    ...{ seq: 1, id: 'id-a', accountId: 7, body: 'a', attempts: 0, nextMs: 50, expiresMs: 1000 },
  });
  retryNoticeLater(database, 1, 80);
  assert.deepEqual(dueNotices(database, 79, ALL), []);
  assert.equal(dueNotices(database, 80, ALL)[0]?.attempts, 1);
  noticeDone(database, 1);
  assert.deepEqual(dueNotices(database, 1000, ALL), []);
});

test('the least tried come first, then the oldest', (t) => {
  const database = open(t);
  for (const body of ['a', 'b', 'c']) add(database, 1, body);
  retryNoticeLater(database, 1, 10);
  assert.deepEqual(bodies(database, 10), ['b', 'c', 'a']);
});

test('an account with many notices leaves room for the others, and held accounts are left out', (t) => {
  const database = open(t);
  for (let count = 0; count < 50; count += 1) add(database, 1, `one-${count}`);
  for (const accountId of [2, 3, 9_007_199_254]) add(database, accountId, String(accountId));
  const wanted = { limit: 5, perAccount: 2, except: [] };
  assert.deepEqual(bodies(database, 10, wanted), ['one-0', 'one-1', '2', '3', '9007199254']);
  assert.deepEqual(bodies(database, 10, { ...wanted, except: [1, 3] } as never), ['2', '9007199254']);
});

test('a full queue takes no more of that account, and goes on when there is room', (t) => {
  const database = open(t);
  assert.deepEqual(
    [add(database, 1, 'a', 0, 2), add(database, 1, 'b', 0, 2), add(database, 1, 'c', 0, 2)],
    [...[true, true, false]],
  );
  assert.equal(add(database, 2, 'd', 0, 2), true);
  noticeDone(database, 1);
  assert.equal(add(database, 1, 'c', 0, 2), true);
  assert.deepEqual(bodies(database, 0), ['b', 'd', 'c']);
});

test('no number is used twice: settling one late settles no other', (t) => {
  const database = open(t);
  add(database, 1, 'a');
  noticeDone(database, 1);
  add(database, 1, 'b');
  noticeDone(database, 1);
  assert.deepEqual(bodies(database, 0), ['b']);
});

test('what is too old goes, and so does what belongs to a removed webhook', (t) => {
  const database = open(t);
  add(database, 1, 'a');
  add(database, 2, 'b');
  assert.equal(dropNoticesOf(database, 1), 1);
  assert.equal(dropExpiredNotices(database, 999), 0);
  assert.equal(dropExpiredNotices(database, 1000), 1);
});
