import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { administrate, makeAccountsFile, SHOP } from '../../../../test/support/accounts.ts';
import { NO_CAPS } from '../../../domain/usage-cap.ts';

test('a secret or a token rests on disk in no readable form, not even in the write-ahead log', (t) => {
  const path = makeAccountsFile(t);
  const office = administrate(t, path);
  const { account, key } = office.createAccount(SHOP);
  const rotated = office.rotateKey(key.secretId);
  const brought = office.createKey(account.accountId, { secretId: 'old-id', secretKey: 'old-secret-key' });
  const files = readdirSync(dirname(path)).map((name) => readFileSync(join(dirname(path), name)));
  const written = Buffer.concat(files);
  assert.ok(written.includes(rotated.secretId), 'the files hold the ids');
  for (const { secretKey, token } of [key, rotated, brought]) {
    for (const secret of [secretKey, token, token.slice(3)]) {
      for (const form of [
        secret,
        Buffer.from(secret).toString('hex'),
        Buffer.from(secret).toString('base64'),
      ]) {
        assert.ok(!written.includes(form), 'a secret is readable on disk');
      }
    }
  }
});

test('issued keys have the form that clients of cloud APIs know, and no two are alike', (t) => {
  const office = administrate(t, makeAccountsFile(t));
  const { account } = office.createAccount(SHOP);
  const keys = Array.from({ length: 50 }, () => office.createKey(account.accountId));
  for (const { secretId, secretKey, token } of keys) {
    assert.match(secretId, /^AKID[A-Za-z0-9]{32}$/);
    assert.match(secretKey, /^[A-Za-z0-9]{32}$/);
    assert.match(token, /^lp_[\w-]{43}$/);
  }
  assert.equal(new Set(keys.flatMap(Object.values)).size, 150);
});

test('an account and its first key come both or neither', (t) => {
  const office = administrate(t, makeAccountsFile(t));
  const brought = { secretId: 'shared-id', secretKey: 'secret-of-it' };
  office.createAccount(SHOP, brought);
  assert.throws(() => office.createAccount({ ...SHOP, name: 'Other' }, brought), /exists already/);
  assert.deepEqual(
    office.accounts().map(({ name }) => name),
    ['Shop'],
  );
});

test('a brought key that no client could have is refused', (t) => {
  const office = administrate(t, makeAccountsFile(t));
  const { account } = office.createAccount(SHOP);
  for (const secretId of ['abc', 'with space', 'a/b/c/d', 'x'.repeat(129)]) {
    const brought = { secretId, secretKey: 'long-enough' };
    assert.throws(() => office.createKey(account.accountId, brought), /secret id/);
  }
  for (const secretKey of ['short', 'has a space in it', '密钥密钥密钥密钥', 'x'.repeat(129)]) {
    const brought = { secretId: 'good-id', secretKey };
    assert.throws(() => office.createKey(account.accountId, brought), /secret key/);
  }
});

test('a revoked key stays revoked', (t) => {
  const office = administrate(t, makeAccountsFile(t));
  const { key } = office.createAccount(SHOP);
  office.setKeyState(key.secretId, 'revoked');
  assert.throws(() => office.setKeyState(key.secretId, 'enabled'), /revoked/);
  assert.throws(() => office.rotateKey(key.secretId), /revoked/);
});

test('rotation gives the same key another secret: what it is restricted to stays, the old id stays revoked', (t) => {
  const office = administrate(t, makeAccountsFile(t));
  const { account } = office.createAccount(SHOP);
  const restriction = {
    service: 'line-status',
    actions: new Set(['line-status']),
    expiresAtMs: 9_999_999_999_999,
    callsMax: 5,
    caps: { ...NO_CAPS, callsPerDay: 3 },
  } as const;
  const { secretId } = office.createKey(account.accountId, undefined, { name: 'till', restriction });
  const before = office.keys(account.accountId).find((key) => key.secretId === secretId);
  const issued = office.rotateKey(secretId);
  const keys = office.keys(account.accountId);
  const after = keys.find((key) => key.secretId === issued.secretId);
  const renewed = { secretId: issued.secretId, tokenEnding: issued.token.slice(-4) };
  assert.deepEqual(after, { ...before, ...renewed });
  assert.deepEqual(after?.restriction, restriction);
  assert.equal(keys.find((key) => key.secretId === secretId)?.state, 'revoked');
});

test('limits of a key change one by one, are audited, and no key has ones that make no sense', (t) => {
  const office = administrate(t, makeAccountsFile(t));
  const { key } = office.createAccount(SHOP);
  office.changeKey(key.secretId, { callsMax: 7, caps: { minorPerMonth: 100 } });
  office.changeKey(key.secretId, { caps: { callsPerDay: 2 }, actions: ['line-status'], name: 'till' });
  const changed = office.changeKey(key.secretId, { callsMax: null });
  assert.deepEqual(changed.restriction, {
    service: undefined,
    actions: new Set(['line-status']),
    expiresAtMs: undefined,
    callsMax: undefined,
    caps: { ...NO_CAPS, callsPerDay: 2, minorPerMonth: 100 },
  });
  const [act] = office.auditLog(1);
  const caps = { callsPerDay: 2, callsPerMonth: null, minorPerDay: null, minorPerMonth: 100 };
  const settings = { name: 'till', caps, actions: ['line-status'] };
  assert.equal(act?.act, 'key.limits');
  assert.deepEqual([act?.before, act?.after], [{ ...settings, callsMax: 7 }, settings]);
  for (const changes of [{ callsMax: -1 }, { callsMax: 0.5 }, { actions: [] }, { caps: { callsPerDay: -2 } }])
    assert.throws(() => office.changeKey(key.secretId, changes), { code: 'invalid' });
});

test('an account has no more usable keys than it may', (t) => {
  const office = administrate(t, makeAccountsFile(t));
  const { account, key } = office.createAccount(SHOP);
  for (let made = 1; made < 200; made += 1) office.createKey(account.accountId);
  assert.throws(() => office.createKey(account.accountId), { code: 'conflict' });
  office.setKeyState(key.secretId, 'revoked');
  office.createKey(account.accountId);
});

test('resuming gives an account back the state it was suspended in', (t) => {
  const office = administrate(t, makeAccountsFile(t));
  for (const state of ['active', 'unverified'] as const) {
    const { accountId } = office.createAccount({ ...SHOP, state }).account;
    office.suspend(accountId);
    assert.throws(() => office.suspend(accountId), /is suspended/);
    assert.throws(() => office.verify(accountId), /is suspended/);
    assert.equal(office.resume(accountId).state, state);
    assert.throws(() => office.resume(accountId), /not suspended/);
  }
});

test('account ids are never used twice and keep their order', (t) => {
  const office = administrate(t, makeAccountsFile(t));
  const ids = Array.from({ length: 3 }, () => office.createAccount(SHOP).account.accountId);
  assert.deepEqual(ids, ['100000000001', '100000000002', '100000000003']);
});

test('every act is audited with what was before and after, and without secrets', (t) => {
  const office = administrate(t, makeAccountsFile(t));
  const { account, key } = office.createAccount(SHOP);
  const { accountId } = account;
  const issued = office.rotateKey(key.secretId);
  office.setKeyState(issued.secretId, 'disabled');
  office.changeAccount(accountId, 'account.limits', { ratePerSecond: 5 });
  office.suspend(accountId);
  office.activate(accountId, ['line-tenure']);
  const log = office.auditLog(100);
  assert.deepEqual(
    log.map(({ act }) => act),
    [
      'account.activate',
      'account.suspend',
      'account.limits',
      'key.disabled',
      'key.rotate',
      'key.create',
      'account.create',
    ],
  );
  assert.deepEqual([log[1]?.before, log[1]?.after], [{ state: 'active' }, { state: 'suspended' }]);
  for (const { secretKey, token } of [key, issued]) {
    assert.ok(!JSON.stringify(log).includes(secretKey) && !JSON.stringify(log).includes(token));
  }
});

test('the audit log can be neither changed nor cut', (t) => {
  const path = makeAccountsFile(t);
  administrate(t, path).createAccount(SHOP);
  const database = new DatabaseSync(path);
  t.after(() => database.close());
  assert.throws(() => database.exec(`UPDATE audit SET actor = 'nobody'`), /append-only/);
  assert.throws(() => database.exec('DELETE FROM audit'), /append-only/);
});

test('an act that fails leaves nothing behind', (t) => {
  const office = administrate(t, makeAccountsFile(t));
  assert.throws(() => office.createAccount({ ...SHOP, name: ' ' }), /name/);
  assert.throws(() => office.createKey('100000000001'), /no account/);
  assert.deepEqual([office.accounts(), office.keys(), office.auditLog(10)], [[], [], []]);
});
