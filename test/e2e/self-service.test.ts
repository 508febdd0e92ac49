// From registration to the bill over HTTP: acquire, get a credential, call, see what it cost; what an operator does about it;
// and what somebody else tries with it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { runJsonWithin } from '../support/command-within.ts';
import { codeMailedTo } from '../support/mailed-code.ts';
import { createManagementClient } from '../support/management-client.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const PASSWORD = 'seven green bicycles';
const USAGE_WITHIN_MS = 10_000;
const ACCEPTED_BY = 'person';

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let operator: { authorization: string };
after(() => server?.kill());
const data = `${makeTemporaryDirectory({ after })}/data`;
const subscriber = makePerson(1);

interface Owner {
  readonly headers: Record<string, string>;
  readonly accountId: string;
}

interface Listed {
  readonly count: number;
  readonly items: readonly Record<string, unknown>[];
}

async function signUp(email: string): Promise<Owner> {
  const person = { email, password: PASSWORD };
  await client.call('POST /people/register', { body: person });
  const body = { ...person, code: await codeMailedTo(server, email) };
  const { cookie, json } = await client.call('POST /people/confirm', { body });
  return { headers: client.withSession(cookie), accountId: String(json.account_id) };
}

async function check(token: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${server.url}/identity/phone/check-1e`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ mobile: subscriber.number }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

before(async () => {
  server = await startServer({
    data,
    args: ['--password-memory-kib', '8192', '--password-passes', '1', '--free-quota', '{"line-status":2}'],
  });
  client = createManagementClient(server.port);
  await importPeople(data, [subscriber]);
  const made = (await runJsonWithin(['operator', 'token', 'create', 'root', '--data', data])) as {
    token: string;
  };
  operator = { authorization: `Bearer ${made.token}` };
});

test('a person acquires a service once, gets a credential, calls, and sees the call and what is left', async () => {
  const { headers, accountId } = await signUp('ann@example.org');
  const { json: service } = await client.call('GET /services/line-status', { headers });
  assert.equal(service.applied, false);
  const acquired = await client.call('POST /applications/', { headers, body: { service_id: service.id } });
  assert.equal(acquired.status, 201, acquired.text);
  assert.equal(acquired.json.remaining_amount, 2);
  const again = await client.call('POST /applications/', { headers, body: { service_id: 'line-status' } });
  assert.deepEqual([again.status, again.json.code], [400, 'duplication']);
  assert.equal((await client.call('GET /services/line-status', { headers })).json.applied, true);
  assert.equal((await client.call('GET /services/line-status')).json.applied, false, 'for a stranger');

  const wanted = { application_id: acquired.json.id, name: 'shop' };
  const made = await client.call('POST /credentials', { headers, body: wanted });
  assert.equal(made.status, 201, made.text);
  const token = String(made.json.token);
  const first = await check(token);
  assert.deepEqual([first.status, first.body.result], [200, '0'], JSON.stringify(first.body));

  const credential = { authorization: `Bearer ${token}` };
  const { json: left } = await client.call('GET /balance', { headers: credential });
  assert.deepEqual([left.account_id, left.balance], [accountId, 0]);
  assert.equal((left.services as { remaining_amount: number }[])[0]?.remaining_amount, 1);
  let usage: Listed = { count: 0, items: [] };
  for (let waitedMs = 0; usage.count === 0 && waitedMs < USAGE_WITHIN_MS; waitedMs += 50) {
    usage = (await client.call('GET /usage/apis/', { headers })).json as unknown as Listed;
    await delay(50);
  }
  const [row] = usage.items;
  assert.equal(row?.credential_id, made.json.id);
  assert.equal(row?.application_id, acquired.json.id);
  assert.deepEqual([row?.user_id, row?.actor_user_id], [accountId, accountId]);
  assert.equal(acquired.json.used_amount, 0);
  const { json: application } = await client.call(`GET /applications/${acquired.json.id}`, { headers });
  assert.deepEqual([application.used_amount, application.remaining_amount], [1, 1]);
  const sample = await client.call(`GET /apis/${row?.api_id}/usage`, { headers: credential });
  const { api_id: api, trace_id: trace, status_code: status } = row ?? {};
  assert.deepEqual(
    JSON.parse(sample.text).map(
      ({ elapsed: _elapsed, created_at: _at, ...one }: Record<string, unknown>) => one,
    ),
    [{ api_id: api, trace_id: trace, status_code: status }],
  );
  const stranger = await signUp('stranger@example.org');
  const seen = await client.call(`GET /apis/${row?.api_id}/usage`, { headers: stranger.headers });
  assert.deepEqual([seen.status, seen.text], [200, '[]'], "another account's calls are its own");

  const masked = `********${token.slice(-4)}`;
  assert.equal((row?.credential as Record<string, unknown>).token, masked, 'in usage');
  const listed = await client.call('GET /credentials?user_id=me', { headers });
  assert.equal((listed.json as unknown as Listed).items[0]?.token, masked);
  assert.ok(!listed.text.includes(token) && !listed.text.includes(String(made.json.secret_key)));
  const rotated = await client.call(`POST /credentials/${made.json.id}/rotate`, { headers });
  assert.equal(rotated.status, 200, rotated.text);
  assert.equal((await check(token)).status, 401, 'the old token is dead at once');
  const { json: renewed } = await client.call(`GET /credentials/${made.json.id}`, { headers });
  assert.equal(renewed.token, `********${String(rotated.json.token).slice(-4)}`);
  assert.equal((await check(String(rotated.json.token))).status, 200);
  assert.equal((await client.call(`DELETE /credentials/${made.json.id}`, { headers })).status, 204);
  assert.equal((await check(String(rotated.json.token))).status, 401);
  assert.equal((await client.call(`GET /credentials/${made.json.id}`, { headers })).status, 404);
});

test('limits of a credential hold, are seen, and are changed or taken away by its owner', async () => {
  const { headers, accountId } = await signUp('bob@example.org');
  await client.call('POST /applications', { headers, body: { service_id: 'line-status' } });
  await client.call(`POST /operator/accounts/${accountId}/top-up`, {
    headers: operator,
    body: { amount: 1000 },
  });
  const made = await client.call('POST /credentials', { headers, body: { limited_amount: 1 } });
  const token = String(made.json.token);
  assert.equal((await check(token)).status, 200);
  assert.notEqual((await check(token)).status, 200, 'one call was all');
  const changed = await client.call(`PATCH /credentials/${made.json.id}`, {
    headers,
    body: { limited_amount: null, caps: { calls_per_day: 2 } },
  });
  assert.equal(changed.json.limited_amount, null, changed.text);
  assert.deepEqual((changed.json.caps as Record<string, unknown>).calls_per_day, 2);
  assert.equal((await check(token)).status, 200);
  assert.notEqual((await check(token)).status, 200, 'two calls a day');
  const off = await client.call(`PATCH /credentials/${made.json.id}`, { headers, body: { disabled: true } });
  assert.equal(off.json.disabled, true);
  for (const body of [
    { expired_at: '2001-01-01T00:00:00Z' },
    { expired_at: 'soon' },
    { allowed_api_ids: [] },
    { allowed_api_ids: ['unknown'] },
    { limited_amount: -1 },
    { limited_amount: 1.5 },
    { caps: { calls_per_day: 'many' } },
    { limit_amount: 1 },
    { caps: { call_per_day: 1 } },
  ])
    assert.equal(
      (await client.call('POST /credentials', { headers, body })).status,
      400,
      JSON.stringify(body),
    );
});

test('an API that is allowed is allowed under every protocol, and the answer lists the ids of all of them', async () => {
  const { headers } = await signUp('carol@example.org');
  await client.call('POST /applications', { headers, body: { service_id: 'line-status' } });
  const { json } = await client.call('GET /apis?service=line-status', { headers });
  const apis = (json as unknown as Listed).items;
  const one = apis.find(({ path }) => path === '/identity/phone/check-1e');
  const made = await client.call('POST /credentials', { headers, body: { allowed_api_ids: [one?.id] } });
  assert.equal(made.status, 201, made.text);
  assert.deepEqual(
    made.json.allowed_api_ids,
    apis.filter(({ action }) => action === one?.action).map(({ id }) => id),
  );
  assert.equal((made.json.allowed_api_ids as string[]).length, 2);
  assert.equal((await check(String(made.json.token))).status, 200);
});

test("what is another account's is as unknown as what does not exist", async () => {
  const [eve, ann] = [await signUp('eve@example.org'), await signUp('dan@example.org')];
  const application = await client.call('POST /applications', {
    ...ann,
    body: { service_id: 'line-status' },
  });
  const credential = await client.call('POST /credentials', { ...ann, body: {} });
  const { headers } = eve;
  const attempts: readonly (readonly [string, number, object])[] = [
    [`GET /applications/${application.json.id}`, 404, {}],
    ['POST /credentials', 404, { body: { application_id: application.json.id } }],
    [`GET /credentials/${credential.json.id}`, 404, {}],
    [`PATCH /credentials/${credential.json.id}`, 404, { body: { name: 'mine' } }],
    [`POST /credentials/${credential.json.id}/rotate`, 404, {}],
    [`DELETE /credentials/${credential.json.id}`, 404, {}],
    [`GET /applications?user_id=${ann.accountId}`, 403, {}],
    [`GET /credentials?user_id=${ann.accountId}`, 403, {}],
    ['GET /operator/accounts', 403, {}],
    [`POST /operator/accounts/${eve.accountId}/top-up`, 403, { body: { amount: 1 } }],
  ];
  for (const [line, status, more] of attempts)
    assert.equal((await client.call(line, { headers, ...more })).status, status, line);
  const token = { authorization: `Bearer ${credential.json.token}` };
  for (const line of [
    'GET /credentials',
    'POST /credentials',
    'GET /operator/accounts',
    'GET /people/session',
  ])
    assert.equal((await client.call(line, { headers: token })).status, 401, `a credential at ${line}`);
  assert.equal((await check(String(credential.json.token))).status, 200, 'nothing of it did anything');
});

test('an operator acts across accounts, and each act and look-up is in the audit log with who, before and after', async () => {
  const { headers, accountId } = await signUp('fay@example.org');
  const path = `/operator/accounts/${accountId}`;
  const act = (line: string, body?: unknown) => client.call(line, { headers: operator, body });
  assert.equal((await act(`POST ${path}/top-up`, { amount: 500 })).json.balance, 500);
  assert.equal((await act(`POST ${path}/suspend`)).json.state, 'suspended');
  for (const [amount, status] of [
    [20, 200],
    [20, 200],
    [21, 409],
  ])
    assert.equal(
      (
        await client.call(`POST ${path}/top-up`, {
          headers: { ...operator, 'idempotency-key': 'till-1' },
          body: { amount, reference: 'invoice 17' },
        })
      ).status,
      status,
    );
  assert.equal((await act(`POST ${path}/top-up`, { amount: 5, reference: 'a\nb' })).status, 400);
  const refused = await client.call('POST /applications', { headers, body: { service_id: 'line-status' } });
  assert.equal(refused.status, 403);
  assert.equal((await act(`POST ${path}/resume`)).json.state, 'active');
  assert.equal((await act(`POST ${path}/resume`)).status, 409, 'it is not suspended');
  const limited = await act(`PATCH ${path}/limits`, { daily_limit: 7, caps: { minor_per_day: 100 } });
  assert.equal(limited.json.daily_limit, 7, limited.text);
  assert.equal((await act('PATCH /operator/prices', { 'line-status': 33 })).json['line-status'], 33);
  assert.equal((await act('PATCH /operator/prices', { nothing: 1 })).status, 400);
  const found = await act('POST /operator/numbers/look-up', { number: subscriber.number });
  assert.equal(found.json.found, true, found.text);
  assert.ok(!found.text.includes(subscriber.number.slice(-8)), 'masked');
  const shown = await act(`GET ${path}`);
  assert.equal(shown.json.balance, 520);
  assert.equal((await act('GET /operator/accounts/999')).status, 404);
  assert.equal(shown.json.email, 'fay@example.org');
  assert.match(String(shown.json.created_at), /^20\d\d-/);
  const list = async (query: string) =>
    (await act(`GET /operator/accounts?${query}`)).json as unknown as Listed;
  const searched = async (email: string) =>
    (await act('POST /operator/accounts/search', { email })).json as unknown as Listed;
  const { items: hers } = await searched('FAY@example.org');
  assert.deepEqual(
    hers.map((one) => [one.account_id, one.person_id, one.email]),
    [[accountId, shown.json.person_id, 'f***@example.org']],
  );
  assert.equal((await searched('nobody@example.org')).count, 0);
  assert.equal((await act('POST /operator/accounts/search', { email: 'fay' })).status, 400);
  assert.equal((await act('GET /operator/accounts?email=fay@example.org')).status, 400, 'in no address');
  assert.ok((await list('state=suspended')).items.every(({ state }) => state === 'suspended'));
  assert.equal((await list('name=no%25such')).count, 0, 'a percent sign is only itself');
  assert.ok(!(await act('GET /operator/accounts?limit=100')).text.includes('fay@'), 'masked in lists');
  const onCommandLine = async (...args: readonly string[]) => runJsonWithin([...args, '--data', data]);
  const [listed] = (await onCommandLine('account', 'list', '--email', 'fay@example.org')) as Listed['items'];
  assert.deepEqual([listed?.accountId, listed?.email], [accountId, 'f***@example.org']);
  const single = (await onCommandLine('account', 'show', accountId)) as Listed['items'][number];
  assert.deepEqual([single.email, single.personId], ['fay@example.org', shown.json.person_id]);
  assert.equal((await act(`GET /usage/apis?user_id=${accountId}`)).status, 200);
  assert.equal((await act('GET /usage/apis/export')).status, 200);

  const { items } = (await act('GET /operator/audit?limit=100')).json as unknown as Listed;
  const acts = items.filter(({ actor }) => actor === 'operator:root');
  const names = acts.map((one) => one.act);
  for (const name of [
    'account.topup',
    'account.suspend',
    'account.resume',
    'account.limits',
    'registry.look-up',
    'account.show',
    'account.search',
    'usage.list',
    'usage.export',
  ])
    assert.ok(names.includes(name), `${name} in ${names.join()}`);
  const search = async (query: string) =>
    (await act(`GET /operator/audit?${query}`)).json as unknown as Listed & { readonly next_cursor: number };
  const traced = await search(`number=${subscriber.number}&act=registry.look-up`);
  assert.deepEqual(
    traced.items.map((one) => [one.actor, one.act]),
    [['operator:root', 'registry.look-up']],
  );
  assert.deepEqual((await search('number=13899999999&act=registry.look-up')).items, []);
  const first = await search('actor=operator:root&limit=2');
  const next = await search(`actor=operator:root&limit=2&cursor=${first.next_cursor}`);
  assert.ok(Number(next.items[0]?.seq) < Number(first.items[1]?.seq));
  assert.equal((await search(`subject=${accountId}&act=account.topup`)).count, 2);
  assert.equal((await search('to=2020-01-01T00:00:00Z')).count, 0);
  assert.equal((await act('GET /operator/audit?from=yesterday')).status, 400);
  const topUp = acts.findLast((one) => one.act === 'account.topup' && one.subject === accountId);
  assert.deepEqual(
    [topUp?.before, topUp?.after].map((funds) => (funds as { balanceMinor: number }).balanceMinor),
    [0, 500],
  );
  assert.ok(!JSON.stringify(items).includes(subscriber.number.slice(-8)));
  assert.ok(!JSON.stringify(items).toLowerCase().includes('fay@'), 'no address');
  assert.ok(
    items.some(({ actor }) => String(actor).startsWith(`${ACCEPTED_BY}:`)),
    'people act too',
  );
});

test('the catalogue is the same for everybody, with prices as calls are charged', async () => {
  const { json } = await client.call('GET /apis?path=/identity/phone/check-3e');
  const [api] = (json as unknown as Listed).items;
  assert.deepEqual(api?.cost, [
    { conditions: { '==': [{ var: 'verify_mode' }, '1'] }, consumption: 80 },
    { conditions: {}, consumption: 50 },
  ]);
  const { json: one } = await client.call(`GET /apis/${api?.id}/`);
  assert.equal(one.path, '/identity/phone/check-3e');
  const definition = one.definition as {
    openapi: string;
    paths: Record<string, { post: { operationId: string } }>;
  };
  assert.deepEqual(Object.keys(definition.paths), ['/identity/phone/check-3e']);
  assert.equal(definition.paths['/identity/phone/check-3e']?.post.operationId, 'check-3e');
  assert.equal((await new Validator().validate(structuredClone(definition) as never)).valid, true);
  const { json: signed } = await client.call('GET /apis?service=line-tenure');
  const [tenure] = (signed as unknown as Listed).items;
  assert.equal((await client.call(`GET /apis/${tenure?.id}`)).json.definition, null);
  assert.equal((await client.call('GET /apis/unknown')).status, 404);
  const { json: own } = await client.call('GET /apis?path=/api/v1/verifications/{id}/check');
  const [check] = (own as unknown as Listed).items;
  const ofOwn = (await client.call(`GET /apis/${check?.id}`)).json.definition as { paths: object };
  assert.deepEqual(Object.keys(ofOwn.paths), ['/api/v1/verifications/{id}/check']);
  const services = (await client.call('GET /services/')).json as unknown as Listed;
  assert.deepEqual(
    services.items.map(({ alias }) => alias),
    ['line-status', 'line-tenure', 'identity-match', 'contact-verification'],
  );
});
