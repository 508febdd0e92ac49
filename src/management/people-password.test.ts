// New passwords: by the old one and by mail, and what they end.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePeopleFile } from '../../test/support/people.ts';
import { EMAIL, fails, PASSWORD, startPeople } from '../../test/support/people-calls.ts';

test('asking for a new password is one answer and one work, whether the address is known', async (t) => {
  const people = startPeople(t);
  await people.signUp();
  const ask = (email: string) => people.workOf(() => people.call('password-reset-request', { email }));
  const [known, sent] = [await ask(EMAIL), people.outbox];
  await people.mailer.idle();
  const mails = sent.mails().length;
  assert.deepEqual(known, await ask('nobody@example.org'));
  await people.mailer.idle();
  assert.equal(sent.mails().length, mails, 'a stranger gets no letter');
  const reset = (email: string) =>
    people.workOf(() =>
      people.call('password-reset', { email, code: '00000000', new_password: 'eight blue tricycles' }),
    );
  assert.deepEqual(await reset(EMAIL), await reset('nobody@example.org'));
});

test('a new password needs the old one and ends the other sessions', async (t) => {
  const people = startPeople(t);
  const [one, two] = [
    await people.signUp(),
    (await people.call('login', { email: EMAIL, password: PASSWORD })).session?.value,
  ];
  const body = { old_password: PASSWORD, new_password: 'eight blue tricycles' };
  await assert.rejects(
    people.call('password-change', { ...body, old_password: 'x' }, one),
    fails('invalid_login'),
  );
  await people.call('password-change', body, one);
  await people.call('session', {}, one);
  await assert.rejects(people.call('session', {}, two), fails('not_signed_in'));
  await assert.rejects(people.call('login', { email: EMAIL, password: PASSWORD }), fails('invalid_login'));
});

test('a reset by mail ends every session, and its code works once', async (t) => {
  const people = startPeople(t);
  const session = await people.signUp();
  await people.call('password-reset-request', { email: EMAIL });
  const body = { email: EMAIL, code: await people.codeMailed(), new_password: 'eight blue tricycles' };
  await people.call('password-reset', body);
  await assert.rejects(people.call('session', {}, session), fails('not_signed_in'));
  await assert.rejects(people.call('password-reset', body), fails('invalid_code'));
  await people.call('login', { email: EMAIL, password: body.new_password });
});

test('a reset by mail revokes every platform token, and its letter says what is left', async (t) => {
  const people = startPeople(t);
  const session = await people.signUp();
  const { body: made } = await people.call('platform-token-create', { name: 'ci' }, session);
  const { token } = made as { token: string };
  await people.call('password-reset-request', { email: EMAIL });
  const body = { email: EMAIL, code: await people.codeMailed(), new_password: 'eight blue tricycles' };
  await people.call('password-reset', body);
  await assert.rejects(people.call('platform-token-me', {}, token), fails('not_signed_in'));
  await people.mailer.idle();
  assert.match(people.outbox.mails().at(-1)?.text ?? '', /platform tokens were revoked.*credentials/s);
});

test('a changed password leaves the platform tokens, and the letter says so', async (t) => {
  const people = startPeople(t);
  const session = await people.signUp();
  const { body: made } = await people.call('platform-token-create', { name: 'ci' }, session);
  const { token } = made as { token: string };
  const body = { old_password: PASSWORD, new_password: 'eight blue tricycles' };
  await people.call('password-change', body, session);
  await people.call('platform-token-me', {}, token);
  await people.mailer.idle();
  assert.match(people.outbox.mails().at(-1)?.text ?? '', /platform tokens stay valid/i);
});

for (const act of ['login', 'password-change'] as const) {
  test(`a ${act} with the old password that a reset overtakes opens and changes nothing`, async (t) => {
    const path = makePeopleFile(t);
    const people = startPeople(t, {}, 32, path);
    // At another cost, so that a login would also write a hash of the password that it was given.
    const session = await (act === 'login' ? startPeople(t, {}, 16, path) : people).signUp();
    await people.call('password-reset-request', { email: EMAIL });
    const reset = { email: EMAIL, code: await people.codeMailed(), new_password: 'eight blue tricycles' };
    const { verify } = people.passwords;
    people.passwords.verify = async (...given) => {
      people.passwords.verify = verify;
      const isRight = await verify(...given);
      await people.call('password-reset', reset);
      return isRight;
    };
    const body =
      act === 'login'
        ? { email: EMAIL, password: PASSWORD }
        : { old_password: PASSWORD, new_password: 'nine red unicycles' };
    await assert.rejects(people.call(act, body, act === 'login' ? '' : session), fails('invalid_login'));
    await people.call('login', { email: EMAIL, password: reset.new_password });
  });
}

test('a password hashed at another cost is hashed anew at login', async (t) => {
  const path = makePeopleFile(t);
  const before = startPeople(t, {}, 32, path);
  await before.signUp();
  const after = startPeople(t, {}, 64, path);
  const login = () => after.workOf(() => after.call('login', { email: EMAIL, password: PASSWORD }));
  assert.deepEqual([(await login()).runs, (await login()).runs], [2, 1]);
});
