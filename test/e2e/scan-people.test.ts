// Everything that people of the self-service leave on disk is searched for their addresses, passwords, codes, authenticator
// secrets, tokens and sessions.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { CHECK_1E, callAceData } from '../support/call-acedata.ts';
import { runCommand } from '../support/command-line.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { findTraces, listFiles } from '../support/find-traces.ts';
import { codeMailedTo } from '../support/mailed-code.ts';
import { createManagementClient } from '../support/management-client.ts';
import { registerSecured, totpNow } from '../support/secured-person.ts';
import { startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const PERSON = { email: 'scanned.person@mail.example.org', password: 'seven green bicycles' };
const NEW_PASSWORD = 'eight blue tricycles';
const STRANGER = 'nobody.at.all@mail.example.org';
const WRONG_PASSWORD = 'nine violet unicycles';

const root = makeTemporaryDirectory({ after });
const left = join(root, 'left');
/** By name: a failure must not repeat the secret. */
const secrets: Record<string, string> = {
  email: PERSON.email,
  password: PERSON.password,
  NEW_PASSWORD,
  STRANGER,
  WRONG_PASSWORD,
};

/** Six digits each. */
const mailed: string[] = [];
const ASK_EVERY_MS = 20;

/** The outbox of development prints mails for the person at the terminal; a log holds none of them. */
const withoutMails = (text: string): string => text.replace(/^-- mail \(outbox[\s\S]*?^--$/gm, '');

before(async () => {
  mkdirSync(left);
  const data = join(left, 'data');
  const server = await startServer({
    data,
    args: [
      ...['--log-level', 'trace', '--log-requests', 'all'],
      ...['--password-memory-kib', '8192', '--password-passes', '1'],
    ],
  });
  try {
    const client = createManagementClient(server.port);
    const secured = await registerSecured(server, client, PERSON);
    const { headers, recoveryCodes, totpSecret } = secured;
    Object.assign(secrets, { session: secured.sessionId, totpSecret, platformToken: secured.platformToken });
    for (const [index, code] of recoveryCodes.entries()) secrets[`recovery code ${index}`] = code;
    mailed.push(secured.code);

    for (const [email, password] of [
      [PERSON.email, WRONG_PASSWORD],
      [STRANGER, WRONG_PASSWORD],
    ])
      await client.call('POST /people/login', { body: { email, password, totp: totpNow(totpSecret) } });
    const body = { ...PERSON, totp: recoveryCodes[0] };
    const login = await client.call('POST /people/login', { body });
    assert.equal(login.status, 200, login.text);
    secrets.secondSession = login.cookie.split('=')[1] ?? '';

    const made = await client.call('POST /credentials', { headers, body: { name: 'shop' } });
    assert.equal(made.status, 201, made.text);
    Object.assign(secrets, { token: String(made.json.token), secretKey: String(made.json.secret_key) });
    await callAceData(server.port, {
      token: secrets.token ?? '',
      path: CHECK_1E,
      body: { mobile: '13800138000' },
    });
    for (const line of [
      'GET /credentials',
      'GET /platform-tokens',
      'GET /people/session',
      `GET /nowhere/${PERSON.email}`,
    ])
      await client.call(line, { headers });

    await client.call('POST /people/password/reset-request', { body: { email: PERSON.email } });
    const code = await otherCode(server, secured.code);
    mailed.push(code);
    const reset = { email: PERSON.email, code, new_password: NEW_PASSWORD };
    const done = await client.call('POST /people/password/reset', { body: reset });
    assert.equal(done.status, 204, done.text);
    // One that is still waiting when the process ends.
    await client.call('POST /people/password/reset-request', { body: { email: PERSON.email } });
    mailed.push(await otherCode(server, code));

    await runJsonWithin(['backup', join(left, 'backup'), '--data', data]);
    writeFileSync(join(left, 'metrics'), await (await fetch(`${server.url}/metrics`)).text());
    const { stdout, stderr } = await runCommand(['account', 'audit', '--json', '--data', data]);
    writeFileSync(join(left, 'audit'), stdout + stderr);
    // Everything as it lies there after kill -9, write-ahead logs included.
    await server.kill();
  } finally {
    await server.kill();
    writeFileSync(join(left, 'server.log'), server.stdout() + withoutMails(server.stderr()));
  }
});

/** The code of the next mail; two codes are alike once in a million. */
async function otherCode(server: { stderr(): string }, last: string): Promise<string> {
  let code = last;
  while (code === last) {
    await delay(ASK_EVERY_MS);
    code = await codeMailedTo(server, PERSON.email);
  }
  return code;
}

test('no address, password, code, authenticator secret, token or session is in any file left behind', () => {
  const files = listFiles(left).map((file) => file.slice(left.length));
  for (const wanted of [
    /data\/people\.db$/,
    /accounts\.db$/,
    /usage\.db$/,
    /backup\/people\.db$/,
    /server\.log$/,
  ])
    assert.ok(
      files.some((file) => wanted.test(file)),
      `${wanted} is not among ${files.join(' ')}`,
    );
  const names = Object.keys(secrets);
  assert.ok(Object.values(secrets).every((secret) => secret.length >= 8));
  const found = findTraces(left, Object.values(secrets));
  assert.deepEqual(
    found.map(({ file, form, text }) => `${names[text]} in ${file.slice(left.length)} as ${form}`),
    [],
  );
});

test('no mailed code is in any file as a number of its own', () => {
  assert.equal(mailed.length, 3);
  // Six digits are also part of longer numbers and of random bytes in other forms.
  const places = (codes: readonly string[]) =>
    listFiles(left).filter((file) => {
      const content = readFileSync(file, 'latin1');
      return codes.some((code) => new RegExp(`(?<!\\d)${code}(?!\\d)`).test(content));
    });
  assert.deepEqual(places(mailed), []);
  const planted = join(left, 'data', 'planted-code');
  writeFileSync(planted, `code=${mailed[0]};`);
  assert.deepEqual(places(mailed), [planted]);
});

test('a planted address and session are found in the same files', () => {
  const planted = { address: PERSON.email, session: secrets.session ?? '' };
  for (const [name, text] of Object.entries(planted)) {
    writeFileSync(join(left, 'data', `planted-${name}`), Buffer.from(`x${text}`).toString('base64'));
    assert.ok(
      findTraces(left, [text]).some(({ file }) => file.endsWith(`planted-${name}`)),
      name,
    );
  }
});
