import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import {
  administrate,
  ENVELOPE_KEY,
  FIXED_CLOCK,
  makeAccountsFile,
  NOW_MS,
  SHOP,
} from '../../../../test/support/accounts.ts';
import { NO_CAPS } from '../../../domain/usage-cap.ts';
import { systemRandom } from '../../../runtime/system-random.ts';
import { openAccountDirectory } from './account-directory.ts';
import { openKeyVault } from './key-vault.ts';

const NO_RESTRICTION = {
  service: undefined,
  actions: undefined,
  expiresAtMs: undefined,
  callsMax: undefined,
  caps: undefined,
};

let momentMs = NOW_MS;
const CLOCK = { ...FIXED_CLOCK, nowMs: () => momentMs };

/** As long as a change of another connection may go unseen. */
function wait(): void {
  momentMs += 2;
}

function open(t: TestContext, cachedKeysMax = 100, clock = CLOCK) {
  const path = makeAccountsFile(t);
  const office = administrate(t, path);
  const directory = openAccountDirectory({
    path,
    secretEnvelopeKey: ENVELOPE_KEY,
    cachedKeysMax,
    clock,
  });
  t.after(() => directory.close());
  return { path, office, directory };
}

test('a key is found with its secret and its account', (t) => {
  const { office, directory } = open(t);
  const { account, key } = office.createAccount(SHOP);
  const found = directory.findKey(key.secretId);
  assert.equal(found?.secretKey, key.secretKey);
  assert.deepEqual(found?.account, account);
});

test('an unknown key is not found, whatever it is made of', (t) => {
  const { directory } = open(t);
  for (const secretId of ['', 'AKIDnobody', "' OR 1=1 --", '\0', 'x'.repeat(10_000)]) {
    assert.equal(directory.findKey(secretId), undefined);
  }
});

for (const state of ['disabled', 'revoked'] as const) {
  test(`a key that another connection has ${state} is not found two milliseconds later`, async (t) => {
    const { office, directory } = open(t);
    const { key } = office.createAccount(SHOP);
    assert.ok(directory.findKey(key.secretId));
    office.setKeyState(key.secretId, state);
    wait();
    assert.equal(directory.findKey(key.secretId), undefined);
  });
}

test('a file that cannot be read is a fault that a retry may mend, never an unknown key', async (t) => {
  const { path, office, directory } = open(t);
  const { key } = office.createAccount(SHOP);
  assert.equal(directory.isReadable(), true);
  const saboteur = new DatabaseSync(path);
  saboteur.exec('ALTER TABLE api_keys RENAME TO hidden');
  assert.equal(directory.isReadable(), false);
  assert.throws(() => directory.findKey(key.secretId), { code: 'storage_unavailable' });
  saboteur.exec('ALTER TABLE hidden RENAME TO api_keys');
  saboteur.close();
  wait();
  assert.equal(directory.isReadable(), true);
  assert.ok(directory.findKey(key.secretId));
});

test('every change of an account is seen two milliseconds later', async (t) => {
  const { office, directory } = open(t);
  const { account, key } = office.createAccount(SHOP);
  const { accountId } = account;
  const seen = async () => {
    wait();
    return directory.findKey(key.secretId)?.account;
  };
  assert.equal((await seen())?.state, 'active');
  office.suspend(accountId);
  assert.equal((await seen())?.state, 'suspended');
  office.resume(accountId);
  office.changeAccount(accountId, 'account.limits', { ratePerSecond: 3, dailyLimit: 4, kmsGrant: false });
  const changed = await seen();
  assert.deepEqual(
    [changed?.state, changed?.ratePerSecond, changed?.dailyLimit, changed?.kmsGrant],
    ['active', 3, 4, false],
  );
  office.activate(accountId, ['line-tenure']);
  office.deactivate(accountId, ['line-status']);
  assert.deepEqual([...((await seen())?.services ?? [])], ['line-tenure']);
});

test('a key made after the start is found two milliseconds later', async (t) => {
  const { office, directory } = open(t);
  const brought = { secretId: 'brought-id', secretKey: 'brought-key' };
  assert.equal(directory.findKey(brought.secretId), undefined);
  office.createAccount(SHOP, brought);
  wait();
  assert.equal(directory.findKey(brought.secretId)?.secretKey, brought.secretKey);
});

test('a key stays the same object while nothing changes, so that what is derived from it can be kept', async (t) => {
  const { office, directory } = open(t);
  const { key } = office.createAccount(SHOP);
  const first = directory.findKey(key.secretId);
  wait();
  assert.equal(directory.findKey(key.secretId), first);
});

test('what other accounts do, and a KMS key that is made, leave a key the same object', async (t) => {
  const { path, office, directory } = open(t);
  const { account, key } = office.createAccount(SHOP);
  const other = office.createAccount({ ...SHOP, name: 'other' });
  const first = directory.findKey(key.secretId);
  const otherFirst = directory.findKey(other.key.secretId);
  const vault = openKeyVault({
    path,
    sealKey: Buffer.alloc(32, 9),
    clock: FIXED_CLOCK,
    random: systemRandom,
    keysPerAccountMax: 10,
  });
  t.after(() => vault.close());
  await vault.createKey(account.id, 'alias', '');
  office.suspend(other.account.accountId);
  wait();
  assert.equal(directory.findKey(key.secretId), first);
  assert.notEqual(directory.findKey(other.key.secretId), otherFirst);
  assert.equal(directory.findKey(other.key.secretId)?.account.state, 'suspended');
});

test('more keys than are held in memory are all found', (t) => {
  const { office, directory } = open(t, 3);
  const { account } = office.createAccount(SHOP);
  const ids = Array.from({ length: 10 }, () => office.createKey(account.accountId).secretId);
  for (const secretId of [...ids, ...ids]) assert.equal(directory.findKey(secretId)?.secretId, secretId);
});

test('a secret sealed under another master key is an error, never garbage', (t) => {
  const { path, office } = open(t);
  const { key } = office.createAccount(SHOP);
  const other = openAccountDirectory({
    path,
    secretEnvelopeKey: Buffer.alloc(32, 8),
    cachedKeysMax: 10,
    clock: FIXED_CLOCK,
  });
  t.after(() => other.close());
  assert.throws(() => other.findKey(key.secretId), /does not open/);
});

test('a token finds its key until it is disabled or revoked, and nothing else does', async (t) => {
  const { office, directory } = open(t);
  const { key } = office.createAccount(SHOP);
  const find = (token = key.token) => directory.findToken(token);
  const found = find();
  assert.ok(found.kind === 'key');
  assert.equal(found.key, directory.findKey(key.secretId));
  assert.deepEqual(find(), found);
  for (const other of ['', key.secretId, key.secretKey, `${key.token} `, key.token.slice(1)])
    assert.deepEqual(find(other), { kind: 'unknown' });
  office.setKeyState(key.secretId, 'disabled');
  wait();
  assert.deepEqual(find(), { kind: 'disabled' });
  office.setKeyState(key.secretId, 'revoked');
  wait();
  assert.deepEqual(find(), { kind: 'unknown' });
});

test('a key says what it is restricted to, and a change of it is seen two milliseconds later', async (t) => {
  const { office, directory } = open(t);
  const { account, key } = office.createAccount(SHOP);
  assert.equal(directory.findKey(key.secretId)?.restriction, undefined);
  const restriction = {
    service: 'line-status',
    actions: new Set(['line-status']),
    expiresAtMs: undefined,
    callsMax: 3,
    caps: { ...NO_CAPS, minorPerDay: 4 },
  } as const;
  const { secretId } = office.createKey(account.accountId, undefined, { restriction });
  wait();
  assert.deepEqual(directory.findKey(secretId)?.restriction, restriction);
  office.changeKey(secretId, { service: null, actions: null, callsMax: null, caps: NO_CAPS });
  wait();
  assert.equal(directory.findKey(secretId)?.restriction, undefined);
});

test('a key expires at its moment by the clock, also one that is held in memory', (t) => {
  let nowMs = NOW_MS;
  const { office, directory } = open(t, 100, { ...FIXED_CLOCK, nowMs: () => nowMs });
  const { account } = office.createAccount(SHOP);
  const restriction = { ...NO_RESTRICTION, expiresAtMs: NOW_MS + 1000 };
  const { secretId, token } = office.createKey(account.accountId, undefined, { restriction });
  const look = () => [directory.findKey(secretId)?.secretId, directory.findToken(token).kind];
  assert.deepEqual(look(), [secretId, 'key']);
  nowMs += 999;
  assert.deepEqual(look(), [secretId, 'key']);
  nowMs += 1;
  assert.deepEqual(look(), [undefined, 'expired']);
});

test('after a rotation neither the old id nor the old token finds anything; the new ones find the same key', async (t) => {
  const { office, directory } = open(t);
  const { key } = office.createAccount(SHOP);
  const before = directory.findKey(key.secretId);
  const issued = office.rotateKey(key.secretId);
  wait();
  assert.equal(directory.findKey(key.secretId), undefined);
  assert.deepEqual(directory.findToken(key.token), { kind: 'unknown' });
  const found = directory.findToken(issued.token);
  assert.ok(found.kind === 'key');
  assert.equal(found.key.id, before?.id);
  assert.equal(directory.findKey(issued.secretId)?.secretKey, issued.secretKey);
});
