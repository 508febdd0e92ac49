import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  administrate,
  ENVELOPE_KEY,
  FIXED_CLOCK,
  makeAccountsFile,
  NOW_MS,
} from '../../test/support/accounts.ts';
import { ledgerPaths, openTestLedger } from '../../test/support/ledgers.ts';
import { deriveKey } from '../codecs/key-derivation.ts';
import { createCalendar } from '../domain/calendar-date.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { openAccountDirectory } from '../storage/sqlite/accounts/account-directory.ts';
import { openAccountDesk } from './account-desk.ts';

const ACQUIRE_CHILD = fileURLToPath(new URL('../../test/operations/acquire-child.ts', import.meta.url));
const MASTER = Buffer.alloc(32, 5);
const CONFIGURED = { 'line-status': 20, 'line-tenure': 30 };

async function open(t: TestContext, clock = FIXED_CLOCK) {
  // The directory goes last: the ledger signs its head as it closes.
  const ends: (() => void)[] = [];
  const path = makeAccountsFile({ after: (end) => void ends.push(end) });
  const paths = ledgerPaths(dirname(path));
  const ledger = await openTestLedger(paths, { signingSeed: deriveKey(MASTER, 'ledger-signing') });
  const directory = openAccountDirectory({
    path,
    secretEnvelopeKey: ENVELOPE_KEY,
    cachedKeysMax: 100,
    clock: FIXED_CLOCK,
  });
  const desk = openAccountDesk({
    path,
    secretEnvelopeKey: ENVELOPE_KEY,
    numberTraceKey: deriveKey(MASTER, 'audit-number'),
    clock,
    random: systemRandom,
    treasury: ledger,
    dateOf: createCalendar('UTC'),
    freeQuota: { 'line-status': 100, 'line-tenure': 7 },
    keysPerAccountMax: 10,
    prices: () => directory.prices(CONFIGURED),
    configuredPrices: CONFIGURED,
    operatorSessionMs: 3_600_000,
    onChange: directory.lookAgain,
  });
  t.after(async () => {
    desk.close();
    directory.close();
    await ledger.close();
    for (const end of ends) end();
  });
  const { accountId } = await desk.openAccount('person:1', 'Shop');
  return { path, desk, directory, accountId };
}

test('an owner has one account, however often it is opened, and at once', async (t) => {
  const { desk, accountId } = await open(t);
  const opened = await Promise.all(Array.from({ length: 20 }, () => desk.openAccount('person:1', 'Again')));
  assert.deepEqual([...new Set(opened.map((account) => account.accountId))], [accountId]);
  assert.equal(opened[0]?.name, 'Shop');
  assert.equal(desk.audit({ offset: 0, limit: 10 }).total, 1, 'nothing was done the other times');
});

test('a service is acquired once with its free quota, of 50 at once; the others are refused as duplicates', async (t) => {
  const { desk, accountId } = await open(t);
  const tries = Array.from({ length: 50 }, () => desk.acquire('person:1', accountId, 'line-status'));
  const settled = await Promise.allSettled(tries);
  assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const one of settled) if (one.status === 'rejected') assert.equal(one.reason.code, 'duplication');
  await desk.acquire('person:1', accountId, 'line-tenure');
  assert.deepEqual((await desk.fundsOf(accountId)).quota, { 'line-status': 100, 'line-tenure': 7 });
  assert.deepEqual(
    desk.applications(accountId).map(({ service, active, acquiredMs }) => [service, active, acquiredMs]),
    [
      ['line-status', true, NOW_MS],
      ['line-tenure', true, NOW_MS],
    ],
  );
});

test('what was done at the desk holds at the next call, however long the file is not looked at for changes of others', async (t) => {
  // Its clock stands still: the time between two looks never ends.
  const { desk, directory, accountId } = await open(t);
  const made = await desk.createCredential('person:1', accountId, {});
  const find = () => directory.findToken(made.token);
  const { credentialId } = made.credential;
  const stateNow = () => {
    const found = find();
    return found.kind === 'key' ? found.key.account.state : found.kind;
  };
  assert.equal(stateNow(), 'active');
  await desk.suspend('operator:1', accountId);
  assert.equal(stateNow(), 'suspended');
  await desk.resume('operator:1', accountId);
  assert.equal(stateNow(), 'active');
  await desk.setCredentialState('person:1', accountId, credentialId, 'disabled');
  assert.equal(stateNow(), 'disabled');
  await desk.setCredentialState('person:1', accountId, credentialId, 'enabled');
  const rotated = await desk.rotateCredential('person:1', accountId, credentialId);
  assert.equal(stateNow(), 'unknown');
  assert.equal(directory.findToken(rotated.token).kind, 'key');
  await desk.setPrices('operator:1', { 'line-status': 33 });
  assert.equal(directory.prices(CONFIGURED)['line-status'], 33);
});

test('a service that the operator took away and gave back, or that is asked for again, brings no second free quota', async (t) => {
  const { path, desk, accountId } = await open(t);
  await desk.acquire('person:1', accountId, 'line-status');
  const office = administrate(t, path);
  office.deactivate(accountId, ['line-status']);
  assert.deepEqual([...desk.account(accountId).services], []);
  await assert.rejects(desk.acquire('person:1', accountId, 'line-status'), { code: 'duplication' });
  assert.deepEqual([...desk.account(accountId).services], []);
  office.activate(accountId, ['line-status']);
  assert.deepEqual([...desk.account(accountId).services], ['line-status']);
  assert.equal((await desk.fundsOf(accountId)).quota['line-status'], 100);
});

test('free quota that a killed process left owed is paid at the next try, once', async (t) => {
  const { path, desk, accountId } = await open(t);
  administrate(t, path).acquire(accountId, 'line-status', 100);
  assert.deepEqual((await desk.fundsOf(accountId)).quota, {});
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await assert.rejects(desk.acquire('person:1', accountId, 'line-status'), { code: 'duplication' });
    assert.deepEqual((await desk.fundsOf(accountId)).quota, { 'line-status': 100 });
  }
});

test('two processes that acquire the same service at once grant its free quota once', async (t) => {
  // Who meets the other's lock waits in real time.
  const { path, desk, accountId } = await open(t, systemClock);
  const child = spawn(process.execPath, [ACQUIRE_CHILD, dirname(path), MASTER.toString('hex'), accountId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  const here = await desk.acquire('person:1', accountId, 'line-status').then(
    () => 0,
    ({ code }) => (code === 'duplication' ? 3 : 1),
  );
  const [there] = await exited;
  assert.deepEqual([here, there].sort(), [0, 3]);
  assert.deepEqual((await desk.fundsOf(accountId)).quota, { 'line-status': 100 });
});

test('a credential is shown in full once; lists mask it, and only its own account reaches it', async (t) => {
  const { desk, accountId } = await open(t);
  const other = await desk.openAccount('person:2', 'Other');
  const issued = await desk.createCredential('person:1', accountId, { name: 'till' });
  const { credentialId, maskedId } = issued.credential;
  assert.equal(maskedId, `AKID…${issued.secretId.slice(-4)}`);
  const listed = JSON.stringify(desk.credentials(accountId));
  for (const secret of [issued.secretId, issued.secretKey, issued.token]) assert.ok(!listed.includes(secret));
  assert.deepEqual(desk.credentials(accountId), [issued.credential]);
  for (const act of [
    desk.rotateCredential('person:2', other.accountId, credentialId),
    desk.setCredentialState('person:2', other.accountId, credentialId, 'revoked'),
    desk.changeCredential('person:2', other.accountId, credentialId, { callsMax: 1 }),
  ])
    await assert.rejects(act, { code: 'not_found' });
});

test('a credential that is disabled, rotated or revoked is refused at the next turn on both sides', async (t) => {
  const { desk, directory, accountId } = await open(t);
  const { credential, secretId, token } = await desk.createCredential('person:1', accountId, {});
  const { credentialId } = credential;
  const look = async (id: string, bearer: string) => {
    await nextTurn();
    return [directory.findKey(id) !== undefined, directory.findToken(bearer).kind];
  };
  assert.deepEqual(await look(secretId, token), [true, 'key']);
  await desk.setCredentialState('person:1', accountId, credentialId, 'disabled');
  assert.deepEqual(await look(secretId, token), [false, 'disabled']);
  await desk.setCredentialState('person:1', accountId, credentialId, 'enabled');
  const rotated = await desk.rotateCredential('person:1', accountId, credentialId);
  assert.equal(rotated.credential.credentialId, credentialId);
  assert.deepEqual(await look(secretId, token), [false, 'unknown']);
  assert.deepEqual(await look(rotated.secretId, rotated.token), [true, 'key']);
  await desk.setCredentialState('person:1', accountId, credentialId, 'revoked');
  assert.deepEqual(await look(rotated.secretId, rotated.token), [false, 'unknown']);
  await assert.rejects(desk.rotateCredential('person:1', accountId, credentialId), { code: 'not_found' });
  assert.deepEqual(desk.credentials(accountId), [], 'lists do not grow with what was revoked');
});

test('prices set over the configured ones are charged at the next turn and taken back with null', async (t) => {
  const { desk, accountId } = await open(t);
  await desk.setPrices('operator:ann', { 'line-status': 25 });
  await nextTurn();
  assert.deepEqual(desk.prices(), { ...CONFIGURED, 'line-status': 25 });
  await desk.setPrices('operator:ann', { 'line-status': null, 'line-tenure': 0 });
  await nextTurn();
  assert.deepEqual(desk.prices(), { ...CONFIGURED, 'line-tenure': 0 });
  for (const prices of [{ 'line-status': -1 }, { 'line-status': 1.5 }, { nonsense: 1 }])
    await assert.rejects(desk.setPrices('operator:ann', prices), { code: 'invalid' });
  await assert.rejects(desk.topUp('operator:ann', accountId, -5), { code: 'invalid' });
});

test('a grant under a key is given and noted once, of 20 at once too; another one under the key is refused', async (t) => {
  const { desk, accountId } = await open(t);
  const terms = { key: 'till-1', reference: 'invoice 17' };
  const topUp = () => desk.topUp('operator:ann', accountId, 500, terms);
  await Promise.all(Array.from({ length: 20 }, topUp));
  assert.equal((await topUp()).balanceMinor, 500);
  const { acts, total } = desk.audit({ offset: 0, limit: 5 }, { act: 'account.topup' });
  assert.equal(total, 1);
  assert.deepEqual(acts[0]?.after, { quota: {}, balanceMinor: 500, reference: 'invoice 17' });
  const others = [
    desk.topUp('operator:ann', accountId, 501, terms),
    desk.topUp('operator:ann', accountId, 500, { key: 'till-1' }),
    desk.grantQuota('operator:ann', accountId, ['line-status'], 500, terms),
  ];
  for (const other of others) await assert.rejects(other, { code: 'conflict' });
  assert.equal((await desk.fundsOf(accountId)).balanceMinor, 500);
  assert.equal((await desk.topUp('operator:bob', accountId, 9, terms)).balanceMinor, 509, "bob's key");
  const quota = () => desk.grantQuota('operator:ann', accountId, ['line-status'], 3, { key: 'till-2' });
  await quota();
  assert.deepEqual((await quota()).quota, { 'line-status': 3 });
});

test('every act is in the audit log under the name of who acted', async (t) => {
  const { desk, accountId } = await open(t);
  await desk.topUp('operator:ann', accountId, 500);
  await desk.changeLimits('operator:bob', accountId, { ratePerSecond: 9 });
  await desk.setPrices('operator:ann', { 'line-status': 25 });
  const { acts, total } = desk.audit({ offset: 0, limit: 3 });
  assert.deepEqual(
    acts.map(({ actor, act, subject, before, after }) => [actor, act, subject, before, after]).slice(0, 1),
    [['operator:ann', 'prices.set', 'prices', { 'line-status': 20 }, { 'line-status': 25 }]],
  );
  assert.deepEqual(
    acts.map(({ actor, act }) => `${actor} ${act}`),
    ['operator:ann prices.set', 'operator:bob account.limits', 'operator:ann account.topup'],
  );
  assert.equal(total, 4);
  assert.deepEqual(acts[2]?.after, { quota: {}, balanceMinor: 500 });
  const [limits] = desk.audit({ offset: 0, limit: 1 }, { act: 'account.limits' }).acts;
  const none = { callsPerDay: null, callsPerMonth: null, minorPerDay: null, minorPerMonth: null };
  const unset = { kmsGrant: true, ratePerSecond: null, dailyLimit: null, ...none };
  assert.deepEqual([limits?.before, limits?.after], [unset, { ...unset, ratePerSecond: 9 }]);
  assert.deepEqual(await desk.setPrices('operator:ann', { 'line-status': null }), CONFIGURED);
  const [prices] = desk.audit({ offset: 0, limit: 1 }).acts;
  assert.deepEqual([prices?.before, prices?.after], [{ 'line-status': 25 }, { 'line-status': 20 }]);
});

test('an operator is found by a token until it expires or is revoked; the token itself is kept nowhere', async (t) => {
  const { path, desk } = await open(t);
  const office = administrate(t, path);
  const ann = office.createOperatorToken('ann');
  const expired = office.createOperatorToken('bob', NOW_MS + 1);
  assert.deepEqual([desk.findOperator(ann.token), desk.findOperator(expired.token)], ['ann', 'bob']);
  assert.equal(desk.findOperator(`${ann.token}x`), undefined);
  office.revokeOperatorToken(ann.id);
  assert.equal(desk.findOperator(ann.token), undefined);
  assert.ok(!JSON.stringify([office.operatorTokens(), office.auditLog(9)]).includes(ann.token));
  assert.throws(() => office.createOperatorToken('late', NOW_MS), { code: 'invalid' });
  assert.throws(() => office.revokeOperatorToken(99), { code: 'not_found' });
});
