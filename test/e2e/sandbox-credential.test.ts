// A person tries things out with a sandbox credential of her own: documented inputs, documented answers, and no charge.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CHECK_1E, callAceData } from '../support/call-acedata.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { createManagementClient } from '../support/management-client.ts';
import type { NewAccount } from '../support/new-account.ts';
import { QUICK_PASSWORDS, type SignedUpPerson, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

/** Of the sandbox's table: a suspended line, and funds that are exhausted. */
const SUSPENDED_LINE = '16900000001';
const NO_FUNDS = '16900010304';

interface Listed {
  readonly count: number;
  readonly items: readonly Record<string, unknown>[];
}

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let ann: SignedUpPerson;
let eve: SignedUpPerson;
let operator: { authorization: string };
after(() => server?.kill());
const data = `${makeTemporaryDirectory({ after })}/data`;
const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });

before(async () => {
  server = await startServer({ data, args: QUICK_PASSWORDS });
  client = createManagementClient(server.port);
  const made = (await runJsonWithin(['operator', 'token', 'create', 'root', '--data', data])) as NewAccount;
  operator = bearer(made.token);
  ann = await signUpPerson(server, client, 'ann@example.org');
  eve = await signUpPerson(server, client, 'eve@example.org');
});

async function ask(line: string, body?: unknown, headers: Readonly<Record<string, string>> = ann.headers) {
  const { status, text, json } = await client.call(line, {
    headers,
    ...(body === undefined ? {} : { body }),
  });
  assert.ok(status < 300, `${line}: ${text}`);
  return json;
}
const list = async (line: string, headers?: Readonly<Record<string, string>>): Promise<Listed> =>
  (await ask(line, undefined, headers)) as unknown as Listed;
const call = (token: unknown, mobile: string) =>
  callAceData(server.port, { path: CHECK_1E, token: String(token), body: { mobile } });

test('a sandbox credential answers documented inputs without any service or money, and is shown as one', async () => {
  const made = await ask('POST /credentials', { name: 'trial', sandbox: true });
  assert.deepEqual([made.sandbox, made.user_id, made.name], [true, ann.accountId, 'trial']);
  const answer = await call(made.token, SUSPENDED_LINE);
  assert.deepEqual([answer.status, answer.json.result, answer.json.status_code], [200, '0', 1]);
  assert.equal((await call(made.token, NO_FUNDS)).status, 403);
  const { balance, services } = await ask('GET /balance');
  assert.deepEqual([balance, services], [0, []]);
  const { items } = await list('GET /credentials');
  assert.deepEqual(
    items.map(({ id, sandbox }) => [id, sandbox]),
    [[made.id, true]],
  );

  const rehearsed = await list('GET /usage/apis?sandbox=true');
  assert.equal(rehearsed.count, 2);
  for (const row of rehearsed.items) assert.deepEqual([row.credential_id, row.used_amount], [made.id, 0]);
  assert.equal((await list(`GET /usage/apis?credential_id=${made.id}`)).count, 2);
  assert.equal((await list('GET /usage/apis')).count, 0, 'live calls alone');
});

test('all sandbox credentials of an account share one sandbox account, and a live one stays live', async () => {
  const before = (await list('GET /operator/accounts?limit=100', operator)).count;
  await ask('POST /credentials', { sandbox: true });
  const live = await ask('POST /credentials', { sandbox: false });
  assert.equal((await list('GET /operator/accounts?limit=100', operator)).count, before);
  assert.equal(live.sandbox, false);
  assert.notEqual((await call(live.token, SUSPENDED_LINE)).status, 200, 'no service was acquired');
});

test("a sandbox credential is rotated, limited and revoked like another one, and is nobody else's", async () => {
  const made = await ask('POST /credentials', { sandbox: true });
  const { headers } = eve;
  for (const line of [`GET /credentials/${made.id}`, `DELETE /credentials/${made.id}`])
    assert.equal((await client.call(line, { headers })).status, 404);
  const usage = `GET /usage/apis?credential_id=${made.id}`;
  assert.equal((await client.call(usage, { headers })).status, 400);
  assert.equal((await list('GET /usage/apis?sandbox=true', headers)).count, 0);
  const changed = await ask(`PATCH /credentials/${made.id}`, { name: 'renamed', disabled: true });
  assert.deepEqual([changed.name, changed.disabled, changed.sandbox], ['renamed', true, true]);
  assert.equal((await call(made.token, SUSPENDED_LINE)).status, 403);
  await ask(`PATCH /credentials/${made.id}`, { disabled: false });
  const rotated = await ask(`POST /credentials/${made.id}/rotate`);
  assert.equal((await call(made.token, SUSPENDED_LINE)).status, 401);
  assert.equal((await call(rotated.token, SUSPENDED_LINE)).status, 200);
  await ask(`DELETE /credentials/${made.id}`);
  assert.equal((await call(rotated.token, SUSPENDED_LINE)).status, 401);
});

test('sandbox credentials are suspended and resumed with their account', async () => {
  const { token } = await ask('POST /credentials', { sandbox: true });
  await ask(`POST /operator/accounts/${ann.accountId}/suspend`, undefined, operator);
  assert.equal((await call(token, SUSPENDED_LINE)).status, 403);
  await ask(`POST /operator/accounts/${ann.accountId}/resume`, undefined, operator);
  assert.equal((await call(token, SUSPENDED_LINE)).status, 200);
});

test('a credential shows when it was used last, and nobody has used a new one', async () => {
  const made = await ask('POST /credentials', { name: 'used', sandbox: true });
  const lastUse = async () => (await ask(`GET /credentials/${made.id}`)).last_used_at;
  assert.equal(await lastUse(), null);
  const beforeMs = Date.now();
  await call(made.token, SUSPENDED_LINE);
  const usedMs = Date.parse(String(await lastUse()));
  assert.ok(usedMs >= beforeMs - 1 && usedMs <= Date.now() + 1);
  const { items } = await list(`GET /operator/accounts/${ann.accountId}/credentials`, operator);
  assert.ok(items.some(({ id, last_used_at: at }) => id === made.id && Date.parse(String(at)) === usedMs));
});

test('credentials are found by a part of their name, in any case, and by whether they are disabled', async () => {
  const made = await ask('POST /credentials', { name: 'Kiosk Nord', sandbox: true });
  await ask('POST /credentials', { name: 'Kiosk Süd', sandbox: true });
  await ask(`PATCH /credentials/${made.id}`, { disabled: true });
  const names = async (query: string) =>
    (await list(`GET /credentials?ordering=name&${query}`)).items.map(({ name }) => name);
  assert.deepEqual(await names('name=kiosk'), ['Kiosk Nord', 'Kiosk Süd']);
  assert.deepEqual(await names(`name=${encodeURIComponent('SÜD')}`), ['Kiosk Süd']);
  assert.deepEqual(await names('name=kiosk&disabled=true'), ['Kiosk Nord']);
  assert.deepEqual(await names('name=kiosk&disabled=false'), ['Kiosk Süd']);
  assert.equal((await list('GET /credentials?name=%25')).count, 0, 'no sign stands for others');
});
