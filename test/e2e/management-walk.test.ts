// The whole table of management calls as somebody tries it who is signed in and means harm: another account's ids
// everywhere, requests from other sites, and proofs that a call does not take.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runJsonWithin } from '../support/command-within.ts';
import { codeMailedTo } from '../support/mailed-code.ts';
import { createManagementClient, type ManagementReply } from '../support/management-client.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly example?: unknown;
}
interface Operation {
  /** 'POST /credentials/{id}/rotate' below /api/v1. */
  readonly line: string;
  readonly name: string;
  readonly access: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly fields: readonly string[];
  readonly example: Readonly<Record<string, unknown>>;
}
interface Someone {
  readonly headers: Record<string, string>;
  readonly cookie: string;
  readonly platform: string;
  readonly credential: string;
  /** Of the account and of everything in it. */
  readonly ids: Readonly<Record<string, string>>;
}

const PASSWORD = 'seven green bicycles';
const NOBODY = '7f1d3a52-0000-4000-8000-00000000dead';
const ARGS = ['--password-memory-kib', '8192', '--password-passes', '1'];
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let operations: readonly Operation[];
let ann: Someone;
let eve: Someone;
let operator: string;
after(() => server?.kill());
const data = `${makeTemporaryDirectory({ after })}/data`;

before(async () => {
  server = await startServer({ data, args: [...ARGS, '--attempt-limits', '{"change.person":1000}'] });
  client = createManagementClient(server.port);
  operations = await readOperations();
  ann = await signUp('ann@example.org');
  eve = await signUp('eve@example.org');
  const made = (await runJsonWithin(['operator', 'token', 'create', 'root', '--data', data])) as {
    token: string;
  };
  operator = made.token;
});

async function readOperations(): Promise<Operation[]> {
  const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Record<string, unknown>>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    path.startsWith('/api/v1')
      ? Object.entries(methods).map(([method, row]) => {
          const { requestBody, security, parameters = [], operationId } = row;
          const json = (requestBody as { content?: Record<string, Record<string, unknown>> } | undefined)
            ?.content?.['application/json'];
          const [example] = Object.values((json?.examples ?? {}) as Record<string, { value: object }>);
          return {
            line: `${method.toUpperCase()} ${path.slice('/api/v1'.length)}`,
            name: String(operationId),
            access: (security as object[]).flatMap((one) =>
              Object.keys(one).length === 0 ? ['public'] : Object.keys(one),
            ),
            parameters: parameters as Parameter[],
            fields: Object.keys((json?.schema as { properties?: object } | undefined)?.properties ?? {}),
            example: { ...example?.value },
          };
        })
      : [],
  );
}

async function openSession(at: RunningServer, email: string) {
  const { call, withSession } = createManagementClient(at.port);
  const person = { email, password: PASSWORD };
  await call('POST /people/register', { body: person });
  const body = { ...person, code: await codeMailedTo(at, email) };
  return withSession((await call('POST /people/confirm', { body })).cookie);
}

async function signUp(email: string): Promise<Someone> {
  const headers = await openSession(server, email);
  const { cookie } = headers;
  const { json } = await client.call('GET /people/session', { headers });
  const make = (line: string, wanted: object) => client.call(line, { headers, body: wanted });
  const { json: application } = await make('POST /applications', { service_id: 'line-status' });
  const { json: credential } = await make('POST /credentials', { application_id: application.id });
  const { json: token } = await make('POST /platform-tokens', { name: 'ci' });
  return {
    ...{ headers, cookie, platform: String(token.token), credential: String(credential.token) },
    ids: {
      person: String(json.id),
      account: String(json.account_id),
      application: String(application.id),
      credential: String(credential.id),
      token: String(token.id),
    },
  };
}

/** With `value` in every parameter of the path; the rest as the example has it. */
function lineOf({ line, parameters }: Operation, value?: string): string {
  return parameters.reduce(
    (text, { name, example }) => text.replace(`{${name}}`, String(value ?? example)),
    line,
  );
}

const isChanging = ({ line }: Operation) => !line.startsWith('GET ');
const codeOf = ({ json }: ManagementReply): unknown =>
  json.code ?? (json.error as { code?: string } | undefined)?.code;

test("another account's id is, in every parameter and field of every call, what an unknown id is", async () => {
  const proofs = {
    session: eve.headers,
    'platform-token': bearer(eve.platform),
    credential: bearer(eve.credential),
  };
  let tried = 0;
  for (const operation of operations.filter(
    ({ access }) => !access.includes('operator') || access.length > 1,
  )) {
    const { parameters, fields, access, example, line } = operation;
    const places = [
      ...parameters.map((one) => [one.in, one.name] as const),
      ...fields.filter((name) => /_ids?$/.test(name)).map((name) => ['body', name] as const),
    ];
    for (const [proof, headers] of Object.entries(proofs).filter(([name]) => access.includes(name)))
      for (const [place, name] of places)
        for (const [whose, id] of Object.entries(ann.ids)) {
          if (place === 'query' && !name.endsWith('_id')) continue;
          const ask = (value: string) => {
            const given = name.endsWith('_ids') ? [value] : value;
            const query = place === 'query' ? `?${name}=${value}` : '';
            const path = lineOf(operation, place === 'path' ? value : NOBODY);
            const body = place === 'body' ? { ...example, [name]: given } : example;
            return client.call(`${path}${query}`, { headers, ...(line.startsWith('GET') ? {} : { body }) });
          };
          const said = `${line}: ${name} is ${whose} of somebody else, with ${proof}`;
          const [theirs, unknown] = [await ask(id), await ask(NOBODY)];
          tried += 1;
          assert.equal(theirs.status, unknown.status, `${said}: ${theirs.text}`);
          assert.equal(codeOf(theirs), codeOf(unknown), said);
          for (const secret of Object.values(ann.ids)) assert.ok(!theirs.text.includes(secret), said);
          if (place === 'path') assert.ok([401, 403, 404].includes(theirs.status), `${said}: ${theirs.text}`);
          else if (theirs.status < 300 && !access.includes('public'))
            assert.equal(theirs.json.count, 0, `${said}: nothing is found by it ${theirs.text}`);
        }
  }
  assert.ok(tried > 100, `${tried} were tried`);
  const { json } = await client.call('GET /credentials', { headers: ann.headers });
  assert.equal(json.count, 1);
  const { status } = await client.call('GET /balance', { headers: bearer(ann.credential) });
  assert.equal(status, 200, 'nothing was rotated or revoked');
  const me = await client.call('GET /platform-tokens/me', { headers: bearer(ann.platform) });
  assert.equal(me.status, 200);
});

test('no call that changes something takes a session from another site, without an origin, or as a form', async () => {
  const forged: readonly Record<string, string>[] = [
    {},
    { origin: 'https://evil.example' },
    { origin: client.origin, 'sec-fetch-site': 'cross-site' },
    { origin: client.origin, 'content-type': 'text/plain' },
  ];
  const changing = operations.filter((one) => isChanging(one) && one.access.includes('session'));
  assert.ok(changing.length >= 10, `${changing.length} calls`);
  for (const operation of changing)
    for (const headers of forged) {
      const answer = await client.call(lineOf(operation), {
        headers: { cookie: eve.cookie, ...headers },
        body: operation.example,
      });
      const said = `${operation.line} ${JSON.stringify(headers)} ${answer.text}`;
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'csrf'], said);
    }
  for (const operation of operations.filter((one) => isChanging(one) && one.access.includes('public'))) {
    const headers = { origin: 'https://evil.example' };
    const answer = await client.call(lineOf(operation), { headers, body: operation.example });
    assert.deepEqual([answer.status, codeOf(answer)], [403, 'csrf'], operation.line);
  }
});

test("no call that changes something takes an operator's session from another site, whatever its method", async () => {
  const { link } = (await runJsonWithin(['operator', 'link', 'mia', '--data', data])) as { link: string };
  const body = { link: new URL(link).hash.slice(1) };
  const { cookie } = await client.call('POST /operator/session', { body });
  const changing = operations.filter((one) => isChanging(one) && one.access.includes('operator'));
  const methods = new Set(changing.map(({ line }) => line.split(' ')[0]));
  assert.deepEqual([...methods].sort(), ['DELETE', 'PATCH', 'POST', 'PUT']);
  for (const operation of changing)
    for (const origin of [{ origin: 'https://evil.example' }, {}]) {
      const headers: Record<string, string> = { cookie, ...origin };
      const answer = await client.call(lineOf(operation), { headers, body: operation.example });
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'csrf'], `${operation.line} ${answer.text}`);
    }
});

test('every call refuses every proof that it does not name', async () => {
  const proofs: Readonly<Record<string, Record<string, string>>> = {
    session: eve.headers,
    'platform-token': bearer(eve.platform),
    credential: bearer(eve.credential),
    operator: bearer(operator),
    nothing: {},
  };
  for (const operation of operations.filter(({ access }) => !access.includes('public')))
    for (const [proof, headers] of Object.entries(proofs)) {
      if (operation.access.includes(proof)) continue;
      const path = lineOf(operation).replace('100000000001', ann.ids.account ?? '');
      const answer = await client.call(path, {
        headers,
        ...(isChanging(operation) ? { body: operation.example } : {}),
      });
      assert.ok([401, 403].includes(answer.status), `${operation.line} with ${proof}: ${answer.text}`);
    }
  const { json } = await client.call('GET /balance', { headers: ann.headers });
  assert.deepEqual([json.state, json.balance], ['active', 0]);
});

test('no name has control characters, line ends or marks that turn the writing direction', async () => {
  const named = operations.filter(
    ({ fields, access }) => fields.includes('name') && !access.includes('operator'),
  );
  assert.ok(named.length >= 4, `${named.length} calls`);
  const made = await client.call('POST /credentials', {
    headers: eve.headers,
    body: { name: ' shop <b>"1"</b> ' },
  });
  assert.equal(made.json.name, 'shop <b>"1"</b>', 'markup is text');
  for (const operation of named)
    for (const name of ['a\u0000b', 'a\nb', 'a\u001b[2Jb', 'a\u202eb', 'a\u2028b', 'a\u0085b', 'a\ud800b']) {
      const line = lineOf(operation, String(made.json.id));
      const answer = await client.call(line, { headers: eve.headers, body: { ...operation.example, name } });
      const said = `${operation.line} ${JSON.stringify(name)} ${answer.text}`;
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'bad_request'], said);
    }
});

test('whoever is signed in makes so many changes and no more, and others go on', async () => {
  const limits = JSON.stringify({ 'change.person': 3 });
  const other = await startServer({ data: `${data}-throttled`, args: [...ARGS, '--attempt-limits', limits] });
  const ask = createManagementClient(other.port);
  const change = (headers: Record<string, string>) =>
    ask.call('POST /platform-tokens', { headers, body: { expired_at: '2099-01-01T00:00:00Z' } });
  try {
    const [one = {}, two = {}] = [
      await openSession(other, 'one@example.org'),
      await openSession(other, 'two@example.org'),
    ];
    const statuses = [];
    for (let made = 0; made < 4; made += 1) statuses.push(await change(one));
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [201, 201, 201, 429],
    );
    assert.ok(Number(statuses[3]?.headers['retry-after']) > 0);
    assert.equal((await change(two)).status, 201);
    assert.equal((await ask.call('GET /platform-tokens', { headers: one })).status, 200, 'reading goes on');
  } finally {
    await other.kill();
  }
});

test('caps beyond what can be counted are refused, not a defect', async () => {
  for (const number of [1e300, 2 ** 53]) {
    const caps = { minor_per_day: number };
    const mine = await client.call('POST /credentials', { headers: eve.headers, body: { caps } });
    assert.equal(mine.status, 400, mine.text);
    const line = `PATCH /operator/accounts/${eve.ids.account}/limits`;
    const theirs = await client.call(line, { headers: bearer(operator), body: { caps } });
    assert.equal(theirs.status, 400, theirs.text);
  }
});
