// /openapi.json against an independent validator, and every operation in it called with its own example.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { createAccount, runJson } from '../support/command-line.ts';
import { codeMailedTo } from '../support/mailed-code.ts';
import { createManagementClient } from '../support/management-client.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

interface Operation {
  readonly operationId: string;
  readonly security: readonly Record<string, unknown>[];
  readonly parameters?: readonly { name: string; in: string; example?: unknown }[];
  readonly requestBody?: {
    content: { 'application/json': { examples: Record<string, { value: Record<string, unknown> }> } };
  };
  readonly responses: Record<string, unknown>;
}
type Paths = Record<string, Record<string, Operation>>;

const ANN = { email: 'ann@example.org', password: 'seven green bicycles' };
/** They end the session that the others need. */
const LAST = ['password-change', 'logout', 'logout-everywhere'];

let server: RunningServer;
let paths: Paths;
let document: object;
after(() => server?.kill());
const data = `${makeTemporaryDirectory({ after })}/data`;

before(async () => {
  server = await startServer({ data, args: ['--password-memory-kib', '8192', '--password-passes', '1'] });
  const answer = await fetch(`${server.url}/openapi.json`);
  assert.equal(answer.headers.get('content-type'), 'application/json');
  document = (await answer.json()) as object;
  paths = (document as { paths: Paths }).paths;
});

test('the description is valid OpenAPI 3.1, says an independent validator', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
  assert.equal(valid, true, JSON.stringify(errors));
});

test('each operation has its own name, an example wherever it takes a body, and says who may call', () => {
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  assert.ok(operations.length > 40);
  assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
  for (const { operationId, security, requestBody } of operations) {
    assert.ok(security.length > 0, operationId);
    const examples = requestBody?.content['application/json'].examples;
    assert.ok(examples === undefined || Object.keys(examples).length > 0, operationId);
  }
});

test('every operation answers its own example with a status that it documents', async () => {
  const client = createManagementClient(server.port);
  await client.call('POST /people/register', { body: ANN });
  const code = await codeMailedTo(server, ANN.email);
  const { cookie } = await client.call('POST /people/confirm', { body: { ...ANN, code } });
  const session = client.withSession(cookie);
  const sandbox = await createAccount(data, ['--sandbox']);
  const { token: operator } = (await runJson(['operator', 'token', 'create', 'root', '--data', data])) as {
    token: string;
  };
  const { json: platform } = await client.call('POST /platform-tokens', { headers: session, body: {} });
  const headersOf = ({ security }: Operation): Record<string, string> => {
    const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });
    const accepted = new Set(security.flatMap((one) => Object.keys(one)));
    if (accepted.has('session')) return session;
    if (accepted.has('operator')) return bearer(operator);
    if (accepted.has('credential')) return bearer(sandbox.token);
    return accepted.has('platform-token') ? bearer(platform.token) : {};
  };

  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const rank = ({ operationId }: Operation) => LAST.indexOf(operationId);
  calls.sort((a, b) => rank(a.operation) - rank(b.operation));
  for (const { path, method, operation } of calls) {
    const { parameters = [], requestBody, responses, operationId } = operation;
    const query = new URLSearchParams();
    let url = path;
    for (const { name, in: place, example } of parameters) {
      if (place === 'path') url = url.replace(`{${name}}`, String(example));
      else if (example !== undefined) query.set(name, String(example));
    }
    const examples = Object.values(requestBody?.content['application/json'].examples ?? {});
    for (const { value } of examples.length === 0 ? [{ value: undefined }] : examples) {
      const answer = await fetch(`${server.url}${url}${query.size === 0 ? '' : `?${query}`}`, {
        method: method.toUpperCase(),
        headers: { 'content-type': 'application/json', ...headersOf(operation) },
        ...(value === undefined ? {} : { body: JSON.stringify(value) }),
      });
      const text = await answer.text();
      const said = `${operationId} ${method} ${url}: ${answer.status} ${text.slice(0, 200)}`;
      assert.ok(String(answer.status) in responses, said);
      assert.ok(answer.status < 500 && answer.status !== 403 && answer.status !== 405, said);
    }
  }
});
