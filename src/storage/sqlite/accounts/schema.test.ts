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
