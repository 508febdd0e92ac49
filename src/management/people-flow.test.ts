// Registration, sign-in and tokens through their ports: a real file, a real queue and outbox, real hashes (of a small cost).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE_MS, SESSION_IDLE_MS } from '../../test/support/people.ts';
import { EMAIL, fails, PASSWORD, startPeople } from '../../test/support/people-calls.ts';
import { authenticatorOf } from './people/second-factor.ts';
import { ManagementError } from './route.ts';

test('a person registers, confirms by mail, owns an account and is signed in', async (t) => {
  const people = startPeople(t);
  const session = await people.signUp();
  assert.equal(session.length, 43);
  const { body } = await people.call('session', {}, session);
  const { email, account_id: accountId } = body as { email: string; account_id: string };
  assert.equal(email, EMAIL);
  assert.equal(people.accounts.account(accountId).name, 'Ann');
  const { session: second } = await people.call('login', { email: 'ANN@example.org', password: PASSWORD });
  await people.call('logout', {}, second?.value);
  await assert.rejects(people.call('session', {}, second?.value), fails('not_signed_in'));
  await people.call('logout-everywhere', {}, session);
  await assert.rejects(people.call('session', {}, session), fails('not_signed_in'));
});

test('a person sees the sessions that are open, ends one by its id, and all but the one that asks', async (t) => {
  const people = startPeople(t);
  const first = await people.signUp();
  const open = async () => {
    people.clock.advance(MINUTE_MS);
    return String((await people.call('login', { email: EMAIL, password: PASSWORD })).session?.value);
  };
  const [second, third] = [await open(), await open()];
  const list = async (token: string) => {
    const { body } = await people.call('session-list', {}, token);
    return (body as { items: { id: string; current: boolean }[] }).items;
  };
  const seen = await list(second);
  assert.deepEqual(
    seen.map(({ current }) => current),
    [false, true, false],
  );
  const end = (id: string | undefined, token: string) =>
    people.call('session-end', {}, token, { parameters: { id } });
  await end(seen[0]?.id, second);
  await assert.rejects(list(third), fails('not_signed_in'));
  await assert.rejects(end(seen[0]?.id, second), fails('not_found'));
  const eve = await people.signUp('eve@example.org');
  await assert.rejects(end(seen[1]?.id, eve), fails('not_found'), "nobody else's");
  await people.call('logout-others', {}, second);
  await assert.rejects(list(first), fails('not_signed_in'));
  assert.equal((await list(second)).length, 1);
  assert.equal((await list(eve)).length, 1, 'of others nothing ends');
  const { session } = await end(seen[1]?.id, second);
  assert.deepEqual(session, { value: '', maxAgeSeconds: 0 }, 'the cookie of an ended session goes');
  people.clock.advance(SESSION_IDLE_MS);
  const last = await open();
  assert.deepEqual(
    (await list(last)).map(({ current }) => current),
    [true],
    'what is idle for too long is not listed',
  );
});

test('registering a known address answers the same, does the same work, and writes to its owner only', async (t) => {
  const people = startPeople(t);
  await people.signUp();
  const work = (email: string) => people.workOf(() => people.call('register', { email, password: PASSWORD }));
  const known = await work('Ann@Example.org');
  await people.mailer.idle();
  assert.deepEqual(people.outbox.mails().at(-1)?.to, EMAIL);
  assert.equal(await people.codeMailed(), '');
  assert.deepEqual(known, await work('bob@example.org'));
  assert.deepEqual(known, { runs: 1, letters: 1, result: { body: { status: 'accepted' } } });
  const confirm = (email: string) =>
    people.workOf(() => people.call('confirm', { email, password: PASSWORD, code: '00000000' }));
  assert.deepEqual(await confirm(EMAIL), await confirm('nobody@example.org'));
});

test('an unknown address and a wrong password are one answer and one work', async (t) => {
  const people = startPeople(t);
  await people.signUp();
  const login = (email: string) =>
    people.workOf(() => people.call('login', { email, password: 'wrong password!' }));
  const known = await login(EMAIL);
  assert.deepEqual(known, await login('nobody@example.org'));
  assert.equal(known.runs, 1);
  assert.ok(fails('invalid_login')(known.result));
});

test('a full queue of mail refuses every address alike', async (t) => {
  const people = startPeople(t);
  await people.signUp();
  for (let count = 0; count < 60; count += 1)
    people.mailer.post({ to: EMAIL, subject: '', text: '' }, 'decoy');
  for (const email of [EMAIL, 'nobody@example.org'])
    for (const [name, body] of [
      ['register', { email, password: PASSWORD }],
      ['password-reset-request', { email }],
    ] as const)
      await assert.rejects(people.call(name, body), fails('unavailable'));
});

test('a stranger who registers somebody else’s address does not choose its password', async (t) => {
  const people = startPeople(t);
  await people.call('register', { email: EMAIL, password: PASSWORD });
  await people.call('register', { email: EMAIL, password: 'chosen by a stranger' });
  const code = await people.codeMailed();
  await assert.rejects(
    people.call('confirm', { email: EMAIL, password: PASSWORD, code }),
    fails('invalid_code'),
  );
  await assert.rejects(
    people.call('login', { email: EMAIL, password: 'chosen by a stranger' }),
    fails('invalid_login'),
  );
});

test('a code is good for five attempts, ten minutes and one use', async (t) => {
  const people = startPeople(t);
  const confirm = (code: string) => people.call('confirm', { email: EMAIL, password: PASSWORD, code });
  const ask = async () => {
    await people.call('register', { email: EMAIL, password: PASSWORD });
    return people.codeMailed();
  };
  const first = await ask();
  const wrong = first === '00000000' ? '00000001' : '00000000';
  for (let count = 0; count < 5; count += 1) await assert.rejects(confirm(wrong), fails('invalid_code'));
  await assert.rejects(confirm(first), fails('invalid_code'));
  const second = await ask();
  people.clock.advance(10 * MINUTE_MS);
  await assert.rejects(confirm(second), fails('invalid_code'));
  const third = await ask();
  const both = await Promise.allSettled([confirm(third), confirm(third)]);
  assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal(people.accounts.accounts().length, 1);
});

for (const again of ['with the same code', 'from the beginning'] as const) {
  test(`a confirmation that was killed after the account was opened goes on with it when it is tried ${again}`, async (t) => {
    const people = startPeople(t);
    const registered = { email: EMAIL, password: PASSWORD, name: 'Ann' };
    await people.call('register', registered);
    const code = await people.codeMailed();
    const { add } = people.store;
    people.store.add = () => Promise.reject(new Error('killed'));
    await assert.rejects(people.call('confirm', { ...registered, code }), /killed/);
    people.store.add = add;
    if (again === 'from the beginning') {
      people.clock.advance(10 * MINUTE_MS);
      await people.call('register', registered);
    }
    const body = { ...registered, code: await people.codeMailed() };
    const { session } = await people.call('confirm', body);
    const { body: person } = await people.call('session', {}, session?.value);
    const { account_id: owned } = person as { account_id: string };
    assert.deepEqual(
      people.accounts.accounts().map(({ accountId }) => accountId),
      [owned],
    );
    await assert.rejects(people.call('confirm', body), fails('invalid_code'), 'the code is used up');
  });
}

test('two confirmations with one code at once make one person with one account', async (t) => {
  const people = startPeople(t);
  const registered = { email: EMAIL, password: PASSWORD };
  await people.call('register', registered);
  const body = { ...registered, code: await people.codeMailed() };
  const ends = await Promise.allSettled([people.call('confirm', body), people.call('confirm', body)]);
  assert.deepEqual(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  assert.equal(people.accounts.accounts().length, 1);
});

test('weak passwords are refused before anything is stored or mailed', async (t) => {
  const people = startPeople(t);
  for (const password of [
    'short',
    'password1234',
    'PASSWORD1234',
    'aaaaaaaaaaaaaaaa',
    'longer-ann@example.org',
  ])
    await assert.rejects(
      people.call('register', { email: 'longer-ann@example.org', password }),
      fails('weak_password'),
    );
  await people.mailer.idle();
  assert.equal(people.outbox.mails().length, 0);
});

test('with the authenticator enabled, a password alone opens nothing, and no digits work twice', async (t) => {
  const people = startPeople(t);
  const session = await people.signUp();
  const { body } = await people.call('totp-setup', { password: PASSWORD }, session);
  const { uri } = body as { uri: string };
  assert.match(uri, /^otpauth:\/\/totp\/Lineproof:/);
  const stored = await people.store.findById(
    ((await people.call('session', {}, session)).body as { id: string }).id,
  );
  const digits = () =>
    authenticatorOf(stored?.totpSecret ?? Buffer.alloc(0), '', '').generate({
      timestamp: people.clock.nowMs(),
    });
  await people.call('login', { email: EMAIL, password: PASSWORD });
  const first = digits();
  const enabled = await people.call('totp-enable', { code: first }, session);
  const [recovery = '', other = ''] = (enabled.body as { recovery_codes: string[] }).recovery_codes;
  const login = (totp?: string) =>
    people.call('login', { email: EMAIL, password: PASSWORD, ...(totp === undefined ? {} : { totp }) });
  await assert.rejects(login(), fails('totp_needed'));
  await assert.rejects(login(first), fails('invalid_code'));
  people.clock.advance(30_000);
  const next = digits();
  await login(next);
  await assert.rejects(login(next), fails('invalid_code'));
  const latest = (await login(recovery.toLowerCase())).session?.value;
  await assert.rejects(login(recovery), fails('invalid_code'));
  await assert.rejects(
    people.call('login', { email: EMAIL, password: 'x', totp: other }),
    fails('invalid_login'),
  );
  await people.call('totp-disable', { password: PASSWORD, code: other }, latest);
  await login();
});

test('attempts are counted for the person and for the caller, and the answer says when to come back', async (t) => {
  const people = startPeople(t, { 'login.person': 2, 'login.caller': 4 });
  await people.signUp();
  const login = (email: string, password = 'wrong', address = '2001:db8::1') =>
    people.call('login', { email, password }, '', { address });
  for (let count = 0; count < 2; count += 1) await assert.rejects(login(EMAIL), fails('invalid_login'));
  await assert.rejects(login(EMAIL, PASSWORD), (error) => {
    assert.ok(error instanceof ManagementError && error.code === 'too_many_requests');
    assert.equal(error.retryAfterSeconds, 900);
    return true;
  });
  await assert.rejects(login('bob@example.org', 'x', '2001:db8::2'), fails('invalid_login'));
  await assert.rejects(login('eve@example.org', 'x', '2001:db8:0:0:9::3'), fails('too_many_requests'));
  await assert.rejects(login('eve@example.org', 'x', '2001:db8:0:1::1'), fails('invalid_login'));
  people.clock.advance(15 * MINUTE_MS);
  for (let count = 0; count < 5; count += 1) await login(EMAIL, PASSWORD);
});

test('a stranger who guesses locks the person out where he is and not elsewhere, until far too many have guessed', async (t) => {
  const people = startPeople(t, { 'login.pair': 2, 'login.person': 5, 'login.caller': 100 });
  await people.signUp();
  const login = (address: string, password = 'wrong') =>
    people.call('login', { email: EMAIL, password }, '', { address });
  for (let count = 0; count < 2; count += 1) await assert.rejects(login('192.0.2.1'), fails('invalid_login'));
  await assert.rejects(login('192.0.2.1', PASSWORD), fails('too_many_requests'));
  for (let count = 0; count < 9; count += 1) await login('198.51.100.7', PASSWORD);
  for (const address of ['192.0.2.2', '192.0.2.3', '192.0.2.4'])
    await assert.rejects(login(address), fails('invalid_login'));
  await assert.rejects(login('198.51.100.7', PASSWORD), fails('too_many_requests'));
});

test('a platform token is shown once, stands for its person, and is gone when deleted', async (t) => {
  const people = startPeople(t);
  const session = await people.signUp();
  const created = (await people.call('platform-token-create', { name: 'ci' }, session)).body as {
    id: string;
    token: string;
  };
  assert.match(created.token, /^platform-v1-[0-9a-f]{64}$/);
  const list = (await people.call('platform-token-list', {}, created.token)).body as {
    count: number;
    items: { token: string }[];
  };
  assert.deepEqual([list.count, list.items[0]?.token], [1, `platform-v1-****${created.token.slice(-4)}`]);
  assert.equal(
    ((await people.call('platform-token-me', {}, created.token)).body as { id: string }).id,
    created.id,
  );
  await people.call('platform-token-create', {}, session);
  await assert.rejects(people.call('platform-token-create', {}, session), fails('conflict'));
  await assert.rejects(
    people.call('platform-token-create', { expired_at: '2020-01-01T00:00:00Z' }, session),
    fails('bad_request'),
  );
  const remove = (id: string) => people.call('platform-token-delete', {}, session, { parameters: { id } });
  await assert.rejects(remove('nobody'), fails('not_found'));
  await remove(created.id);
  await assert.rejects(people.call('platform-token-me', {}, created.token), fails('not_signed_in'));
});
