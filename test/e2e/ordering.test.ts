// Every list that /openapi.json gives an `ordering`, in each of its orders, over HTTP: a list that is new is tested by itself,
// and fails until somebody puts rows in it here.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runJsonWithin } from '../support/command-within.ts';
import { exchange } from '../support/http-client.ts';
import { createManagementClient } from '../support/management-client.ts';
import { signTc3, toBytes } from '../support/sign-request.ts';
import { QUICK_PASSWORDS, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { watchJob } from '../support/watch-job.ts';

interface Listed {
  readonly line: string;
  readonly access: readonly string[];
  readonly orders: readonly string[];
}
type Row = Readonly<Record<string, unknown>>;
type Headers = Readonly<Record<string, string>>;

/** Where the rows call it otherwise. */
const MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/usage/apis': { created_at: 'started_at' },
};
const ENOUGH_ROWS = 3;
const PAGE_MAX = 100;
const SERVICES = ['line-status', 'identity-match', 'contact-verification'];

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let lists: readonly Listed[];
let unordered: readonly string[];
let ann: { readonly headers: Headers; readonly accountId: string };
let eve: { readonly headers: Headers; readonly accountId: string };
let operator: Headers;
after(() => server?.kill());
const data = `${makeTemporaryDirectory({ after })}/data`;

const bearer = (token: unknown): Headers => ({ authorization: `Bearer ${token}` });

before(async () => {
  server = await startServer({ data, args: QUICK_PASSWORDS });
  client = createManagementClient(server.port);
  await readLists();
  ann = await signUpPerson(server, client, 'ann@example.org');
  eve = await signUpPerson(server, client, 'eve@example.org');
  await signUpPerson(server, client, 'bob@example.org');
  await furnish(ann.headers);
  await furnish(eve.headers);
  operator = await openOperators();
  await runJobs();
  for (const name of ['zebra', 'Apple'])
    await runJsonWithin(['account', 'create', '--name', name, '--data', data]);
});

async function readLists(): Promise<void> {
  const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { security: object[]; parameters?: Parameter[] }>>;
  };
  const reading = Object.entries(paths).flatMap(([path, { get }]) => {
    const [, line = ''] = path.split('/api/v1');
    const parameters = get?.parameters ?? [];
    if (get === undefined || !parameters.some(({ name }) => name === 'offset')) return [];
    const orders = parameters.find(({ name }) => name === 'ordering')?.schema.enum ?? [];
    return [{ line, access: get.security.flatMap((one) => Object.keys(one)), orders }];
  });
  lists = reading.filter(({ orders }) => orders.length > 0);
  unordered = reading.filter(({ orders }) => orders.length === 0).map(({ line }) => line);
}

interface Parameter {
  readonly name: string;
  readonly schema: { readonly enum?: readonly string[] };
}

/** Rows of every list; some of them with equal values. */
async function furnish(headers: Headers): Promise<void> {
  const make = async (line: string, body: object, by = headers) => {
    const { status, json, text } = await client.call(line, { headers: by, body });
    assert.ok(status < 300, `${line}: ${text}`);
    return json;
  };
  for (const service of SERVICES) await make('POST /applications', { service_id: service });
  const keys = [{ name: 'till' }, { name: 'Shop', expired_at: '2097-01-01T00:00:00Z' }, { name: 'bench' }];
  const issued = [];
  for (const body of [...keys, { name: 'till', expired_at: '2096-01-01T00:00:00Z' }]) {
    issued.push(await make('POST /credentials', body));
    await make('POST /platform-tokens', body);
  }
  const key = bearer(issued[0]?.token);
  const text = '{name}: {code} signs you in, for {minutes} minutes.';
  for (const name of ['zeta', 'alpha', 'mid'])
    for (const language of ['en', 'zh'])
      await make('POST /templates', { name, kind: 'phone', language, text }, key);
  for (const to of ['+8618766554431', '+8618766554432', '+8618766554433']) {
    await make('POST /verifications', { to }, key);
    await client.call('POST /verifications', { headers: key, body: { to } });
  }
  for (const [at, mistake] of ['one', 'other', 'one'].entries()) await failToSign(issued[at], mistake);
  for (const password of ['seven green bicycles', 'seven green bicycles'])
    await make('POST /people/login', { email: await addressOf(headers), password });
}

/** Signed with another secret, or over another time. */
async function failToSign(key: Row | undefined, mistake: string): Promise<void> {
  const timestampSeconds = Math.floor(Date.now() / 1000) - (mistake === 'one' ? 0 : 3600);
  const signed = signTc3(
    { secretId: String(key?.secret_id), secretKey: 'another' },
    { host: '127.0.0.1', action: 'MobileStatus', payload: '{}', timestampSeconds },
  );
  await exchange(server.port, toBytes(signed));
}

async function addressOf(headers: Headers): Promise<string> {
  return String((await client.call('GET /people/session', { headers })).json.email);
}

/** Tokens of several; resolves with the headers of one. */
async function openOperators(): Promise<Headers> {
  const tokens = [];
  for (const name of ['zoe', 'Ann', 'bob'])
    tokens.push(await runJsonWithin(['operator', 'token', 'create', name, '--data', data]));
  return bearer((tokens[0] as { token: string }).token);
}

/** Three backups, and jobs of more than one kind. */
async function runJobs(): Promise<void> {
  const make = 'POST /operator/backups';
  for (const line of [
    make,
    'POST /operator/registry/statistics',
    make,
    'POST /operator/ledger/verify',
    make,
  ]) {
    const { json } = await client.call(line, { headers: operator, body: {} });
    const { state, error } = await watchJob(client, operator, json.id);
    assert.equal(state, 'done', `${line}: ${error}`);
  }
}

const isOwn = ({ access, line }: Listed): boolean => access.includes('session') || line.includes('{id}');

function headersFor({ access }: Listed): Headers {
  return access.includes('session') || access.length === 0 ? ann.headers : operator;
}

async function read(list: Listed, query: Readonly<Record<string, string | number>>): Promise<Row[]> {
  const path = list.line.replace('{id}', ann.accountId);
  const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const {
    status,
    json,
    text: said,
  } = await client.call(`GET ${path}?${text}`, {
    headers: headersFor(list),
  });
  assert.equal(status, 200, `${path}?${text}: ${said}`);
  return json.items as Row[];
}

function compare(one: unknown, other: unknown): number {
  if (one === other) return 0;
  // What has no end comes after every end.
  if (one === null) return 1;
  if (other === null) return -1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [first, second] = [String(one).toLowerCase(), String(other).toLowerCase()];
  return first === second ? 0 : first < second ? -1 : 1;
}

async function readWhole(list: Listed, ordering: string): Promise<Row[]> {
  const whole: Row[] = [];
  for (;;) {
    const page = await read(list, { ordering, limit: PAGE_MAX, offset: whole.length });
    whole.push(...page);
    if (page.length < PAGE_MAX) return whole;
  }
}

test('every list that is read in pages can be sorted', () => {
  assert.ok(lists.length >= 12, `${lists.length} lists`);
  assert.deepEqual(unordered, [], 'give them an ordering (src/management/ordering.ts)');
});

test('a list is in the order that is asked for, of equal rows too, and the other way round it is its mirror', async () => {
  for (const list of lists)
    for (const column of list.orders.filter((one) => !one.startsWith('-'))) {
      const member = MEMBERS[list.line]?.[column] ?? column;
      const said = `${list.line} by ${column}`;
      const rows = await readWhole(list, column);
      assert.ok(rows.length >= ENOUGH_ROWS, `${said}: ${rows.length} rows show nothing, make some`);
      assert.ok(
        rows.every((row) => Object.hasOwn(row, member)),
        `${said}: the rows have it`,
      );
      for (const [at, row] of rows.slice(1).entries())
        assert.ok(compare(rows[at]?.[member], row[member]) <= 0, `${said}: ${JSON.stringify(rows)}`);
      const mirrored = await readWhole(list, `-${column}`);
      assert.deepEqual(mirrored.toReversed(), rows, said);
    }
});

test('the pages of a list, one after another, are the whole of it: nothing twice and nothing left out', async () => {
  for (const list of lists)
    for (const ordering of list.orders) {
      const whole = await readWhole(list, ordering);
      const paged: Row[] = [];
      for (let offset = 0; offset < whole.length; offset += 2)
        paged.push(...(await read(list, { ordering, limit: 2, offset })));
      assert.deepEqual(paged.slice(0, whole.length), whole, `${list.line} by ${ordering}`);
    }
});

test("the rows of one account are of no other account, in whatever order they're asked for", async () => {
  const { json } = await client.call('GET /credentials', { headers: eve.headers });
  const [hers] = json.items as Row[];
  const foreign = [eve.accountId, 'eve@example.org', String(hers?.id)];
  for (const list of lists.filter(isOwn))
    for (const ordering of list.orders) {
      const text = JSON.stringify(await readWhole(list, ordering));
      for (const one of foreign) assert.ok(!text.includes(one), `${list.line} by ${ordering}`);
    }
});

test('an order that a list does not have is refused, and the answer names those that it has', async () => {
  for (const list of lists)
    for (const ordering of [
      'nothing',
      '-nothing',
      '+created_at',
      'created_at;',
      `created_at,${'x'.repeat(99)}`,
    ]) {
      const path = list.line.replace('{id}', ann.accountId);
      const { status, json, text } = await client.call(
        `GET ${path}?ordering=${encodeURIComponent(ordering)}`,
        { headers: headersFor(list) },
      );
      const error = (json.error ?? json) as { code?: string };
      assert.deepEqual([status, error.code], [400, 'bad_request'], `${list.line}: ${text}`);
      for (const one of list.orders) assert.ok(text.includes(one), `${list.line} names ${one}: ${text}`);
      assert.ok(!text.includes(ordering), 'and says nothing back');
    }
});

test('a cursor goes on in the order that was asked for', async () => {
  for (const line of ['/usage/apis', '/operator/audit'])
    for (const ordering of lists.find((one) => one.line === line)?.orders ?? []) {
      const whole: Row[] = [];
      const at = async (query: string) =>
        (await client.call(`GET ${line}?ordering=${ordering}&limit=3${query}`, { headers: operator })).json;
      let { items, next_cursor: next } = await at('');
      whole.push(...(items as Row[]));
      for (let pages = 0; next !== null && pages < 4; pages += 1) {
        ({ items, next_cursor: next } = await at(`&cursor=${next}`));
        whole.push(...(items as Row[]));
      }
      const { items: all } = (
        await client.call(`GET ${line}?ordering=${ordering}&limit=100`, { headers: operator })
      ).json as { items: Row[] };
      const ids = (rows: readonly Row[]) => rows.map((row) => row.id ?? row.seq);
      const newer = ordering.startsWith('-') ? ids(all).indexOf(ids(whole)[0]) : 0;
      assert.deepEqual(ids(whole), ids(all).slice(newer, newer + whole.length), `${line} by ${ordering}`);
    }
});
