import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  apiKey,
  NOW_SECONDS,
  protocolOver,
  requestOf,
  SDK_CREDENTIALS,
  tc3,
  v1,
} from '../../../test/support/tencent-protocol.ts';
import { KnownCallerFault } from '../../core/known-caller-fault.ts';
import { Fault } from '../../domain/fault.ts';
import type { TencentRequest } from './index.ts';

function faultOf(request: TencentRequest): Fault {
  try {
    protocolOver().readCall(request);
  } catch (error) {
    assert.ok(error instanceof Fault);
    return error;
  }
  return assert.fail('the request is a call');
}

const form = (payload: string | Buffer) => tc3({ payload, contentType: 'application/x-www-form-urlencoded' });

test('whoever was authenticated is named by every fault raised before the request is a call', () => {
  const rows: [string, TencentRequest, string, string][] = [
    ['a token', tc3({}, { 'X-TC-Token': 'token' }), 'token_invalid', ''],
    ['a token under the older signature', v1({ Token: 'token' }), 'token_invalid', ''],
    ['an unknown action', tc3({ action: 'NoSuchAction' }), 'action_unknown', ''],
    ['an unknown version', tc3({ version: '2001-01-01' }), 'version_unknown', ''],
    ['a content type', tc3({ contentType: 'text/plain' }), 'content_type_unsupported', 'line-status'],
    ['malformed JSON', tc3({ payload: '{' }), 'body_malformed', 'line-status'],
    ['JSON that is no object', tc3({ payload: '[]' }), 'body_malformed', 'line-status'],
    ['a form that is no UTF-8', form(Buffer.from([0x61, 0x3d, 0xff])), 'body_malformed', ''],
  ];
  for (const [what, request, code, action] of rows) {
    const fault = faultOf(request);
    assert.ok(fault instanceof KnownCallerFault, what);
    assert.deepEqual([fault.code, fault.key.id, fault.action], [code, apiKey().id, action], what);
  }
});

test('a fault that names a caller says to the wire what the plain one said', () => {
  const fault = faultOf(tc3({ action: 'NoSuchAction' }));
  assert.deepEqual(
    [fault.detail.value, fault.message],
    ['NoSuchAction', new Fault('action_unknown').message],
  );
});

test('nobody is named who was not authenticated', () => {
  const stranger = { ...SDK_CREDENTIALS, secretId: 'AKIDSTRANGER' };
  const forged = tc3();
  const rows: [string, TencentRequest][] = [
    ['signature_mismatch', { ...forged, body: Buffer.from('{"Mobile":"13800138001"}') }],
    ['clock_skew', tc3({ timestampSeconds: NOW_SECONDS - 4000 })],
    [
      'authorization_missing',
      requestOf({ method: 'POST', target: '/', headers: headOf(), body: Buffer.from('{}') }),
    ],
    ['method_unsupported', { ...tc3(), method: 'PUT' }],
    ['body_too_large', { ...tc3(), url: `/?${'x'.repeat(40_000)}` }],
  ];
  for (const [code, request] of rows) {
    const fault = faultOf(request);
    assert.deepEqual([fault.code, fault instanceof KnownCallerFault], [code, false]);
  }
  assert.throws(
    () => protocolOver([apiKey(stranger)]).readCall(tc3()),
    (error) => error instanceof Fault && error.code === 'key_unknown' && !(error instanceof KnownCallerFault),
  );
});

function headOf(): Record<string, string> {
  return {
    Host: '127.0.0.1:8080',
    'Content-Type': 'application/json',
    'X-TC-Action': 'MobileStatus',
    'X-TC-Version': '2018-03-01',
    'X-TC-Timestamp': String(NOW_SECONDS),
  };
}
