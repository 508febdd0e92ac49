// A client can always see what is left: of a credential's limited amount and caps, and of its account's caps, to the last
// charged call.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CHECK_1E, callAceData } from '../support/call-acedata.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { createManagementClient } from '../support/management-client.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { QUICK_PASSWORDS, type SignedUpPerson, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const PRICE = 20;
const FREE = 2;
const NOTHING = { calls_per_day: null, calls_per_month: null, minor_per_day: null, minor_per_month: null };
const ARGS = [
  ...[
    ...QUICK_PASSWORDS,
    '--time-zone',
    'UTC',
    '--rate-per-second',
    '1000',
    '--free-quota',
    `{"line-status":${FREE}}`,
  ],
  ...['--prices', `{"line-status":${PRICE}}`],
];

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let ann: SignedUpPerson;
let operator: { authorization: string };
after(() => server?.kill());
const data = `${makeTemporaryDirectory({ after })}/data`;
const subscriber = makePerson(1);
const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });

async function start(): Promise<void> {
  server = await startServer({ data, args: ARGS });
  client = createManagementClient(server.port);
}

before(async () => {
  await start();
  await importPeople(data, [subscriber]);
  const made = (await runJsonWithin(['operator', 'token', 'create', 'root', '--data', data])) as NewAccount;
  operator = bearer(made.token);
  ann = await signUpPerson(server, client, 'ann@example.org');
  await ask('POST /applications', { service_id: 'line-status' });
  await ask(`POST /operator/accounts/${ann.accountId}/top-up`, { amount: 10_000 }, operator);
});

async function ask(
  line: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = { ...ann.headers, origin: client.origin },
) {
  const { status, text, json } = await client.call(line, {
    headers,
    ...(body === undefined ? {} : { body }),
  });
  assert.ok(status < 300, `${line}: ${text}`);
  return json as Record<string, Record<string, unknown>>;
}

async function call(token: unknown): Promise<number> {
  const body = { mobile: subscriber.number };
  return (await callAceData(server.port, { path: CHECK_1E, token: String(token), body })).status;
}

const leftOf = ({ used, remaining }: Record<string, unknown>) => ({ used, remaining });

test('what is left of every limit of a credential is exact after each charged call, also after a restart', async () => {
  const limits = { limited_amount: 5, caps: { calls_per_day: 4, minor_per_month: 50 } };
  const { id, token } = await ask('POST /credentials', limits);
  const other = await ask('POST /credentials', { limited_amount: 9 });
  const expect = async (calls: number, minor: number) => {
    const expected = {
      used: { ...NOTHING, limited_amount: calls, calls_per_day: calls, minor_per_month: minor },
      remaining: {
        ...NOTHING,
        ...{ limited_amount: 5 - calls, calls_per_day: 4 - calls, minor_per_month: 50 - minor },
      },
    };
    assert.deepEqual(leftOf(await ask(`GET /credentials/${id}`)), expected);
    const { items } = (await ask('GET /credentials')) as unknown as { items: { id: unknown }[] };
    assert.deepEqual(leftOf(items.find((one) => one.id === id) ?? {}), expected, 'in the list');
    const { credential } = await ask('GET /balance', undefined, bearer(token));
    assert.deepEqual(credential, { id, ...expected }, 'to the credential itself');
  };
  await expect(0, 0);
  for (const [calls, minor] of [
    [1, 0],
    [2, 0],
    [3, PRICE],
  ] as const) {
    assert.equal(await call(token), 200);
    await expect(calls, minor);
  }
  await server.stop();
  await start();
  await expect(3, PRICE);
  assert.equal(await call(token), 200);
  await expect(4, 2 * PRICE);
  assert.equal(await call(token), 403, 'four calls a day');
  await expect(4, 2 * PRICE);
  const { remaining } = await ask(`GET /credentials/${other.id}`);
  assert.equal(remaining?.limited_amount, 9, 'of another credential nothing was used');
});

test('a limit that is set later, or below what was used, counts what was used before', async () => {
  const { id, token } = await ask('POST /credentials', {});
  assert.deepEqual((await ask(`GET /credentials/${id}`)).used, { ...NOTHING, limited_amount: null });
  for (let calls = 0; calls < 3; calls += 1) assert.equal(await call(token), 200);
  const changed = await ask(`PATCH /credentials/${id}`, { limited_amount: 2, caps: { calls_per_month: 7 } });
  assert.deepEqual(leftOf(changed), {
    used: { ...NOTHING, limited_amount: 3, calls_per_month: 3 },
    remaining: { ...NOTHING, limited_amount: 0, calls_per_month: 4 },
  });
});

test('null for caps takes all four away, of a credential and of an account', async () => {
  const none = { calls_per_day: null, calls_per_month: null, minor_per_day: null, minor_per_month: null };
  const { id, token } = await ask('POST /credentials', { caps: { calls_per_day: 1, minor_per_month: 1 } });
  assert.equal(await call(token), 403);
  assert.deepEqual((await ask(`PATCH /credentials/${id}`, { caps: null })).caps, none);
  assert.equal(await call(token), 200);
  const limits = `PATCH /operator/accounts/${ann.accountId}/limits`;
  await ask(limits, { caps: { calls_per_day: 1, minor_per_month: 1 } }, operator);
  assert.equal(await call(token), 403);
  assert.deepEqual((await ask(limits, { caps: null }, operator)).caps, none);
  assert.equal(await call(token), 200);
});

test("what is left of an account's caps is what its credentials used together, and no one else's", async () => {
  const { token } = await ask('POST /credentials', {});
  const limits = { caps: { calls_per_day: 100, minor_per_day: 1000 } };
  await ask(`PATCH /operator/accounts/${ann.accountId}/limits`, limits, operator);
  const before = await ask('GET /balance');
  const stranger = await createAccount(data, ['--quota', '10']);
  assert.deepEqual([await call(token), await call(stranger.token)], [200, 200]);
  const { used, remaining, credential } = await ask('GET /balance');
  const count = (of: Record<string, unknown> | undefined, name: string) => Number(of?.[name]);
  assert.equal(count(used, 'calls_per_day'), count(before.used, 'calls_per_day') + 1);
  assert.equal(count(remaining, 'calls_per_day'), 100 - count(used, 'calls_per_day'));
  assert.equal(count(used, 'minor_per_day'), count(before.used, 'minor_per_day') + PRICE);
  assert.equal(count(remaining, 'minor_per_day'), 1000 - count(used, 'minor_per_day'));
  assert.equal(credential, null, 'a person asks');
  const { used: none } = await ask('GET /balance', undefined, bearer(stranger.token));
  assert.deepEqual(none, NOTHING);
});

test('an operator is told what all accounts together have left, to the last charged call; nobody else is', async () => {
  const bob = await signUpPerson(server, client, 'bob@example.org');
  await ask(`POST /operator/accounts/${bob.accountId}/top-up`, { amount: 700 }, operator);
  const sum = async () => ask('GET /operator/funds', undefined, operator);
  const before = await sum();
  const { items } = await ask('GET /operator/accounts?limit=100', undefined, operator);
  let minor = 0;
  let calls = 0;
  for (const { account_id: id } of items as unknown as readonly { account_id: string }[]) {
    const { balance, quota } = await ask(`GET /operator/accounts/${id}`, undefined, operator);
    minor += Number(balance);
    calls += Number(quota?.['line-status'] ?? 0);
  }
  assert.deepEqual([before.currency, before.balance], ['CNY', minor]);
  assert.equal(before.quota?.['line-status'], calls);
  const { token } = await ask('POST /credentials', {});
  assert.equal(await call(token), 200);
  assert.equal(Number((await sum()).balance), minor - PRICE);
  assert.equal((await client.call('GET /operator/funds', { headers: bob.headers })).status, 403);
});

test('a look covers every call that was answered before it, however many are made at once', async () => {
  const { id, token } = await ask('POST /credentials', { limited_amount: 40 });
  let answered = 0;
  const look = async () => {
    const atLeast = answered;
    const { used } = await ask(`GET /credentials/${id}`);
    assert.ok(Number(used?.limited_amount) >= atLeast, `${used?.limited_amount} of ${atLeast}`);
  };
  const caller = async () => {
    for (let calls = 0; calls < 10; calls += 1) {
      assert.equal(await call(token), 200);
      answered += 1;
      await look();
    }
  };
  await Promise.all([caller(), caller(), caller(), caller()]);
  assert.equal((await ask(`GET /credentials/${id}`)).remaining?.limited_amount, 0);
});
