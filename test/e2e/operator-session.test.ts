// An operator's way into the console, over HTTP: the link of the first start, one session, its cookie, its end.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runJsonWithin } from '../support/command-within.ts';
import { createManagementClient } from '../support/management-client.ts';
import { QUICK_PASSWORDS, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
after(() => server?.kill());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  server = await startServer({ data, args: ['--first-run', ...QUICK_PASSWORDS] });
  client = createManagementClient(server.port);
});

const newLink = async (name: string): Promise<string> => {
  const { link } = (await runJsonWithin(['operator', 'link', name, '--data', data])) as { link: string };
  return linkIn(link);
};
const linkIn = (address: string): string => new URL(address).hash.slice(1);
const enter = (link: string, headers: Record<string, string> = {}) =>
  client.call('POST /operator/session', { body: { link }, headers });

test('the link of the first start signs in once, and its cookie can be read by no page and comes from no other site', async () => {
  const { operatorLink, console } = JSON.parse(server.stdout()) as { operatorLink: string; console: string };
  assert.equal(console, `${server.url}/console`);
  assert.ok(operatorLink.startsWith(`${server.url}/console/operator/sign-in#lpl_`));
  const first = await enter(linkIn(operatorLink));
  assert.equal(first.status, 201, first.text);
  const [cookie = ''] = first.headers['set-cookie'] as string[];
  assert.match(cookie, /; Path=\/; Max-Age=28800; HttpOnly; SameSite=Strict$/);
  const headers = client.withSession(first.cookie);
  assert.equal((await client.call('GET /operator/accounts', { headers })).status, 200);
  const { json } = await client.call('GET /visitor', { headers });
  assert.deepEqual([json.kind, json.person, json.operator], ['operator', null, { name: 'operator' }]);
  assert.equal((await enter(linkIn(operatorLink))).status, 400);
});

test('of many who use one link at once, one gets in', async () => {
  const link = await newLink('ann');
  const answers = await Promise.all(Array.from({ length: 20 }, () => enter(link)));
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
});

test('a session that has ended opens nothing any longer, and one that was revoked neither', async () => {
  const headersOf = async () => client.withSession((await enter(await newLink('bob'))).cookie);
  const ended = await headersOf();
  assert.equal((await client.call('DELETE /operator/session', { headers: ended })).status, 204);
  assert.equal((await client.call('GET /operator/accounts', { headers: ended })).status, 401);
  assert.equal((await client.call('GET /visitor', { headers: ended })).json.kind, 'nobody');

  const revoked = await headersOf();
  const listed = (await runJsonWithin(['operator', 'token', 'list', '--data', data])) as {
    id: number;
    kind: string;
    name: string;
  }[];
  const session = listed.find(({ kind, name }) => kind === 'session' && name === 'bob');
  await runJsonWithin(['operator', 'token', 'revoke', String(session?.id), '--data', data]);
  assert.equal((await client.call('GET /operator/accounts', { headers: revoked })).status, 401);
});

test('what lets operators in is listed without its secret, and what is revoked there lets nobody in from the next call on', async () => {
  const own = client.withSession((await enter(await newLink('mia'))).cookie);
  const made = (await runJsonWithin(['operator', 'token', 'create', 'till', '--data', data])) as {
    id: number;
    token: string;
  };
  const unused = await newLink('nick');
  const other = client.withSession((await enter(await newLink('olga'))).cookie);
  const list = async () => {
    const { json, text } = await client.call('GET /operator/tokens?limit=100', { headers: own });
    for (const secret of [made.token, unused, own.cookie.split('=')[1] ?? ''])
      assert.ok(!text.includes(secret.slice(-20)), 'no secret');
    return json.items as { id: number; kind: string; name: string; state: string; current: boolean }[];
  };
  const idOf = async (name: string, kind: string) =>
    (await list()).find((one) => one.name === name && one.kind === kind)?.id;
  const revoke = async (id: number | string | undefined) =>
    (await client.call(`DELETE /operator/tokens/${id}`, { headers: own })).status;
  assert.deepEqual(
    (await list()).filter(({ current }) => current).map(({ name, kind }) => [name, kind]),
    [['mia', 'session']],
  );
  const session = await idOf('olga', 'session');
  for (const id of [made.id, session, await idOf('nick', 'link')]) assert.equal(await revoke(id), 204);
  const bearer = { authorization: `Bearer ${made.token}` };
  for (const headers of [bearer, other])
    assert.equal((await client.call('GET /operator/accounts', { headers })).status, 401);
  assert.equal((await enter(unused)).status, 400);
  assert.equal((await list()).find(({ id }) => id === made.id)?.state, 'revoked');
  assert.deepEqual([await revoke(made.id), await revoke(999), await revoke('x')], [409, 404, 404]);
  const { json } = await client.call('GET /operator/audit?actor=operator:mia&limit=100', { headers: own });
  const acts = (json.items as { act: string; subject: string }[]).map(
    ({ act, subject }) => `${act} ${subject}`,
  );
  for (const act of ['token-revoke till', 'token-revoke olga', 'token-revoke nick', 'tokens operators'])
    assert.ok(acts.includes(`operator.${act}`), act);
});

test('what a link, a session and a bearer token open is not opened by another of them', async () => {
  const link = await newLink('eve');
  const { token } = (await runJsonWithin(['operator', 'token', 'create', 'ci', '--data', data])) as {
    token: string;
  };
  const withBearer = (value: string) => ({ headers: { authorization: `Bearer ${value}` } });
  assert.equal((await client.call('GET /operator/accounts', withBearer(token))).status, 200);
  assert.equal((await client.call('GET /operator/accounts', withBearer(link))).status, 401);
  assert.equal((await enter(token)).status, 400);
  const { cookie } = await enter(link);
  const value = cookie.replace(/^[^=]*=/, '');
  assert.equal((await client.call('GET /operator/accounts', withBearer(value))).status, 401);
  const bearer = await client.call('DELETE /operator/session', withBearer(token));
  assert.equal(bearer.status, 409, 'a bearer token has no session to end');
});

test('another site can neither sign an operator in nor act in the name of one', async () => {
  const foreign = { origin: 'https://evil.example' };
  const link = await newLink('ann');
  assert.equal((await enter(link, foreign)).status, 403);
  const { cookie } = await enter(link);
  const accounts = await client.call('GET /operator/accounts', { headers: client.withSession(cookie) });
  const [{ account_id: id } = { account_id: '' }] = accounts.json.items as { account_id: string }[];
  for (const headers of [{ cookie, ...foreign }, { cookie }, { cookie, 'sec-fetch-site': 'same-site' }]) {
    const refused = await client.call(`POST /operator/accounts/${id}/suspend`, { headers, body: {} });
    assert.equal(refused.status, 403, JSON.stringify(headers));
  }
});

test("a person's session opens no operator's call, and an operator's none of a person's", async () => {
  const { headers } = await signUpPerson(server, client, 'ann@example.org');
  assert.equal((await client.call('GET /operator/accounts', { headers })).status, 403);
  const operator = client.withSession((await enter(await newLink('ann'))).cookie);
  assert.equal((await client.call('GET /credentials', { headers: operator })).status, 403);
  assert.equal((await client.call('GET /usage/apis', { headers: operator })).status, 200);
});

test('signing in and out stands in the audit log under the name of the link, and no secret does', async () => {
  const link = await newLink('zoe');
  const { cookie } = await enter(link);
  const headers = client.withSession(cookie);
  const { json, text } = await client.call('GET /operator/audit?limit=50', { headers });
  const acts = (json.items as { act: string; actor: string; subject: string }[]).filter(
    ({ subject }) => subject === 'zoe',
  );
  assert.deepEqual(
    acts.map(({ act, actor }) => [act, actor.startsWith('cli:') ? 'cli' : actor]),
    [
      ['operator.sign-in', 'operator:zoe'],
      ['operator.link-create', 'cli'],
    ],
  );
  assert.ok(!text.includes(link.slice(4)) && !text.includes(cookie.slice(-20)));
});

test('every visitor is told the currency, the time zone of days and whom to ask, as the operator has set them', async (t) => {
  const { json } = await client.call('GET /visitor', {});
  assert.deepEqual([json.currency, json.support_contact], [{ code: 'CNY', minor_digits: 2 }, null]);
  const args = [
    ...['--currency', 'KWD', '--support-contact', 'https://help.example/desk'],
    ...['--time-zone', 'Asia/Kuwait'],
  ];
  const other = await startServer({ data: join(makeTemporaryDirectory(t), 'data'), args });
  try {
    const told = (await createManagementClient(other.port).call('GET /visitor', {})).json;
    assert.equal(told.kind, 'nobody');
    assert.deepEqual(told.currency, { code: 'KWD', minor_digits: 3 });
    assert.equal(told.support_contact, 'https://help.example/desk');
    assert.equal(told.time_zone, 'Asia/Kuwait');
  } finally {
    await other.kill();
  }
});
