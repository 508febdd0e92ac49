import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { administrate, makeAccountsFile, SHOP } from '../../../../test/support/accounts.ts';
import { ACCOUNTS_MIGRATIONS } from './schema.ts';

test('a file of the first schema version is brought up to date and works', (t) => {
  const path = makeAccountsFile(t);
  const [first] = ACCOUNTS_MIGRATIONS;
  const old = new DatabaseSync(path);
  old.exec(`${first?.sql}; PRAGMA user_version = 1`);
  old.exec(
    `INSERT INTO accounts VALUES (1, '100000000001', 'Old', 'active', 0, NULL, NULL, 1, 0);
     INSERT INTO account_services VALUES (1, 'line-status')`,
  );
  old.close();
  const office = administrate(t, path);
  assert.equal(office.account('100000000001').name, 'Old');
  assert.equal(office.account('100000000001').caps, undefined);
  assert.equal(office.createAccount(SHOP).account.accountId, '100000000002');
});

test('keys and services of the second schema version get their ids and keep what they are', (t) => {
  const path = makeAccountsFile(t);
  const old = new DatabaseSync(path);
  for (const { sql } of ACCOUNTS_MIGRATIONS.slice(0, 2)) old.exec(sql);
  old.exec(
    `PRAGMA user_version = 2;
     INSERT INTO accounts (id, account_id, name, state, sandbox, kms_grant, created_ms)
       VALUES (1, '100000000001', 'Old', 'active', 0, 1, 77);
     INSERT INTO account_services VALUES (1, 'line-status'), (1, 'line-tenure');
     INSERT INTO api_keys VALUES (1, 1, 'first', x'01', x'0a', 'enabled', 5), (2, 1, 'second', x'02', x'0b', 'disabled', 6)`,
  );
  old.close();
  const office = administrate(t, path);
  assert.deepEqual([...office.account('100000000001').services], ['line-status', 'line-tenure']);
  const keys = office.keys();
  assert.deepEqual(
    keys.map(({ secretId, state, name, restriction, tokenEnding }) => [
      ...[secretId, state, name, restriction, tokenEnding],
    ]),
    [
      ['first', 'enabled', '', undefined, undefined],
      ['second', 'disabled', '', undefined, undefined],
    ],
  );
  const file = new DatabaseSync(path, { readOnly: true });
  t.after(() => file.close());
  const services = file.prepare('SELECT application_id, acquired_ms FROM account_services').all();
  const ids = [
    ...keys.map(({ credentialId }) => credentialId),
    ...services.map((row) => String(row.application_id)),
  ];
  for (const id of ids)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(ids).size, 4);
  assert.deepEqual(
    services.map(({ acquired_ms: acquiredMs }) => acquiredMs),
    [77, 77],
  );
});
