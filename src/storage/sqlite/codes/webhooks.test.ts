import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { systemRandom } from '../../../runtime/system-random.ts';
import { disableWebhook, findWebhook, removeWebhook, setWebhook, WEBHOOKS_SQL } from './webhooks.ts';

const SEALING = { key: Buffer.alloc(32, 1), random: systemRandom };
const URL_1 = 'https://hook.example/token-1';

function open(t: TestContext): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(WEBHOOKS_SQL);
  t.after(() => database.close());
  return database;
}

function set(database: DatabaseSync, url: string, newSecret = false): string | undefined {
  return setWebhook(database, SEALING, { accountId: 1, url, nowMs: 0, newSecret });
}

test('the secret is shown once, stays with a new URL, and changes when asked for', (t) => {
  const database = open(t);
  assert.equal(findWebhook(database, SEALING, 1), undefined);
  const secret = set(database, URL_1);
  assert.match(secret ?? '', /^[\w-]{43}$/);
  assert.deepEqual(findWebhook(database, SEALING, 1), { url: URL_1, secret, isDisabled: false });
  assert.equal(set(database, 'https://hook.example/2'), undefined);
  assert.equal(findWebhook(database, SEALING, 1)?.secret, secret);
  const next = set(database, URL_1, true);
  assert.notEqual(next, secret);
  assert.equal(findWebhook(database, SEALING, 1)?.secret, next);
  assert.equal(findWebhook(database, SEALING, 2), undefined);
});

test('only the URL that said so is disabled, and setting one enables it', (t) => {
  const database = open(t);
  set(database, URL_1);
  disableWebhook(database, SEALING, 1, 'https://hook.example/other');
  assert.equal(findWebhook(database, SEALING, 1)?.isDisabled, false);
  disableWebhook(database, SEALING, 1, URL_1);
  assert.equal(findWebhook(database, SEALING, 1)?.isDisabled, true);
  set(database, URL_1);
  assert.equal(findWebhook(database, SEALING, 1)?.isDisabled, false);
  assert.deepEqual([removeWebhook(database, 1), removeWebhook(database, 1)], [true, false]);
});

test('neither URL nor secret is in the file, and a box of another account does not open', (t) => {
  const database = open(t);
  const secret = set(database, URL_1) ?? '';
  const stored = Buffer.from(
    database.prepare('SELECT sealed_receiver FROM webhooks').get()?.sealed_receiver as Uint8Array,
  );
  for (const text of ['token-1', 'hook.example', secret]) assert.equal(stored.includes(text), false);
  database.exec('UPDATE webhooks SET account = 2');
  assert.throws(() => findWebhook(database, SEALING, 2), /does not open/);
});
