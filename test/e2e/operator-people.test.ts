// What an operator does about one account's holder: credentials, platform tokens, sessions, a lost authenticator.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runJsonWithin } from '../support/command-within.ts';
import { eventually } from '../support/eventually.ts';
import { createManagementClient } from '../support/management-client.ts';
import { registerSecured, type SecuredPerson } from '../support/secured-person.ts';
import { QUICK_PASSWORDS, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const ANN = { email: 'ann@example.org', password: 'seven green bicycles' };
const data = `${makeTemporaryDirectory({ after })}/data`;
let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let operator: Record<string, string>;
let ann: SecuredPerson;
let path: string;
after(() => server?.stop());

before(async () => {
  server = await startServer({ data, args: QUICK_PASSWORDS });
  client = createManagementClient(server.port);
  const made = (await runJsonWithin(['operator', 'token', 'create', 'root', '--data', data])) as {
    token: string;
  };
  operator = { authorization: `Bearer ${made.token}` };
  ann = await registerSecured(server, client, ANN);
  const { json } = await client.call('GET /people/session', { headers: ann.headers });
  path = `/operator/accounts/${json.account_id}`;
});

const act = (line: string) => client.call(line, { headers: operator });
const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });
const itemsOf = ({ json }: { readonly json: Record<string, unknown> }) =>
  json.items as readonly Record<string, unknown>[];

/** Acts of the operator, newest first. */
async function audited(): Promise<readonly unknown[]> {
  return itemsOf(await act('GET /operator/audit?actor=operator:root&limit=100')).map((one) => one.act);
}

test('the audit log names a person as the list of accounts does: by the account, the address masked', async () => {
  const { json } = await client.call('GET /people/session', { headers: ann.headers });
  const { text, ...listed } = await act(`GET /operator/audit?actor=person:${json.id}&limit=1`);
  const [acted] = itemsOf(listed);
  const [account] = itemsOf(await act('GET /operator/accounts?name=Self-service'));
  assert.deepEqual(acted?.person, {
    account_id: json.account_id,
    name: account?.name,
    email: 'a***@example.org',
  });
  assert.ok(!text.includes(ANN.email));
  const [own] = itemsOf(await act('GET /operator/audit?act=operator.token-create&limit=1'));
  assert.equal(own?.person, null, 'whoever made the token is no person with an account');
});

test("an operator lists, rotates and revokes an account's credentials, and each act is audited", async () => {
  await client.call('POST /applications', { headers: ann.headers, body: { service_id: 'line-status' } });
  const made = await client.call('POST /credentials', { headers: ann.headers, body: { name: 'till' } });
  const status = async (token: unknown) =>
    (await client.call('GET /balance', { headers: bearer(token) })).status;
  const listed = await act(`GET ${path}/credentials`);
  assert.deepEqual(
    itemsOf(listed).map(({ id, name }) => [id, name]),
    [[made.json.id, 'till']],
  );
  assert.ok(!listed.text.includes(String(made.json.token)), 'masked');
  const one = `${path}/credentials/${made.json.id}`;
  const rotated = await act(`POST ${one}/rotate`);
  assert.deepEqual([await status(made.json.token), await status(rotated.json.token)], [401, 200]);
  assert.equal((await act(`DELETE ${one}`)).status, 204);
  assert.equal(await status(rotated.json.token), 401);
  assert.equal((await act(`DELETE ${one}`)).status, 404);
  const applications = itemsOf(await act(`GET ${path}/applications`));
  assert.deepEqual(
    applications.map(({ service }) => service),
    ['line-status'],
  );
  assert.deepEqual((await audited()).slice(0, 4), [
    'account.applications',
    'key.revoked',
    'key.rotate',
    'account.credentials',
  ]);
});

test("an operator revokes platform tokens and ends the sessions of an account's holder, at once", async () => {
  const session = async () => (await client.call('GET /people/session', { headers: ann.headers })).status;
  const balance = async () =>
    (await client.call('GET /balance', { headers: bearer(ann.platformToken) })).status;
  const [token] = itemsOf(await act(`GET ${path}/platform-tokens`));
  assert.deepEqual([await session(), await balance()], [200, 200]);
  assert.equal((await act(`DELETE ${path}/platform-tokens/${token?.id}`)).status, 204);
  assert.equal((await act(`DELETE ${path}/platform-tokens/${token?.id}`)).status, 404);
  assert.deepEqual([await session(), await balance()], [200, 401]);
  const { json } = await client.call('POST /platform-tokens', { headers: ann.headers, body: {} });
  assert.equal((await act(`DELETE ${path}/platform-tokens`)).status, 204);
  assert.equal((await client.call('GET /balance', { headers: bearer(json.token) })).status, 401);
  assert.equal((await act(`DELETE ${path}/sessions`)).status, 204);
  assert.equal(await session(), 401);
  const acts = await audited();
  for (const name of ['person.tokens', 'person.token-revoke', 'person.tokens-revoke', 'person.sessions-end'])
    assert.ok(acts.includes(name), name);
});

test('the holder of a suspended account gets no platform token, as it gets no credential, and one again when it is resumed', async () => {
  const eve = await signUpPerson(server, client, 'eve@example.org');
  const make = async () => {
    const { status, text } = await client.call('POST /platform-tokens', { headers: eve.headers, body: {} });
    return [status, text.includes('The account is suspended.')];
  };
  await act(`POST /operator/accounts/${eve.accountId}/suspend`);
  assert.deepEqual(await make(), [403, true]);
  await act(`POST /operator/accounts/${eve.accountId}/resume`);
  assert.deepEqual(await make(), [201, false]);
});

test('an operator sees where a holder is signed in and ends one session: it opens nothing any more, the others do', async () => {
  const bob = await signUpPerson(server, client, 'bob@example.org');
  const { cookie } = await client.call('POST /people/login', {
    body: { email: 'bob@example.org', password: ANN.password },
  });
  const second = client.withSession(cookie);
  const sessions = `/operator/accounts/${bob.accountId}/sessions`;
  const listed = await act(`GET ${sessions}?ordering=created_at`);
  const [oldest, newest, ...more] = itemsOf(listed);
  assert.deepEqual(more, []);
  assert.deepEqual(Object.keys(oldest ?? {}), ['id', 'created_at', 'used_at', 'expires_at']);
  assert.ok(!listed.text.includes(cookie.split('=')[1] ?? ''), 'no secret');
  assert.equal((await act(`DELETE ${sessions}/${newest?.id}`)).status, 204);
  const status = async (headers: Readonly<Record<string, string>>) =>
    (await client.call('GET /people/session', { headers })).status;
  assert.deepEqual([await status(second), await status(bob.headers)], [401, 200]);
  assert.equal((await act(`DELETE ${sessions}/${newest?.id}`)).status, 404);
  assert.equal((await act(`DELETE ${path}/sessions/${oldest?.id}`)).status, 404, "not of another account's");
  assert.equal(await status(bob.headers), 200);
  assert.deepEqual((await audited()).slice(0, 2), ['person.session-end', 'person.sessions']);
});

test('after an operator removed a lost authenticator the password alone signs in, and its holder is told', async () => {
  const logIn = () => client.call('POST /people/login', { body: ANN });
  assert.equal((await logIn()).status, 401, 'the authenticator is asked for');
  assert.equal((await act(`DELETE ${path}/totp`)).status, 204);
  assert.equal((await logIn()).status, 200);
  assert.equal((await act(`DELETE ${path}/totp`)).status, 409, 'there is none now');
  assert.ok((await audited()).includes('person.totp-remove'));
  await eventually(() => /authenticator/i.test(server.stderr()), 'the mail is printed');
});

test('an account that an operator made has no holder to act on', async () => {
  const { accountId } = (await runJsonWithin(['account', 'create', '--name', 'Shop', '--data', data])) as {
    accountId: string;
  };
  for (const what of ['platform-tokens', 'sessions', 'totp'])
    assert.equal((await act(`DELETE /operator/accounts/${accountId}/${what}`)).status, 404, what);
  assert.equal((await act(`GET /operator/accounts/999/credentials`)).status, 404);
});
