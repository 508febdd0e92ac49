// The calls about usage over a real ledger: shapes, filters, and what an attacker tries.

import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DAY_START_MS, makeAttempt } from '../../test/support/attempts.ts';
import { ledgerPaths, openTestFunds, openTestLedger } from '../../test/support/ledgers.ts';
import { makeTemporaryDirectory } from '../../test/support/temporary-directory.ts';
import { makeLoggedCall, openTestUsage, readText } from '../../test/support/usage.ts';
import { ACTIONS } from '../actions/index.ts';
import type { Account, ApiKey } from '../ports/accounts.ts';
import type { Person } from '../ports/people.ts';
import type { PublicNames } from '../ports/public-names.ts';
import { createApiCatalogue, type WireApi } from './api-catalogue.ts';
import { ManagementError, type ManagementRequest, type Visitor } from './route.ts';
import { createUsageRoutes } from './usage-routes.ts';

const WIRES: readonly WireApi[] = [
  {
    protocol: 'acedata',
    action: 'line-status',
    name: 'check-1e',
    method: 'POST',
    path: '/identity/phone/check-1e',
  },
  {
    protocol: 'tencent',
    action: 'line-status',
    name: 'MobileStatus',
    method: 'POST',
    path: '/?Action=MobileStatus',
  },
  {
    protocol: 'tencent',
    action: 'line-tenure',
    name: 'MobileNetworkTimeVerification',
    method: 'POST',
    path: '/?Action=MobileNetworkTimeVerification',
  },
];
const CATALOGUE = createApiCatalogue(ACTIONS, WIRES);

/** Keys 1 and 2 are account 1's, key 9 is account 2's. */
const OWNERS: Readonly<Record<string, { key: number; account: number }>> = {
  'key-1': { key: 1, account: 1 },
  'key-2': { key: 2, account: 1 },
  'key-9': { key: 9, account: 2 },
  'key-3': { key: 3, account: 3 },
};
const NAMES: PublicNames = {
  accountIdOf: (account) => `10000${account}`,
  accountOf: (accountId) => ({ 100001: 1, 100002: 2 })[accountId],
  accountNameOf: (account) => `Shop ${account}`,
  credentialIdOf: (key) => `key-${key}`,
  tokenEndingOf: (key) => (key === 2 ? 'wxyz' : undefined),
  sandboxTwinOf: (account) => (account === 1 ? 3 : undefined),
  keyOf: (id) => OWNERS[id],
  applicationIdOf: (account, service) => `${account}:${service}`,
  applicationOf: (id) =>
    id === '1:line-status' || id === '2:line-status'
      ? { account: Number(id[0]), service: 'line-status' }
      : undefined,
};

const accountOf = (id: number): Account => ({
  id,
  accountId: `10000${id}`,
  name: 'Shop',
  state: 'active',
  sandbox: false,
  services: new Set(),
  ratePerSecond: undefined,
  dailyLimit: undefined,
  caps: undefined,
  kmsGrant: true,
});
const sessionOf = (id: number): Visitor => ({
  access: 'session',
  person: { id: `person-${id}`, accountId: `10000${id}` } as Person,
  account: accountOf(id),
  proofId: 'proof',
});
const credentialOf = (id: number, key: number): Visitor => ({
  access: 'credential',
  account: accountOf(id),
  key: { id: key, secretId: `key-${key}` } as ApiKey,
});
const OPERATOR: Visitor = { access: 'operator', operator: 'root' };

interface Row {
  readonly id: string;
  readonly user_id: string;
  readonly credential_id: string;
  readonly api_id: string;
  readonly [name: string]: unknown;
}

async function setUp(test: { after(end: () => void | Promise<void>): void }) {
  let end: () => Promise<void> = async () => {};
  test.after(() => end());
  const directory = makeTemporaryDirectory(test);
  const paths = ledgerPaths(directory);
  const funds = openTestFunds(paths);
  for (const account of [1, 2]) funds.grant(account, ['line-status'], 1, 1000);
  funds.close();
  const ledger = await openTestLedger(paths, { protocols: ['tencent', 'acedata'] });
  const usage = openTestUsage(directory, { flushLog: ledger.flushLog });
  end = async () => {
    await usage.close();
    await ledger.close();
  };
  for (const [accountId, keyId] of [
    [1, 1],
    [1, 1],
    [1, 2],
    [2, 9],
    [2, 9],
  ] as const)
    await ledger.settle(makeAttempt({ accountId, keyId, protocol: keyId === 2 ? 'acedata' : 'tencent' }));
  ledger.logCall(makeLoggedCall({ protocol: 'acedata', timeMs: DAY_START_MS + 86_000_000 }));
  const noted: string[] = [];
  const noteAct = async (...act: readonly unknown[]) => void noted.push(act.slice(0, 3).join(' '));
  const routes = createUsageRoutes({
    jobs: { list: () => [] },
    usage,
    ledger: usage,
    noteAct,
    names: NAMES,
    catalogue: CATALOGUE,
    timeZone: 'UTC',
  });
  const run = async (
    path: string,
    visitor: Visitor,
    query: Record<string, unknown> = {},
    parameters: Record<string, string> = {},
  ) => {
    const route = routes.find((row) => row.path === path);
    assert.ok(route);
    const request: ManagementRequest = {
      visitor,
      query,
      requestId: 'request',
      receivedAtMs: DAY_START_MS,
      address: '',
      parameters,
      body: {},
      session: undefined,
    };
    return route.run(request);
  };
  const list = async (visitor: Visitor, query: Record<string, unknown> = {}) =>
    (await run('/usage/apis', visitor, query)).body as { count: number; items: Row[]; next_cursor: string };
  return { run, list, ledger, usage, noted };
}

const isError = (code: string) => (error: unknown) => error instanceof ManagementError && error.code === code;

test('a row of the list has the documented fields and amounts that are true', async (t) => {
  const { list } = await setUp(t);
  const { count, items } = await list(sessionOf(1), { sandbox: 'false', limit: '2' });
  assert.equal(count, 4);
  const [refused, newest] = items;
  assert.deepEqual(
    [refused?.status_code, refused?.elapsed, refused?.remaining_amount, refused?.deducted_amount],
    [429, 0.0015, null, 0],
  );
  const api = CATALOGUE.apiOf('acedata', 'line-status');
  assert.deepEqual(newest, {
    id: newest?.id,
    user_id: '100001',
    actor_user_id: '100001',
    application_id: '1:line-status',
    api_id: api?.id,
    credential_id: 'key-2',
    trace_id: newest?.trace_id,
    status_code: 200,
    used_amount: 20,
    original_amount: 20,
    deducted_amount: 20,
    remaining_amount: 960,
    started_at: newest?.started_at,
    finished_at: null,
    elapsed: null,
    metadata: {
      outcome: 'known',
      result: '0',
      action: 'line-status',
      protocol: 'acedata',
      charged: true,
      paid_by: 'balance',
      remaining_quota: 0,
      ledger_seq: (newest?.metadata as { ledger_seq: number }).ledger_seq,
      sandbox: false,
    },
    api: { id: api?.id, title: api?.title.en, path: '/identity/phone/check-1e', method: 'POST' },
    service: { id: CATALOGUE.service('line-status')?.id, alias: 'line-status', title: 'Line status' },
    credential: { id: 'key-2', type: 'Token', token: '********wxyz' },
  });
});

test('nobody but an operator sees calls of another account, whatever the query says', async (t) => {
  const { list, run } = await setUp(t);
  const foreign: readonly Record<string, unknown>[] = [
    { user_id: '100002' },
    { user_id: 'person-2' },
    { credential_id: 'key-9' },
    { application_id: '2:line-status' },
    { user_id: 'me', credential_id: 'key-9', perspective: 'both' },
    { account: '2' },
    { user_id: ['me', '100002'] },
    { 'user_id[]': '100002' },
    { __proto__: { user_id: '100002' }, constructor: 'x' },
  ];
  for (const visitor of [sessionOf(1), credentialOf(1, 1)]) {
    for (const query of foreign)
      for (const path of ['', '/aggregate', '/breakdown', '/export'].map((end) => `/usage/apis${end}`))
        await assert.rejects(run(path, visitor, query), (error) => error instanceof ManagementError, path);
    // A cursor of another account's page, too.
    const { next_cursor } = await list(OPERATOR, { user_id: '100002', limit: '1' });
    const { items } = await list(visitor, { cursor: next_cursor });
    assert.ok(items.every(({ user_id }) => user_id === '100001'));
  }
  await assert.rejects(run('/usage/apis', { access: 'public' }), isError('not_signed_in'));
});

test('a credential sees its own calls only, not even those of its account’s other credentials', async (t) => {
  const { list, run } = await setUp(t);
  const { items } = await list(credentialOf(1, 2));
  assert.deepEqual([...new Set(items.map(({ credential_id }) => credential_id))], ['key-2']);
  await assert.rejects(list(credentialOf(1, 2), { credential_id: 'key-1' }), isError('bad_request'));
  const { stream } = await run('/usage/apis/export', credentialOf(1, 2));
  assert.ok(stream);
  assert.equal((await readText(stream)).trimEnd().split('\n').length, 2);
});

test('an operator sees every account, or the one that is named', async (t) => {
  const { list } = await setUp(t);
  assert.equal((await list(OPERATOR)).count, 6);
  const { items } = await list(OPERATOR, { user_id: '100002' });
  assert.deepEqual([...new Set(items.map(({ user_id }) => user_id))], ['100002']);
  assert.equal(items.length, 2);
});

test('a row tells an operator whose call it was, and nobody else anything that AceData does not have', async (t) => {
  const { list } = await setUp(t);
  const { items } = await list(OPERATOR, { credential_id: 'key-9' });
  assert.deepEqual(items[0]?.account, { id: '100002', name: 'Shop 2' });
  for (const visitor of [sessionOf(2), credentialOf(2, 9)])
    assert.ok(!('account' in ((await list(visitor)).items[0] ?? {})));
});

test('calls and sums of one account that an operator looks at are in the audit log; what its holder looks at is not', async (t) => {
  const { run, list, noted } = await setUp(t);
  await list(sessionOf(1));
  for (const path of ['/usage/apis/aggregate', '/usage/apis/breakdown'])
    for (const visitor of [sessionOf(1), OPERATOR]) await run(path, visitor);
  assert.deepEqual(noted, [], 'sums of all accounts together are of nobody');
  await list(OPERATOR, { user_id: '100002' });
  await run('/usage/apis/aggregate', OPERATOR, { credential_id: 'key-9' });
  await run('/usage/apis/breakdown', OPERATOR, { user_id: '100001', sandbox: 'true' });
  await run('/usage/apis/export', OPERATOR);
  const looks = ['list 100002', 'aggregate 100002', 'breakdown 100001', 'export all accounts'];
  assert.deepEqual(
    noted,
    looks.map((look) => `operator:root usage.${look}`),
  );
});

test('the breakdown has sums, outcomes and latency of the account that asks, or of all for an operator', async (t) => {
  const { run, usage } = await setUp(t);
  usage.noteLatency(1, 'tencent', 'line-status', 2);
  usage.noteLatency(2, 'tencent', 'line-status', 200);
  const read = async (visitor: Visitor, query: Record<string, unknown> = {}) =>
    (await run('/usage/apis/breakdown', visitor, query)).body as {
      date_to: string;
      items: { charged: number }[];
      outcomes: { outcome: string; error: boolean; requests: number }[];
      latency: { all: { requests: number; p99_ms: number } | null; actions: object[]; days: object[] };
    };
  const own = await read(sessionOf(1));
  assert.equal(own.date_to, '2026-11-21');
  assert.equal(
    own.items.reduce((sum, { charged }) => sum + charged, 0),
    3,
  );
  assert.deepEqual(own.outcomes.map(({ outcome, error, requests }) => [outcome, error, requests]).sort(), [
    ['known', false, 1],
    ['known', false, 2],
    ['rate_limited', true, 1],
  ]);
  assert.equal(own.latency.all?.requests, 1);
  assert.ok((own.latency.all?.p99_ms ?? 9) < 3);
  assert.equal((await read(OPERATOR)).latency.all?.requests, 2);
  assert.equal((await read(OPERATOR, { user_id: '100002' })).latency.all?.requests, 1);
  assert.equal((await read(sessionOf(1), { protocol: 'acedata' })).latency.all, null);
  assert.deepEqual((await read(sessionOf(1), { sandbox: 'true' })).outcomes, []);
  await assert.rejects(read(sessionOf(1), { date_from: '2020-01-01' }), isError('bad_request'));
});

test('filters of service, application, API and protocol narrow one another', async (t) => {
  const { list } = await setUp(t);
  const count = async (query: object) => (await list(sessionOf(1), { ...query })).count;
  const aceData = CATALOGUE.apiOf('acedata', 'line-status')?.id;
  assert.equal(await count({ api_id: aceData }), 2);
  assert.equal(await count({ api_id: aceData, protocol: 'tencent' }), 0);
  assert.equal(await count({ service_id: 'line-status' }), 4);
  assert.equal(await count({ service_id: CATALOGUE.service('line-tenure')?.id }), 0);
  assert.equal(await count({ application_id: '1:line-status', credential_id: 'key-1' }), 3);
  assert.equal(await count({ service_id: 'line-tenure', application_id: '1:line-status' }), 0);
  assert.equal(await count({ service_id: 'line-tenure', api_id: aceData }), 0);
  assert.equal(await count({ status_code: '429' }), 1);
  assert.equal(await count({ created_at_from: new Date(DAY_START_MS + 80_000_000).toISOString() }), 1);
});

test('what is not a filter, or not a value of one, is a bad request', async (t) => {
  const { list, run } = await setUp(t);
  const bad = [
    ...[{ colour: 'red' }, { limit: '101' }, { limit: '0' }, { limit: '1e1' }, { offset: '-1' }],
    ...[{ cursor: 'x' }, { status_code: '42' }, { outcome: 'nonsense' }, { sandbox: 'yes' }],
    ...[{ created_at_from: 'yesterday' }, { created_at_to: '2026-02-31T00:00' }, { ordering: 'id' }],
    ...[{ api_id: 'x' }, { service_id: 'x' }, { limit: 10 }],
  ];
  for (const query of bad)
    await assert.rejects(list(sessionOf(1), query), isError('bad_request'), JSON.stringify(query));
  const badDays = [
    { timezone: 'Mars/Base' },
    { date_from: '2026-02-30' },
    { date_from: '2020-01-01', date_to: '2026-01-01' },
  ];
  for (const query of badDays)
    await assert.rejects(run('/usage/apis/aggregate', sessionOf(1), query), isError('bad_request'));
});

test('the aggregate adds up to the list, in every time zone', async (t) => {
  const { run, list } = await setUp(t);
  const { items } = await list(sessionOf(1), { limit: '100' });
  const deducted = items.reduce((sum, row) => sum + Number(row.deducted_amount), 0);
  for (const timezone of ['UTC', 'Asia/Kathmandu']) {
    const query = { timezone, date_to: '2026-11-24', date_from: '2026-11-20' };
    const { body } = await run('/usage/apis/aggregate', sessionOf(1), query);
    const { total, requests, apis } = body as { total: number; requests: number; apis: unknown[] };
    assert.deepEqual([total, requests, apis.length], [deducted, items.length, 2]);
  }
});

test('a second question of an account waits: 429 with a time to retry, and the first goes on', async (t) => {
  const { run, list } = await setUp(t);
  const { stream } = await run('/usage/apis/export', sessionOf(1));
  await assert.rejects(
    list(sessionOf(1)),
    (error) =>
      error instanceof ManagementError &&
      error.code === 'usage_query_in_progress' &&
      error.retryAfterSeconds === 1,
  );
  assert.ok(stream);
  await readText(stream);
  assert.equal((await list(sessionOf(1))).count, 4);
});

test('a reader that goes away before the first piece frees the account too', async (t) => {
  const { run, list } = await setUp(t);
  const { stream } = await run('/usage/apis/export', sessionOf(1));
  assert.ok(stream !== undefined);
  Readable.from(stream).destroy();
  await nextTurn();
  assert.equal((await list(sessionOf(1))).count, 4);
});

test('an entry of the ledger is shown to its own account, named outside as everywhere, and to nobody else', async (t) => {
  const { run, noted } = await setUp(t);
  const entry = async (visitor: Visitor, seq: string, more = '') =>
    (await run(`/usage/entries/:seq${more}`, visitor, {}, { seq })).body as Record<string, unknown>;
  const own = await entry(sessionOf(1), '5');
  assert.deepEqual(
    [own.seq, own.account_id, own.credential_id, own.price, own.as_of],
    [5, '100001', 'key-1', 20, '2026-11-21'],
  );
  assert.equal((await entry(sessionOf(1), '6')).previous_hash, own.hash);
  assert.ok(!('subject' in own) && !('counters' in own));
  for (const more of ['', '/proof'])
    for (const [visitor, seq] of [
      ...[[sessionOf(2), '5'] as const, [credentialOf(1, 2), '5'] as const, [sessionOf(1), '999'] as const],
    ])
      await assert.rejects(entry(visitor, seq, more), isError('not_found'), `${seq}${more}`);
  for (const seq of ['0', '-1', '1e3', 'x'])
    await assert.rejects(entry(sessionOf(1), seq), isError('not_found'), seq);
  assert.equal((await entry(sessionOf(1), '5', '/proof')).verdict, 'unsigned');
  assert.deepEqual(noted, []);
  assert.equal((await entry(OPERATOR, '5')).account_id, '100001');
  assert.deepEqual(noted, ['operator:root ledger.entry 5']);
});

test('ids of APIs and services never change', () => {
  assert.equal(CATALOGUE.apiOf('acedata', 'line-status')?.id, '6ebbcd5e-13e8-842b-8f29-046ed63cd520');
  assert.equal(CATALOGUE.service('line-status')?.id, '647f13ab-b811-8e6f-8951-4d5db968d3f7');
  assert.equal(new Set(CATALOGUE.apis.map(({ id }) => id)).size, CATALOGUE.apis.length);
});
