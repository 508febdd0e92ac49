// /openapi.json against an independent validator, and refusals against what it says of them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { callNamed, sendDocumented } from '../support/documented-calls.ts';
import { type ReadDocument, readDocument } from '../support/documented-operations.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

let server: RunningServer;
let document: ReadDocument;
after(() => server?.kill());
const data = `${makeTemporaryDirectory({ after })}/data`;

before(async () => {
  server = await startServer({ data });
  document = await readDocument(server.url);
});

test('the description is valid OpenAPI 3.1, says an independent validator', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document.raw) as never);
  assert.equal(valid, true, JSON.stringify(errors));
});

test('it is served as JSON', async () => {
  const answer = await fetch(`${server.url}/openapi.json`);
  assert.equal(answer.headers.get('content-type'), 'application/json');
});

test('each operation has its own name, an example wherever it takes a body, and says who may call', () => {
  const operations = document.calls.map(({ operation }) => operation);
  assert.ok(operations.length > 40);
  assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
  for (const { operationId, security, requestBody } of operations) {
    assert.ok(security.length > 0, operationId);
    const examples = requestBody?.content['application/json']?.examples;
    assert.ok(examples === undefined || Object.keys(examples).length > 0, operationId);
  }
});

test('refusals of management calls are what is documented, in both of their envelopes', async () => {
  for (const name of ['balance', 'credential-list', 'account-list', 'application-create']) {
    const call = callNamed(document, name);
    const answer = await sendDocumented(server.url, call, {}, call.method === 'GET' ? undefined : {});
    assert.equal(answer.status, 401, name);
    assert.equal(document.judge(call, answer.status, answer.mediaType, answer.text), undefined, answer.text);
  }
});
