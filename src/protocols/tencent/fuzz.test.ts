// Whatever comes in, a Fault or a call comes out, and the answer is a documented error.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DOCUMENTED_CODES } from '../../../test/support/documented-codes.ts';
import { propertyRuns } from '../../../test/support/property-runs.ts';
import { NOW_SECONDS, protocolOver, REQUEST_ID, tc3, v1 } from '../../../test/support/tencent-protocol.ts';
import { compileSchema } from '../../core/schema.ts';
import { Fault } from '../../domain/fault.ts';
import { isTencentRequest, type TencentRequest } from './index.ts';

const protocol = protocolOver();
const RUNS = propertyRuns(400);

function assertAnswered(request: TencentRequest): void {
  let thrown: unknown;
  try {
    const call = protocol.readCall(request);
    // As the core goes on with it.
    call.action.priceKey(call.input);
    compileSchema(call.action.input)(call.input, call.unknown);
    assert.ok(call.sealed === undefined || Array.isArray(call.sealed.fields));
    return;
  } catch (error) {
    thrown = error;
  }
  if (!(thrown instanceof Fault)) throw thrown;
  const { Response } = JSON.parse(protocol.renderFault(thrown, request, undefined));
  assert.ok(DOCUMENTED_CODES.has(Response.Error.Code), Response.Error.Code);
  assert.equal(typeof Response.Error.Message, 'string');
  assert.equal(Response.RequestId, REQUEST_ID);
}

const text = fc.string({ unit: 'binary', maxLength: 60 });
const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
});
const HEADERS = [
  'Host',
  'Content-Type',
  'Authorization',
  'X-TC-Action',
  'X-TC-Version',
  'X-TC-Timestamp',
  'X-TC-Token',
  'X-TC-Language',
  'X-TC-Content-SHA256',
];
const authorization = fc
  .tuple(headerText, headerText, headerText)
  .map(([a, b, c]) => `TC3-HMAC-SHA256 Credential=${a}/2026-11-21/${b}/tc3_request, SignedHeaders=${c};host`);
const header = fc.tuple(
  fc.oneof(fc.constantFrom(...HEADERS), headerText),
  fc.oneof(
    headerText,
    authorization,
    fc.constantFrom('application/json', String(NOW_SECONDS), 'MobileStatus'),
  ),
);

test('any method, target, headers and body', () => {
  const request = fc.record({
    requestId: fc.constant(REQUEST_ID),
    method: fc.constantFrom('GET', 'POST', 'PUT', ''),
    url: fc.oneof(
      text,
      text.map((query) => `/?${query}`),
    ),
    rawHeaders: fc.array(header, { maxLength: 12 }).map((pairs) => pairs.flat()),
    body: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    receivedAtMs: fc.constant(NOW_SECONDS * 1000),
  });
  fc.assert(
    fc.property(request, (anything) => {
      isTencentRequest(anything.method, anything.url, anything.rawHeaders);
      assertAnswered(anything);
    }),
    RUNS,
  );
});

test('any change of one header of a signed request', () => {
  fc.assert(
    fc.property(fc.constantFrom(...HEADERS), headerText, (name, value) => {
      const request = tc3();
      const rawHeaders = request.rawHeaders.map((part, i) =>
        request.rawHeaders[i - 1] === name ? value : part,
      );
      assertAnswered({ ...request, rawHeaders });
    }),
    RUNS,
  );
});

test('any host is signed and accepted', () => {
  fc.assert(
    fc.property(headerText, (host) => {
      const trimmed = host.trim();
      assert.equal(protocol.readCall(tc3({ host: trimmed })).action.name, 'line-status');
    }),
    RUNS,
  );
});

const ACTIONS = [
  ['MobileStatus', '2018-03-01'],
  ['PhoneVerification', '2018-03-01'],
  ['CreateKey', '2019-01-18'],
  ['DescribeKey', '2019-01-18'],
] as const;
const NAMES = [
  ...['Mobile', 'Phone', 'Name', 'IdCard', 'Encryption', 'EncryptList', 'CiphertextBlob', 'Iv', 'Algorithm'],
  ...['TagList', 'Tags', 'TagKey', 'MemberAccount', 'Type', 'Alias', '__proto__', 'constructor', 'toString'],
];
const name = fc.oneof(fc.constantFrom(...NAMES), text);

test('any JSON under a right signature', () => {
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(name, tie('tree'), { maxKeys: 5 }),
    ),
  }));
  const payload = fc.oneof(
    fc.dictionary(name, tree, { maxKeys: 6 }).map((value) => JSON.stringify(value)),
    text,
  );
  fc.assert(
    fc.property(fc.constantFrom(...ACTIONS), payload, ([action, version], body) =>
      assertAnswered(tc3({ action, version, payload: body })),
    ),
    RUNS,
  );
});

test('any query and form under a right signature', () => {
  const path = fc
    .array(fc.oneof(name, fc.nat({ max: 20 }).map(String)), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('.'));
  const safe = (value: string) => value.isWellFormed();
  const parameters = fc.dictionary(path.filter(safe), text.filter(safe), {
    maxKeys: 8,
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(fc.constantFrom(...ACTIONS), parameters, ([Action, Version], values) => {
      for (const method of ['GET', 'POST'] as const)
        assertAnswered(v1({ ...values, Action, Version }, { method }));
    }),
    RUNS,
  );
  const contentType = 'application/x-www-form-urlencoded';
  fc.assert(
    fc.property(text, (payload) => assertAnswered(tc3({ payload, contentType }))),
    RUNS,
  );
});

test('nothing that was sent has changed what objects inherit', () => {
  assert.deepEqual(Object.keys(Object.prototype), []);
  assert.equal(Object.getPrototypeOf({}), Object.prototype);
});
