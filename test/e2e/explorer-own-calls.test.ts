// Lineproof's own protocol in the Explorer over HTTP: what is answered, charged and logged is what a call over the wire is.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createManagementClient } from '../support/management-client.ts';
import { codeShownFor } from '../support/shown-code.ts';
import { QUICK_PASSWORDS, type SignedUpPerson, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const NUMBER = '+8618766554433';
const REFUSED = '16900030201';
const NOBODYS_ID = '7f1d3a52-0000-4000-8000-000000000000';
type Json = Record<string, unknown>;

interface Issued {
  readonly id: string;
  readonly token: string;
}

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let ann: SignedUpPerson;
let live: Issued;
let sandbox: Issued;
after(() => server?.kill());

before(async () => {
  const data = `${makeTemporaryDirectory({ after })}/data`;
  server = await startServer({ data, args: QUICK_PASSWORDS });
  client = createManagementClient(server.port);
  ann = await signUpPerson(server, client, 'ann@example.org');
  live = (await ask('POST /credentials', { name: 'live' })) as unknown as Issued;
  sandbox = (await ask('POST /credentials', { name: 'trial', sandbox: true })) as unknown as Issued;
});

async function ask(line: string, body?: unknown): Promise<Json> {
  const asked = { headers: ann.headers, ...(body === undefined ? {} : { body }) };
  const { status, text, json } = await client.call(line, asked);
  assert.ok(status < 300, `${line}: ${status} ${text}`);
  return json;
}

const explore = ({ id }: Issued, action: string, input: Json) =>
  ask('POST /explorer/calls', {
    ...{ credential_id: id, protocol: 'lineproof', action, input },
    endpoint: server.url,
  }) as unknown as Promise<{
    request: { method: string; url: string; headers: Record<string, string>; body: string };
    response: { status: number; headers: Record<string, string>; body: string };
    request_id: string;
    charge: Json | null;
    ledger_seq: number | null;
  }>;

const overWire = ({ token }: Issued, line: string, body: Json, headers: Record<string, string> = {}) =>
  client.call(line, { headers: { authorization: `Bearer ${token}`, ...headers }, body });

const answerOf = ({ response }: { response: { body: string } }) => JSON.parse(response.body) as Json;

test('a sandbox call answers what the wire answers, errors too, and shows where each value went', async () => {
  const input = { to: NUMBER, purpose: 'login' };
  const named = { 'Idempotency-Key': 'order-1' };
  const first = await explore(sandbox, 'verification-start', { ...input, ...named });
  assert.equal(first.request.url, `${server.url}/api/v1/verifications`);
  assert.deepEqual(JSON.parse(first.request.body), input);
  assert.deepEqual(
    [first.request.headers['Idempotency-Key'], first.request.headers.Authorization],
    ['order-1', 'Bearer ***'],
  );
  const wire = await overWire(sandbox, 'POST /verifications', input, named);
  assert.deepEqual([first.response.status, answerOf(first)], [wire.status, wire.json]);
  const again = await explore(sandbox, 'verification-start', { ...input, ...named });
  assert.equal(again.response.headers['Idempotency-Replayed'], 'true');

  const { id } = answerOf(first);
  const checked = await explore(sandbox, 'verification-check', { id, code: '123456' });
  assert.equal(checked.request.url, `${server.url}/api/v1/verifications/${id}/check`);
  assert.deepEqual([checked.request.body, checked.response.status], ['{"code":"123456"}', 200]);
  assert.deepEqual(answerOf(checked), { id, status: 'verified' });
  assert.deepEqual([checked.charge, checked.ledger_seq], [null, null]);

  for (const [action, line, body, path] of [
    ['verification-start', 'POST /verifications', { to: REFUSED }, {}],
    ['verification-start', 'POST /verifications', { to: NUMBER, Colour: 'red' }, {}],
    ['verification-check', `POST /verifications/${id}/check`, { code: '123456' }, { id }],
    ['verification-check', `POST /verifications/${NOBODYS_ID}/check`, { code: '1' }, { id: NOBODYS_ID }],
  ] as const) {
    const explored = await explore(sandbox, action, { ...body, ...path });
    const { trace_id: trace, ...shown } = answerOf(explored);
    const { status, json } = await overWire(sandbox, line, body);
    const { trace_id: _, ...sent } = json;
    assert.deepEqual([explored.response.status, shown], [status, sent]);
    assert.equal(trace, explored.request_id);
  }
});

test('a live call is charged once it is accepted and stands in the usage; refusals of the pipeline are answers', async () => {
  const to = '+8618766554999';
  const refused = await explore(live, 'verification-start', { to });
  assert.deepEqual([refused.response.status, refused.charge], [403, null]);
  assert.match(refused.response.body, /need_application/);

  const { items } = (await ask('GET /services')) as { items: Json[] };
  const service = items.find(({ alias }) => alias === 'contact-verification');
  await ask('POST /applications', { service_id: service?.id });
  const started = await explore(live, 'verification-start', { to });
  assert.equal(started.response.status, 201, started.response.body);
  assert.equal(started.charge?.charged, true);
  assert.ok(Number(started.ledger_seq) >= 1);
  const code = await codeShownFor(server, to);
  const checked = await explore(live, 'verification-check', { id: answerOf(started).id, code });
  assert.deepEqual([checked.response.status, checked.charge?.charged], [200, false]);
  const usage = (await ask(`GET /usage/apis?credential_id=${live.id}&protocol=lineproof`)) as {
    items: Json[];
  };
  for (const { request_id: id } of [started, checked, refused])
    assert.ok(JSON.stringify(usage.items).includes(id), JSON.stringify(usage.items));
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /protocol="lineproof",action="verification-start"/);
});

test('a path that lacks a value, and a call that there is not, are refused before anything is sent', async () => {
  const status = async (action: string, input: Json) => {
    const body = { credential_id: sandbox.id, protocol: 'lineproof', action, input };
    return (await client.call('POST /explorer/calls', { headers: ann.headers, body })).status;
  };
  assert.equal(await status('verification-check', { code: '1' }), 400);
  assert.equal(await status('verification-list', {}), 404);
});

test('forms and reference pages say of these calls what their own description says', async () => {
  interface Field {
    readonly name: string;
    readonly place?: string;
    readonly required: boolean;
    readonly title: { readonly en: string; readonly zh: string };
  }
  interface Described {
    readonly properties: Readonly<Record<string, unknown>>;
    readonly required: readonly string[];
  }
  const { actions } = (await ask('GET /explorer/actions')) as unknown as {
    actions: { protocol: string; path: string; words: string[]; fields: Field[]; output: Field[] }[];
  };
  const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
    paths: Record<string, { post: Json }>;
  };
  const own = actions.filter(({ protocol }) => protocol === 'lineproof');
  assert.equal(own.length, 2);
  for (const { path, words, fields, output } of own) {
    const { parameters, requestBody, responses } = document.paths[path]?.post as unknown as {
      parameters: { name: string; in: string }[];
      requestBody: { content: { 'application/json': { schema: Described } } };
      responses: Record<string, { content: { 'application/json': { schema: Described } } }>;
    };
    const body = requestBody.content['application/json'].schema;
    const inBody = fields.filter(({ place }) => place === undefined);
    assert.deepEqual(inBody.map(({ name }) => name).sort(), Object.keys(body.properties).sort());
    assert.deepEqual(
      inBody.filter(({ required }) => required).map(({ name }) => name),
      body.required,
    );
    assert.deepEqual(
      fields.flatMap(({ name, place }) => (place === undefined ? [] : [[name, place]])),
      parameters.map((one) => [one.name, one.in]),
    );
    const [answer] = Object.values(responses);
    assert.deepEqual(
      output.map(({ name }) => name),
      Object.keys(answer?.content['application/json'].schema.properties ?? {}),
    );
    for (const { title } of [...fields, ...output]) {
      assert.match(title.en, /\.$/);
      assert.match(title.zh, /[\u4e00-\u9fff]/);
    }
    assert.ok(words.includes('SMS') && words.includes('短信'));
  }
});
