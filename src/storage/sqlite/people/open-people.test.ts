import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { NOW_MS } from '../../../../test/support/accounts.ts';
import { findTraces } from '../../../../test/support/find-traces.ts';
import {
  emailOf,
  MINUTE_MS,
  makePeopleFile,
  openPeopleStore,
  SESSION_IDLE_MS,
} from '../../../../test/support/people.ts';
import { openPeopleFile, PEOPLE_MIGRATIONS } from './schema.ts';

const ANN = {
  id: '11111111-1111-4111-8111-111111111111',
  accountId: '100000000001',
  email: 'Ann.Example@example.org',
  passwordHash: '$argon2id$x',
  language: 'en',
  createdMs: NOW_MS,
} as const;
const BY_NAME = { by: 'name', descending: false } as const;
const ann = emailOf(ANN.email);

test('a person is found by any spelling of the address, and an address belongs to one person', async (t) => {
  const people = openPeopleStore(t, makePeopleFile(t));
  assert.equal(await people.add(ANN), true);
  assert.equal((await people.findByEmail(emailOf('ann.example@EXAMPLE.org')))?.email, ANN.email);
  assert.equal((await people.findById(ANN.id))?.accountId, ANN.accountId);
  const other = { ...ANN, id: '2', accountId: '100000000002', email: 'ANN.example@example.org' };
  assert.equal(await people.add(other), false);
  assert.equal(await people.findByEmail(emailOf('bob@example.org')), undefined);
});

test('the file holds no address, token, code, authenticator secret or payload', async (t) => {
  const path = makePeopleFile(t);
  const people = openPeopleStore(t, path);
  await people.add(ANN);
  const secret = Buffer.from('a secret of an authenticator');
  await people.proposeTotp(ANN.id, secret);
  await people.enableTotp(ANN.id, 5, ['RECOVERYCODE7777']);
  await people.sessions.open({
    token: 'session-token-value',
    personId: ANN.id,
    nowMs: NOW_MS,
    expiresMs: NOW_MS + 1,
  });
  const code = {
    purpose: 'reset',
    email: ann,
    code: '918273',
    attempts: 5,
    payload: 'a payload to hide',
  } as const;
  await people.codes.put({ ...code, nowMs: NOW_MS, expiresMs: NOW_MS + 1 });
  const token = {
    id: '3',
    personId: ANN.id,
    name: 'ci',
    ending: 'abcd',
    createdMs: NOW_MS,
    expiresMs: undefined,
  };
  await people.tokens.add(token, 'platform-v1-0123456789', 5);
  const secrets = ['Ann.Example', 'ann.example', 'session-token-value', '918273', 'RECOVERYCODE7777'];
  secrets.push('a payload to hide', 'platform-v1-0123456789', secret.toString());
  assert.deepEqual(findTraces(dirname(path), secrets), []);
  assert.ok(readFileSync(path).length + readFileSync(`${path}-wal`).length > 0);
  assert.ok((await people.findById(ANN.id))?.totpSecret?.equals(secret));
});

test('a session ends when it was idle too long, at its absolute end, and when it is ended', async (t) => {
  const { sessions, ...people } = openPeopleStore(t, makePeopleFile(t));
  await people.add(ANN);
  const expiresMs = NOW_MS + 3 * SESSION_IDLE_MS;
  const open = (token: string, nowMs = NOW_MS) =>
    sessions.open({ token, personId: ANN.id, nowMs, expiresMs });
  await open('a');
  const almost = SESSION_IDLE_MS - MINUTE_MS;
  assert.ok(await sessions.find('a', NOW_MS + almost));
  assert.ok(await sessions.find('a', NOW_MS + 2 * almost), 'its use is noted');
  assert.ok(await sessions.find('a', NOW_MS + 3 * almost));
  assert.equal(await sessions.find('a', expiresMs), undefined);
  await open('b');
  assert.equal(await sessions.find('b', NOW_MS + SESSION_IDLE_MS), undefined);
  await open('c');
  await open('d', NOW_MS + 1);
  const kept = await sessions.find('d', NOW_MS + 1);
  await sessions.endAll(ANN.id, kept?.proofId);
  assert.equal(await sessions.find('c', NOW_MS + 1), undefined);
  assert.ok(await sessions.find('d', NOW_MS + 1));
  await sessions.end(kept?.proofId ?? '');
  assert.equal(await sessions.find('d', NOW_MS + 1), undefined);
});

test('a person has a bounded number of sessions: the oldest ends', async (t) => {
  const people = openPeopleStore(t, makePeopleFile(t));
  await people.add(ANN);
  for (const [index, token] of ['a', 'b', 'c', 'd'].entries())
    await people.sessions.open({
      token,
      personId: ANN.id,
      nowMs: NOW_MS + index,
      expiresMs: NOW_MS + MINUTE_MS,
    });
  assert.equal(await people.sessions.find('a', NOW_MS + 5), undefined);
  for (const token of ['b', 'c', 'd']) assert.ok(await people.sessions.find(token, NOW_MS + 5));
});

test('a code can be tried so often and no more, until its end, and is used up once', async (t) => {
  const { codes } = openPeopleStore(t, makePeopleFile(t));
  const entry = { purpose: 'register', email: ann, attempts: 3, nowMs: NOW_MS, payload: 'p' } as const;
  const expiresMs = NOW_MS + MINUTE_MS;
  await codes.put({ ...entry, code: '111111', expiresMs });
  assert.deepEqual(await codes.attempt('register', ann, '000000', NOW_MS), { matches: false, payload: 'p' });
  assert.equal(await codes.attempt('reset', ann, '111111', NOW_MS), undefined, 'of another purpose');
  assert.equal((await codes.attempt('register', ann, '111111', NOW_MS))?.matches, true);
  assert.equal((await codes.attempt('register', ann, '111111', NOW_MS))?.matches, true);
  assert.equal(await codes.attempt('register', ann, '111111', NOW_MS), undefined, 'the attempts are used up');
  assert.equal(await codes.consume('register', ann, '111111'), true);
  assert.equal(await codes.consume('register', ann, '111111'), false);
  await codes.put({ ...entry, code: '222222', expiresMs });
  assert.equal(await codes.attempt('register', ann, '222222', expiresMs), undefined);
  await codes.put({ ...entry, code: undefined, expiresMs });
  for (const code of ['', 'undefined'])
    assert.ok(!(await codes.attempt('register', ann, code, NOW_MS))?.matches);
});

test('waiting codes are bounded, and ended ones make room', async (t) => {
  const { codes } = openPeopleStore(t, makePeopleFile(t), 2);
  const put = (name: string, nowMs: number) =>
    codes.put({
      ...{ purpose: 'reset', email: emailOf(`${name}@example.org`), code: '1', attempts: 5, payload: '' },
      ...{ nowMs, expiresMs: nowMs + MINUTE_MS },
    });
  assert.deepEqual(
    [await put('a', NOW_MS), await put('b', NOW_MS), await put('c', NOW_MS)],
    [true, true, false],
  );
  assert.equal(await put('c', NOW_MS + MINUTE_MS), true);
});

test('a step of the authenticator and a recovery code count once', async (t) => {
  const people = openPeopleStore(t, makePeopleFile(t));
  await people.add(ANN);
  assert.equal(await people.enableTotp(ANN.id, 7, []), false, 'nothing was proposed');
  assert.equal(await people.proposeTotp(ANN.id, Buffer.alloc(20)), true);
  assert.equal(await people.enableTotp(ANN.id, 7, ['AAAA']), true);
  assert.equal(await people.proposeTotp(ANN.id, Buffer.alloc(20)), false);
  const steps = [await people.useTotpStep(ANN.id, 7), await people.useTotpStep(ANN.id, 8)];
  assert.deepEqual([...steps, await people.useTotpStep(ANN.id, 8)], [false, true, false]);
  assert.deepEqual(
    [await people.useRecoveryCode(ANN.id, 'AAAA'), await people.useRecoveryCode(ANN.id, 'AAAA')],
    [true, false],
  );
  await people.disableTotp(ANN.id);
  assert.equal((await people.findById(ANN.id))?.totpSecret, undefined);
});

test('a platform token is found until it ends or is revoked, by its owner only, and their number is bounded', async (t) => {
  const people = openPeopleStore(t, makePeopleFile(t));
  await people.add(ANN);
  const { tokens } = people;
  const token = {
    id: 'a',
    personId: ANN.id,
    name: 'ci',
    ending: 'x',
    createdMs: NOW_MS,
    expiresMs: NOW_MS + 10,
  };
  assert.equal(await tokens.add(token, 'secret-a', 2), true);
  assert.equal(await tokens.add({ ...token, id: 'b', expiresMs: undefined }, 'secret-b', 2), true);
  assert.equal(await tokens.add({ ...token, id: 'c' }, 'secret-c', 2), false);
  assert.equal((await tokens.find('secret-a', NOW_MS))?.personId, ANN.id);
  assert.equal(await tokens.find('secret-a', NOW_MS + 10), undefined);
  assert.equal((await tokens.list(ANN.id, { limit: 1, offset: 1 }, BY_NAME)).count, 2);
  assert.equal(await tokens.revoke('somebody', 'b', NOW_MS), false);
  assert.equal(await tokens.revoke(ANN.id, 'b', NOW_MS), true);
  assert.equal(await tokens.find('secret-b', NOW_MS), undefined);
});

test('migrations are numbered from 1 without gaps, and a file of a newer program is refused', (t) => {
  assert.deepEqual(
    PEOPLE_MIGRATIONS.map(({ version }) => version),
    PEOPLE_MIGRATIONS.map((_, index) => index + 1),
  );
  const path = makePeopleFile(t);
  const file = openPeopleFile(path);
  file.exec('PRAGMA user_version = 99');
  file.close();
  assert.throws(() => openPeopleFile(path), /schema 99/);
});
