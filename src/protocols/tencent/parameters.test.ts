// From the wire to our own fields, in a query, a form and JSON.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorOf, faultCodeOf, protocolOver, tc3, v1 } from '../../../test/support/tencent-protocol.ts';
import { compileSchema } from '../../core/schema.ts';
import { Fault } from '../../domain/fault.ts';

const protocol = protocolOver();
const KMS = { version: '2019-01-18', service: 'kms' };

const json = (action: string, payload: unknown, changes = {}) =>
  protocol.readCall(tc3({ action, payload: JSON.stringify(payload), ...changes }));
const form = (action: string, parameters: Record<string, string>) =>
  protocol.readCall(v1({ Action: action, Mobile: '', ...parameters }));
const query = (action: string, text: string) =>
  protocol.readCall(
    tc3({
      action,
      method: 'GET',
      payload: '',
      query: text,
      contentType: 'application/x-www-form-urlencoded',
    }),
  );

test('every action of the wire table exists in the catalogue and every field has its name', () => {
  const person = { IdCard: 'i', Name: 'n', Phone: 'p' };
  const fields = { idCard: 'i', name: 'n', msisdn: 'p' };
  for (const [action, name] of [
    ['PhoneVerification', 'identity-match'],
    ['PhoneVerificationCMCC', 'identity-match-mobile'],
    ['PhoneVerificationCTCC', 'identity-match-telecom'],
    ['PhoneVerificationCUCC', 'identity-match-unicom'],
  ] as const) {
    const call = json(action, person);
    assert.equal(call.action.name, name);
    assert.deepEqual({ ...call.input }, fields);
  }
  assert.deepEqual(json('CheckPhoneAndName', { Mobile: 'm', Name: 'n' }).input, { msisdn: 'm', name: 'n' });
  assert.deepEqual(json('MobileNetworkTimeVerification', { Mobile: 'm' }).input, { msisdn: 'm' });
  assert.equal(json('PhoneVerification', { ...person, VerifyMode: '1' }).input.verifyMode, '1');
  assert.deepEqual(json('GetCallerIdentity', {}, { version: '2018-08-13' }).input, {});
  for (const action of ['CreateKey', 'GenerateDataKey', 'Decrypt', 'Encrypt', 'DescribeKey', 'ListKeys']) {
    assert.ok(json(action, {}, KMS).action.name.startsWith('kms-'));
  }
  for (const action of ['GetServiceStatus', 'GenerateRandom']) assert.ok(json(action, {}, KMS));
});

test('JSON keeps its types, forms are coerced by the schema', () => {
  assert.equal(json('GenerateRandom', { NumberOfBytes: '16' }, KMS).input.numberOfBytes, '16');
  assert.equal(json('GenerateRandom', { NumberOfBytes: 16 }, KMS).input.numberOfBytes, 16);
  const coerced = (text: string) =>
    form('GenerateRandom', { Version: KMS.version, NumberOfBytes: text }).input.numberOfBytes;
  assert.equal(coerced('16'), 16);
  assert.equal(coerced('-1'), -1);
  for (const text of ['', '1.5', '0x10', '1e3', ' 1', '9'.repeat(16)]) assert.equal(coerced(text), text);
});

test('lists of structs have their own names inside, in JSON and in forms', () => {
  const tags = [
    { tagKey: 'env', tagValue: 'dev' },
    { tagKey: 'a', tagValue: 'b' },
  ];
  const wire = [
    { TagKey: 'env', TagValue: 'dev' },
    { TagKey: 'a', TagValue: 'b' },
  ];
  assert.deepEqual(json('CreateKey', { Alias: 'x', Tags: wire }, KMS).input, { alias: 'x', tags });
  const call = form('CreateKey', {
    Version: KMS.version,
    Alias: 'x',
    'Tags.10.TagKey': 'a',
    'Tags.10.TagValue': 'b',
    'Tags.2.TagKey': 'env',
    'Tags.2.TagValue': 'dev',
  });
  assert.deepEqual(call.input, { alias: 'x', tags });
});

test('null is absent and an empty body is no parameters', () => {
  assert.deepEqual(json('MobileStatus', { Mobile: null, Encryption: null }).input, {});
  assert.deepEqual(protocol.readCall(tc3({ payload: '' })).input, {});
  assert.deepEqual(query('MobileStatus', '').input, {});
});

test('names that the action does not declare are collected, never taken as fields', () => {
  assert.deepEqual(json('MobileStatus', { Mobile: 'm', mobile: 'x', msisdn: 'y', Extra: 1 }).unknown, [
    'mobile',
    'msisdn',
    'Extra',
  ]);
  assert.deepEqual(json('MobileStatus', { Encryption: { EncryptList: [], Extra: 1 } }).unknown, [
    'Encryption.Extra',
  ]);
  assert.deepEqual(form('MobileStatus', { 'A.0': '1', 'Mobile.0': '2', 'Encryption.X.Y': '3' }).unknown, [
    'A.0',
    'Mobile.0',
    'Encryption.X',
  ]);
  assert.deepEqual(query('MobileStatus', 'Region=x&Language=zh-CN&RequestClient=y&Mobile=1').unknown, []);
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`X${i}${'y'.repeat(1000)}`, 1]));
  const { unknown } = json('MobileStatus', many);
  assert.equal(unknown.length, 16);
  assert.ok(unknown.every((name) => name.length <= 128));
});

test('names of object members are names like any other', () => {
  const payload = '{"__proto__":{"polluted":1},"constructor":1,"Encryption":{"__proto__":{"polluted":1}}}';
  const call = protocol.readCall(tc3({ payload }));
  assert.deepEqual(call.unknown, ['__proto__', 'constructor', 'Encryption.__proto__']);
  assert.deepEqual(form('MobileStatus', { 'toString.0': '1' }).unknown, ['toString.0']);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  assert.deepEqual(Object.keys(call.input), []);
});

test('the last of a repeated name counts', () => {
  assert.equal(protocol.readCall(tc3({ payload: '{"Mobile":"1","Mobile":"2"}' })).input.msisdn, '2');
  assert.equal(query('MobileStatus', 'Mobile=1&Mobile=2').input.msisdn, '2');
});

test('what is no JSON object, no UTF-8 or no form is InvalidParameter', () => {
  for (const payload of ['[]', '"x"', '1', 'null', '{', '{"a":1}x', '\ufeff{}']) {
    assert.equal(errorOf(protocol, tc3({ payload }))?.Code, 'InvalidParameter', payload);
  }
  assert.equal(
    errorOf(protocol, tc3({ payload: Buffer.from([0x7b, 0xff, 0x7d]) }))?.Code,
    'InvalidParameter',
  );
  const contentType = 'application/x-www-form-urlencoded';
  for (const payload of ['Mobile', 'Mobile=%ff', Buffer.from([0x4d, 0x3d, 0xff])])
    assert.equal(errorOf(protocol, tc3({ payload, contentType }))?.Code, 'InvalidParameter');
});

test('the sentence about `=` is for a form that cannot be read, not for one that is too long', () => {
  const contentType = 'application/x-www-form-urlencoded';
  const messageOf = (payload: string | Buffer) => {
    const asForm = errorOf(protocol, tc3({ payload, contentType }));
    assert.equal(asForm?.Code, 'InvalidParameter');
    if (typeof payload === 'string')
      assert.deepEqual(
        errorOf(protocol, tc3({ method: 'GET', payload: '', query: payload, contentType })),
        asForm,
      );
    return asForm?.Message;
  };
  const unread = [
    'Mobile',
    'Mobile=1&x',
    'Mobile=%ff',
    'Mobile=%E0%A4',
    'Mobile=%',
    Buffer.from([0x4d, 0x3d, 0xff]),
  ];
  for (const payload of unread)
    assert.equal(messageOf(payload), 'Url key and value should be splited by `=`.', String(payload));
  assert.equal(messageOf('a=1&'.repeat(300)), 'Incorrect parameter.');
});

test('deep nesting is neither an error of ours nor followed', () => {
  const payload = `{"Mobile":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  const call = protocol.readCall(tc3({ payload }));
  assert.equal(
    faultCodeOf(() => compileSchema(call.action.input)(call.input, call.unknown)),
    'parameter_type',
  );
});

test('a form under the newer signature is accepted, other content types are not', () => {
  const contentType = 'application/x-www-form-urlencoded; charset=utf-8';
  assert.equal(protocol.readCall(tc3({ payload: 'Mobile=1', contentType })).input.msisdn, '1');
  assert.equal(
    protocol.readCall(tc3({ contentType: 'Application/JSON; Charset=utf-8' })).input.msisdn,
    '13800138000',
  );
  for (const type of ['multipart/form-data; boundary=AbC', 'application/octet-stream', 'text/json', '']) {
    assert.deepEqual(errorOf(protocol, tc3({ contentType: type })), {
      Code: 'UnsupportedProtocol',
      Message: `this action does not support Content-Type=\`${type.split(';')[0]}\``,
    });
  }
});

test('the action, version and timestamp of a signed query may stand in the query', () => {
  const request = tc3({
    method: 'GET',
    payload: '',
    query: 'Action=MobileStatus&Version=2018-03-01&Mobile=1',
    contentType: 'application/x-www-form-urlencoded',
  });
  const rawHeaders = request.rawHeaders.filter(
    (_text, i) => !['X-TC-Action', 'X-TC-Version'].includes(request.rawHeaders[i - (i % 2)] ?? ''),
  );
  assert.deepEqual(protocol.readCall({ ...request, rawHeaders }).input, { msisdn: '1' });
});

test('unknown versions and actions are named with the product that was meant', () => {
  const cases = [
    [
      { version: '2019-07-22', service: 'tms', action: 'TextModeration' },
      'NoSuchVersion',
      'The specified api version=`2019-07-22` does not exist in service=`tms`. ',
    ],
    [
      { version: '2018-03-02', service: '127' },
      'NoSuchVersion',
      'The specified api version=`2018-03-02` does not exist in service=`faceid`. ',
    ],
    [
      { action: 'mobileStatus', service: '127' },
      'InvalidAction',
      'The request action=`mobileStatus` is invalid or not found in service=`faceid` and version=`2018-03-01`.',
    ],
    [
      { version: '2019-01-18' },
      'InvalidAction',
      'The request action=`MobileStatus` is invalid or not found in service=`kms` and version=`2019-01-18`.',
    ],
  ] as const;
  for (const [changes, Code, Message] of cases) {
    assert.deepEqual(errorOf(protocol, tc3(changes)), { Code, Message });
  }
});

test('faults of fields show the names of the wire', () => {
  const call = json('PhoneVerification', { IdCard: 'i', Name: 'n', Phone: 5, VerifyMode: '2' });
  const shown = (error: unknown) =>
    JSON.parse(protocol.renderFault(error, tc3(), call)).Response.Error as Record<string, string>;
  assert.deepEqual(shown(new Fault('parameter_type', { field: 'msisdn', expectedType: 'string' })), {
    Code: 'InvalidParameter',
    Message: 'The value type of parameter `Phone` is not valid, input type should be `string`',
  });
  assert.deepEqual(shown(new Fault('parameter_value', { field: 'verifyMode' })), {
    Code: 'InvalidParameterValue',
    Message: 'The value `2` specified in the parameter `VerifyMode` is not valid.',
  });
  assert.deepEqual(shown(new Fault('parameter_missing', { field: 'idCard' })), {
    Code: 'MissingParameter',
    Message: 'The request is missing a required parameter `IdCard`.',
  });
  assert.deepEqual(shown(new Fault('parameter_unknown', { field: '$schema' })), {
    Code: 'UnknownParameter',
    Message: 'The parameter `$schema` is not recognized.',
  });
  assert.match(
    shown(new Fault('parameter_value', { field: 'name' })).Message ?? '',
    /^The value specified in/,
  );
});
