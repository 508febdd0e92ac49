// /openapi.json about the identity calls: compared with what the vendor's guides list and with what the protocol accepts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definePath, describeApi, type Wire } from './openapi.ts';

const SEED = { profile: 'seed', identityCodes: 'published' } as const;

interface Node {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
}
interface Operation {
  readonly requestBody: { content: { 'application/json': { schema: Node } } };
  readonly responses: Readonly<
    Record<
      string,
      { headers?: object; content: { 'application/json': { schema: Node & { $ref?: string } } } }
    >
  >;
}

function operationOf(call: string, wire: Wire = SEED): Operation {
  const { paths } = describeApi([], wire) as { paths: Record<string, { post: Operation }> };
  const found = paths[`/identity/phone/${call}`]?.post;
  assert.ok(found !== undefined, call);
  return found;
}
const bodyOf = (call: string): Readonly<Record<string, Node>> =>
  operationOf(call).requestBody.content['application/json'].schema.properties ?? {};
const answerOf = (call: string, wire?: Wire): Readonly<Record<string, Node>> =>
  operationOf(call, wire).responses[200]?.content['application/json'].schema.properties ?? {};

const SEALS = ['encrypt_list', 'ciphertext_blob', 'iv', 'algorithm', 'tag_list'];

test('every identity call describes its encryption, as an object and as a list of one', () => {
  for (const call of ['check-1e', 'check-2e', 'check-3e']) {
    const [object, list] = bodyOf(call).encryption?.anyOf ?? [];
    assert.deepEqual(Object.keys(object?.properties ?? {}), SEALS, call);
    assert.deepEqual(list?.items, object, call);
    assert.deepEqual(object?.properties?.algorithm?.enum, ['', 'AES-256-CBC', 'SM4-GCM']);
  }
});

test('check-3e alone describes the parameters of encryption beside its fields too', () => {
  const beside = (call: string) => SEALS.filter((name) => name in bodyOf(call));
  assert.deepEqual([beside('check-1e'), beside('check-2e'), beside('check-3e')], [[], [], SEALS]);
});

test('verify_mode is described with every spelling that is accepted', () => {
  const spellings = bodyOf('check-3e').verify_mode?.enum ?? [];
  for (const one of ['0', 0, 'short', 'short version', '1', 1, 'long', 'long version'])
    assert.ok(spellings.includes(one), String(one));
});

test('results and status codes are described as the guides list them', () => {
  const sorted = (node: Node | undefined) => [...(node?.enum ?? [])].map(String).sort();
  assert.deepEqual(sorted(answerOf('check-1e').result), ['-1', '-2', '-3', '0']);
  assert.deepEqual(answerOf('check-1e').status_code, { type: 'integer', enum: [0, 1, 2, 3, 4, 99] });
  const published = ['-1', '-2', '-3', '-4', '-5', '-6', '0', '1'];
  assert.deepEqual(sorted(answerOf('check-2e').result), published);
  assert.deepEqual(sorted(answerOf('check-3e').result), published);
  const upstream = answerOf('check-3e', { ...SEED, identityCodes: 'tencent' }).result;
  assert.deepEqual(sorted(upstream), ['-11', '-12', '-13', '-4', '-6', '-7', '-8', '-9', '0']);
  assert.deepEqual(answerOf('check-3e').isp?.enum, ['', 'Mobile', 'Telecom', 'China Unicom']);
});

test('errors are described in the envelope of the profile', () => {
  const membersOf = (profile: Wire['profile']) => {
    const wire = { ...SEED, profile };
    const reference = operationOf('check-1e', wire).responses[500]?.content['application/json'].schema.$ref;
    assert.equal(reference, '#/components/schemas/IdentityError');
    const { components } = describeApi([], wire) as { components: { schemas: Record<string, Node> } };
    return components.schemas.IdentityError?.required;
  };
  assert.deepEqual(membersOf('seed'), ['success', 'error', 'trace_id']);
  assert.deepEqual(membersOf('current'), ['error', 'trace_id']);
});

test('the header that marks a kept answer is described', () => {
  assert.ok('Idempotency-Replayed' in (operationOf('check-1e').responses[200]?.headers ?? {}));
});

test('no mark of our own stands in a schema, but as an extension', () => {
  const text = JSON.stringify([describeApi([], SEED), definePath('/identity/phone/check-1e', [], SEED)]);
  assert.doesNotMatch(text, /"(sensitive|titleZh)"/);
  assert.match(text, /"x-sensitive":true/);
});

test('the session cookie is described by both of its names', () => {
  const { components } = describeApi([], SEED) as {
    components: { securitySchemes: Record<string, { name?: string }> };
  };
  assert.equal(components.securitySchemes.session?.name, 'lineproof_session');
  assert.equal(components.securitySchemes['session-tls']?.name, '__Host-lineproof_session');
});
