// Addresses that cannot be read, over the real framework.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import Fastify from 'fastify';
import { Type } from '../core/json-schema.ts';
import { defineRoute } from '../management/route.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { createCallerReader } from './caller-address.ts';
import { addManagementRoutes, type ManagementRecord } from './management-routes.ts';
import { UNROUTABLE, USUAL_HEADERS } from './unroutable.ts';

const ROW = defineRoute({
  ...{ name: 'shelf', group: 'people', method: 'GET', path: '/shelves/:id', access: ['public'] },
  ...{ summary: { en: 'A shelf.', zh: '架' }, shape: 'own', success: 200, errors: ['bad_request'] },
  answer: Type.Object({}),
  examples: [],
  run: async () => ({ body: {} }),
});

function serve(t: TestContext) {
  const records: ManagementRecord[] = [];
  const server = Fastify(UNROUTABLE);
  addManagementRoutes(server, {
    routes: [ROW],
    sources: {} as never,
    readCaller: createCallerReader([]),
    clock: { nowMs: () => 0 } as never,
    random: systemRandom,
    ...{ bodyMaxBytes: 1024, queryMaxLength: 1024, callsMax: 10, stalledMs: 1000 },
    countChange: () => {},
    record: (record) => records.push(record),
  });
  t.after(() => server.close());
  return { server, records };
}

test('an address that cannot be read is refused in the envelope of management calls, is counted, and is not repeated', async (t) => {
  const { server, records } = serve(t);
  for (const url of ['/api/v1/shelves/%FF', '/api/v1/%E0%A4', '/api/v1/%']) {
    const answer = await server.inject({ url });
    const { trace_id, ...rest } = answer.json();
    assert.equal(answer.statusCode, 400, url);
    assert.deepEqual(Object.keys(rest), ['success', 'error'], url);
    assert.deepEqual([rest.success, rest.error.code], [false, 'bad_request']);
    assert.ok(!answer.body.includes('%'));
    assert.equal(answer.headers['content-type'], 'application/json');
    for (const [name, value] of Object.entries(USUAL_HEADERS))
      assert.equal(answer.headers[name.toLowerCase()], value);
    const record = records.pop();
    assert.deepEqual(
      [record?.requestId, record?.result, record?.route],
      [trace_id, 'bad_request', undefined],
    );
  }
});

test('elsewhere it is refused as everything is there', async (t) => {
  const { server, records } = serve(t);
  const answer = await server.inject('/console/%FF');
  assert.deepEqual([answer.statusCode, answer.json()], [400, { error: 'bad request' }]);
  assert.equal(answer.headers['x-frame-options'], 'DENY');
  assert.equal(records.length, 0);
});

test('a parameter that is too long is refused by the call that has it, up to 128 characters are taken', async (t) => {
  const { server } = serve(t);
  assert.equal((await server.inject(`/api/v1/shelves/${'x'.repeat(128)}`)).statusCode, 200);
  const answer = await server.inject(`/api/v1/shelves/${'x'.repeat(10_000)}`);
  assert.equal(answer.statusCode, 400);
  assert.deepEqual(answer.json().error, { code: 'bad_request', message: 'id is too long.' });
});
