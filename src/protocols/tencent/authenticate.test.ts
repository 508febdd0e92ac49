import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  apiKey,
  errorOf,
  faultCodeOf,
  NOW_SECONDS,
  protocolOver,
  REQUEST_ID,
  requestOf,
  SDK_CREDENTIALS,
  tc3,
  v1,
} from '../../../test/support/tencent-protocol.ts';
import type { ApiKey } from '../../ports/accounts.ts';
import type { TencentRequest } from './index.ts';

const protocol = protocolOver();

function without(request: TencentRequest, ...names: readonly string[]): TencentRequest {
  const rawHeaders = request.rawHeaders.filter(
    (_text, i) => !names.includes(request.rawHeaders[i - (i % 2)] ?? ''),
  );
  return { ...request, rawHeaders };
}

function withHeader(request: TencentRequest, name: string, value: string): TencentRequest {
  return { ...without(request, name), rawHeaders: [...without(request, name).rawHeaders, name, value] };
}

function read(request: TencentRequest) {
  return protocol.readCall(request);
}

test('a signed request becomes a call of the account that owns the key', () => {
  for (const request of [tc3(), v1(), v1({}, { method: 'GET' }), v1({}, { algorithm: 'HmacSHA1' })]) {
    const call = read(request);
    assert.equal(call.key.secretId, SDK_CREDENTIALS.secretId);
    assert.equal(call.action.name, 'line-status');
    assert.deepEqual(call.input, { msisdn: '13800138000' });
    assert.deepEqual(call.unknown, []);
    assert.equal(call.requestId, REQUEST_ID);
    assert.equal(call.receivedAtMs, NOW_SECONDS * 1000);
    assert.equal(call.sealed, undefined);
  }
});

test('the documented vectors pass, with the header value in lower case that the documentation signs', () => {
  const payload = String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`;
  const vectors = [
    [
      'AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******',
      'Gu5t9xGARNpq86cd98joQYCN3*******',
      'be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3',
    ],
    [
      `AKID${'*'.repeat(32)}`,
      '*'.repeat(32),
      '10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
    ],
  ] as const;
  for (const [secretId, secretKey, signature] of vectors) {
    const request = requestOf(
      {
        method: 'POST',
        target: '/',
        headers: {
          Host: 'cvm.tencentcloudapi.com',
          'Content-Type': 'application/json; charset=utf-8',
          'X-TC-Action': 'DescribeInstances',
          'X-TC-Version': '2017-03-12',
          'X-TC-Timestamp': '1551113065',
          Authorization: `TC3-HMAC-SHA256 Credential=${secretId}/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=${signature}`,
        },
        body: Buffer.from(payload),
      },
      1551113065,
    );
    const over = protocolOver([apiKey({ secretId, secretKey })]);
    // There is no such product here: being told so means that authentication has passed.
    assert.equal(
      faultCodeOf(() => over.readCall(request)),
      'version_unknown',
    );
    const other = withHeader(request, 'X-TC-Action', 'DescribeInstance');
    assert.equal(
      faultCodeOf(() => over.readCall(other)),
      'signature_mismatch',
    );
  }
});

test('common parameters that are missing are named before anything about the signature', () => {
  const names = { 'X-TC-Action': 'Action', 'X-TC-Version': 'Version', 'X-TC-Timestamp': 'Timestamp' };
  for (const [header, parameter] of Object.entries(names)) {
    for (const request of [tc3(), withHeader(tc3(), 'Authorization', 'SKIP')]) {
      assert.deepEqual(errorOf(protocol, without(request, header)), {
        Code: 'MissingParameter',
        Message: `The request is missing a required parameter \`${parameter}\`.`,
      });
    }
  }
  for (const parameter of ['Action', 'Version', 'Timestamp', 'Nonce', 'SecretId', 'Signature']) {
    const request = v1();
    const body = Buffer.from(
      request.body
        .toString()
        .replace(new RegExp(`(?:^|&)${parameter}=[^&]*`), '')
        .replace(/^&/, ''),
    );
    const message = `The request is missing a required parameter \`${parameter}\`.`;
    assert.equal(errorOf(protocol, { ...request, body })?.Message, message);
  }
});

test('no signature, a broken one and SKIP are told apart', () => {
  assert.deepEqual(errorOf(protocol, without(tc3(), 'Authorization')), {
    Code: 'MissingParameter',
    Message: 'The request is missing a required parameter `Authorization`.',
  });
  for (const value of ['SKIP', 'Bearer x', 'TC3-HMAC-SHA256 Credential=x']) {
    const error = errorOf(protocol, withHeader(tc3(), 'Authorization', value));
    assert.equal(error?.Code, 'AuthFailure.InvalidAuthorization', value);
  }
});

test('key, clock, signature and token are judged in this order', () => {
  const nobody = protocolOver([]);
  const late = { receivedAtMs: (NOW_SECONDS + 301) * 1000 };
  const wrong = { body: Buffer.from('{"Mobile":"1"}') };
  const foreign = withHeader(tc3(), 'X-TC-Token', 'TOK');
  assert.equal(errorOf(nobody, { ...foreign, ...late, ...wrong })?.Code, 'AuthFailure.SecretIdNotFound');
  assert.equal(errorOf(protocol, { ...foreign, ...late, ...wrong })?.Code, 'AuthFailure.SignatureExpire');
  assert.equal(errorOf(protocol, { ...foreign, ...wrong })?.Code, 'AuthFailure.SignatureFailure');
  assert.equal(errorOf(protocol, foreign)?.Code, 'AuthFailure.TokenFailure');
  assert.equal(errorOf(protocol, v1({ Token: 'TOK' }))?.Code, 'AuthFailure.TokenFailure');
  assert.equal(errorOf(protocol, withHeader(tc3(), 'X-TC-Token', '')), undefined);
});

test('the clock window names the time of the server', () => {
  const error = errorOf(protocol, { ...tc3(), receivedAtMs: (NOW_SECONDS + 400) * 1000 });
  assert.equal(
    error?.Message,
    `Signature expired. Please use local time and enable NTP service for time synchronization to avoid a deviation between \`Timestamp\` and the server time ${NOW_SECONDS + 400}.`,
  );
  assert.equal(errorOf(protocol, { ...tc3(), receivedAtMs: (NOW_SECONDS + 300) * 1000 + 999 }), undefined);
});

test('an unknown id is looked up and checked like a known one, and refused even if the signature is right', () => {
  const asked: string[] = [];
  const keys = new Map([[SDK_CREDENTIALS.secretId, apiKey()]]);
  const directory = {
    findKey(secretId: string): ApiKey | undefined {
      asked.push(secretId);
      return keys.get(secretId);
    },
  };
  const over = protocolOver([], { directory });
  over.readCall(tc3());
  keys.clear();
  assert.equal(
    faultCodeOf(() => over.readCall(tc3())),
    'key_unknown',
  );
  assert.equal(
    faultCodeOf(() => over.readCall(v1())),
    'key_unknown',
  );
  assert.deepEqual(asked, Array(3).fill(SDK_CREDENTIALS.secretId));
});

test('a key that was rotated no longer signs, though its derived key was cached', () => {
  let key = apiKey();
  const over = protocolOver([], { directory: { findKey: () => key } });
  over.readCall(tc3());
  key = apiKey({ ...SDK_CREDENTIALS, secretKey: 'another' });
  assert.equal(
    faultCodeOf(() => over.readCall(tc3())),
    'signature_mismatch',
  );
});

test('the service of the scope is the client’s, as many as it likes', () => {
  for (let turn = 0; turn < 2; turn += 1) {
    for (const service of ['faceid', '127', 'localhost:8080/tencent', ...'abcdefghij']) {
      assert.equal(errorOf(protocol, tc3({ service })), undefined, service);
    }
  }
});

test('a scope of another day is a wrong signature', () => {
  const request = tc3();
  const i = request.rawHeaders.indexOf('Authorization') + 1;
  const authorization = (request.rawHeaders[i] ?? '').replace('2026-11-21', '2026-11-20');
  const renamed = withHeader(request, 'Authorization', authorization);
  assert.equal(errorOf(protocol, renamed)?.Code, 'AuthFailure.SignatureFailure');
  const local = tc3({ timestampSeconds: NOW_SECONDS });
  const dayBefore = { ...local, receivedAtMs: (NOW_SECONDS - 86_400) * 1000 };
  const shifted = withHeader(dayBefore, 'X-TC-Timestamp', String(NOW_SECONDS - 86_400));
  assert.equal(errorOf(protocol, shifted)?.Code, 'AuthFailure.SignatureFailure');
});

test('headers do not speak for a request that is signed by its parameters', () => {
  const late = { receivedAtMs: (NOW_SECONDS + 1000) * 1000 };
  const replay = withHeader({ ...v1(), ...late }, 'X-TC-Timestamp', String(NOW_SECONDS + 1000));
  assert.equal(errorOf(protocol, replay)?.Code, 'AuthFailure.SignatureExpire');
  assert.equal(read(withHeader(v1(), 'X-TC-Action', 'PhoneVerification')).action.name, 'line-status');
});

test('size limits: the body, the query, and a form under the older signature', () => {
  const small = protocolOver(undefined, { bodyMaxBytes: 400, v1BodyMaxBytes: 200, urlMaxBytes: 300 });
  assert.equal(errorOf(small, { ...tc3(), body: Buffer.alloc(401) })?.Code, 'RequestSizeLimitExceeded');
  assert.equal(errorOf(small, { ...tc3(), url: `/?${'x'.repeat(300)}` })?.Code, 'RequestSizeLimitExceeded');
  const { Code, Message } = errorOf(small, v1()) ?? {};
  assert.equal(Code, 'AuthFailure.SignatureFailure');
  assert.equal(
    Message,
    'The provided credentials could not be validated because of exceeding request size limit, please use new signature method `TC3-HMAC-SHA256`.',
  );
});

test('a method other than GET and POST is refused first', () => {
  for (const method of ['PUT', 'DELETE', 'HEAD', 'get', '']) {
    assert.deepEqual(errorOf(protocol, { ...tc3(), method, body: Buffer.alloc(0), rawHeaders: [] }), {
      Code: 'UnsupportedProtocol',
      Message: 'HTTP(S) request protocol error; only GET and POST requests are supported.',
    });
  }
});

test('of a repeated header the first counts', () => {
  const request = tc3();
  const twice = { ...request, rawHeaders: [...request.rawHeaders, 'X-TC-Action', 'Other', 'Host', 'other'] };
  assert.equal(read(twice).action.name, 'line-status');
});

test('timestamps that are no numbers are refused as such', () => {
  for (const text of ['x', '-1', '1.5', '1e9', '9'.repeat(13)]) {
    assert.equal(
      errorOf(protocol, withHeader(tc3(), 'X-TC-Timestamp', text))?.Message,
      'The value type of parameter `Timestamp` is not valid, input type should be `int`',
    );
  }
  assert.equal(
    errorOf(protocol, withHeader(tc3(), 'X-TC-Timestamp', '9'.repeat(12)))?.Code,
    'AuthFailure.SignatureExpire',
  );
});
