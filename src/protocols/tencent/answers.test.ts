// From conclusions and faults to the wire.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOCUMENTED_CODES } from '../../../test/support/documented-codes.ts';
import { DOMAIN_CODES } from '../../../test/support/sandbox-contacts.ts';
import { protocolOver, REQUEST_ID, tc3, v1 } from '../../../test/support/tencent-protocol.ts';
import { ACTIONS } from '../../actions/index.ts';
import type { Call } from '../../core/call.ts';
import { FAULTS, Fault, type FaultCode } from '../../domain/fault.ts';
import { MISMATCHES } from '../../domain/identity-match.ts';
import { OUTCOMES, type OutcomeCode } from '../../domain/outcome.ts';
import { LINE_STATUSES } from '../../domain/subscriber.ts';
import type { TencentOptions } from './index.ts';

const INPUTS: Readonly<Record<string, object>> = {
  MobileStatus: { Mobile: 'm' },
  MobileNetworkTimeVerification: { Mobile: 'm' },
  PhoneVerification: { IdCard: 'i', Name: 'n', Phone: 'p' },
  PhoneVerificationCMCC: { IdCard: 'i', Name: 'n', Phone: 'p' },
  CheckPhoneAndName: { Mobile: 'm', Name: 'n' },
};

function callOf(action: string, extra: object = {}, headers: Record<string, string> = {}): Call {
  const payload = JSON.stringify({ ...INPUTS[action], ...extra });
  return protocolOver().readCall(tc3({ action, payload }, headers));
}

function render(
  call: Call,
  outcome: OutcomeCode,
  output: Readonly<Record<string, unknown>> = {},
  options: Partial<TencentOptions> = {},
): Record<string, unknown> {
  const conclusion = { outcome, output, source: '', asOf: undefined };
  const text = protocolOver(undefined, options).renderConclusion(call, conclusion);
  const { Response, ...rest } = JSON.parse(text);
  assert.deepEqual(rest, {});
  assert.equal(Response.RequestId, REQUEST_ID);
  assert.equal('Error' in Response, false);
  const { RequestId: _requestId, ...members } = Response;
  return members;
}

const CHINESE = { 'X-TC-Language': 'zh-CN' };

test('the documented examples come out, in both languages', () => {
  const status = (headers = {}) => callOf('MobileStatus', {}, headers);
  assert.deepEqual(render(status(), 'known', { status: 'suspended' }), {
    Result: '0',
    Description: 'Success',
    StatusCode: 1,
  });
  assert.deepEqual(render(status(), 'number_invalid'), {
    Result: '-2',
    Description: 'Invalid phone number format',
    StatusCode: 99,
  });
  assert.deepEqual(render(status(CHINESE), 'no_record', { status: 'unknown' }), {
    Result: '-1',
    Description: '未查询到结果',
    StatusCode: 99,
  });
  const tenure = callOf('MobileNetworkTimeVerification');
  assert.deepEqual(render(tenure, 'known', { months: 30, range: '[24,+)' }), {
    Result: '0',
    Description: 'Success',
    Range: '[24,+)',
  });
  assert.deepEqual(render(tenure, 'number_vacant'), {
    Result: '-2',
    Description: 'Phone number not found',
    Range: '',
  });
  const match = (headers = {}) => callOf('PhoneVerification', {}, headers);
  assert.deepEqual(render(match(), 'match', { carrier: 'unicom' }), {
    Result: '0',
    Description: 'Authentication passed',
    Isp: 'cucc',
  });
  const mismatch = { carrier: 'unicom', mismatch: 'phone_name' };
  assert.deepEqual(render(match(CHINESE), 'mismatch', mismatch), {
    Result: '-4',
    Description: '信息不一致',
    Isp: '联通',
  });
  assert.deepEqual(render(callOf('CheckPhoneAndName', {}, CHINESE), 'mismatch'), {
    Result: '1',
    Description: '验证结果不一致',
  });
});

test('every status of a line has its code, and a vacant number the configured one', () => {
  const call = callOf('MobileStatus');
  const codes = LINE_STATUSES.map((status) => [status, render(call, 'known', { status }).StatusCode]);
  assert.deepEqual(Object.fromEntries(codes), {
    normal: 0,
    suspended: 1,
    cancelled: 2,
    vacant: 4,
    not_in_network: 4,
    unusable: 5,
    unknown: 99,
  });
  assert.equal(render(call, 'known', { status: 'vacant' }, { vacantStatusCode: 3 }).StatusCode, 3);
});

test('Isp is by language, empty for carriers without one, configurable, and verbatim from the sandbox', () => {
  const isp = (carrier: string, headers = {}, options = {}) =>
    render(callOf('PhoneVerification', {}, headers), 'match', { carrier }, options).Isp;
  for (const [carrier, en, zh] of [
    ['mobile', 'mobile', '移动'],
    ['telecom', 'telecom', '电信'],
    ['unicom', 'cucc', '联通'],
    ['broadnet', '', ''],
    ['Example Wireless', '', ''],
    ['constructor', '', ''],
    ['', '', ''],
  ] as const) {
    assert.equal(isp(carrier), en);
    assert.equal(isp(carrier, CHINESE), zh);
  }
  assert.equal(isp('broadnet', {}, { isps: { broadnet: { en: 'cbn', zh: '广电' } } }), 'cbn');
  const shown = { carrier: 'telecom', ispText: { en: 'Telecom', zh: '电信' } };
  assert.equal(render(callOf('PhoneVerification'), 'match', shown).Isp, 'Telecom');
});

test('ResultDetail is told in detailed mode, of a mismatch, and in no other case', () => {
  const details = MISMATCHES.map(
    (mismatch) =>
      render(callOf('PhoneVerification', { VerifyMode: '1' }), 'mismatch', { carrier: '', mismatch })
        .ResultDetail,
  );
  assert.deepEqual(details, [
    'PhoneIdCardMismatch',
    'PhoneNameMismatch',
    'PhoneNameIdCardMismatch',
    'NameIdCardMismatch',
    'OtherMismatch',
  ]);
  const output = { carrier: '', mismatch: 'other' };
  for (const [action, extra, outcome] of [
    ['PhoneVerification', {}, 'mismatch'],
    ['PhoneVerification', { VerifyMode: '0' }, 'mismatch'],
    ['PhoneVerification', { VerifyMode: '1' }, 'match'],
    ['PhoneVerificationCMCC', {}, 'mismatch'],
  ] as const) {
    assert.equal('ResultDetail' in render(callOf(action, extra), outcome, output), false);
  }
});

test('every outcome of every action about a line has a result code of its own, or that of a busy source, or shows an error', () => {
  const { face } = protocolOver();
  for (const action of ACTIONS.filter(({ input }) => 'msisdn' in input.properties)) {
    const codes = (Object.keys(action.outcomes) as OutcomeCode[]).map((outcome) => {
      const code = face.resultCode(action.name, outcome);
      const isCarrierLimit = action.name.startsWith('identity-match-') && outcome === 'daily_limit';
      assert.equal(code === undefined, isCarrierLimit, `${action.name} ${outcome}`);
      return code;
    });
    // A source that answers nonsense is a busy one where no other code is documented.
    const busyTwice = action.name.startsWith('identity-match') ? 1 : 0;
    assert.equal(new Set(codes).size, codes.length - busyTwice, action.name);
    for (const outcome of OUTCOMES) {
      if (!(outcome in action.outcomes)) assert.equal(face.resultCode(action.name, outcome), undefined);
    }
  }
  const limited = () => render(callOf('PhoneVerificationCMCC'), 'daily_limit');
  assert.throws(limited, (error) => error instanceof Fault && error.code === 'daily_limit_reached');
});

test('actions about contacts answer without a result code', () => {
  const { face } = protocolOver();
  for (const action of ACTIONS.filter(({ service }) => service === 'contact-verification')) {
    const outcomes = Object.keys(action.outcomes) as OutcomeCode[];
    for (const outcome of outcomes) assert.equal(face.resultCode(action.name, outcome), undefined);
  }
  const payload = '{"Type":1,"Code":"18766554433"}';
  const send = { action: 'SendIntlPhoneEmailCode', version: '2018-08-08', service: 'domain', payload };
  const call = protocolOver().readCall(tc3(send));
  assert.deepEqual(render(call, 'code_sent', {}), {});
});

test('platform answers have our names with a capital, at every depth', () => {
  const call = protocolOver().readCall(
    tc3({ action: 'ListKeys', version: '2019-01-18', payload: '{}', service: 'kms' }),
  );
  const output = { keys: [{ keyId: 'a' }], totalCount: 1, isAllowedSync: false, none: null };
  assert.deepEqual(render(call, 'completed', output), {
    Keys: [{ KeyId: 'a' }],
    TotalCount: 1,
    IsAllowedSync: false,
    None: null,
  });
});

function shown(error: unknown, request = tc3(), call?: Call) {
  const text = protocolOver().renderFault(error, request, call);
  const { Response, ...rest } = JSON.parse(text);
  assert.deepEqual(rest, {});
  assert.deepEqual(Object.keys(Response), ['Error', 'RequestId']);
  assert.equal(Response.RequestId, REQUEST_ID);
  return Response.Error as { Code: string; Message: string };
}

test('every fault has a documented error code and a message in both languages', () => {
  for (const code of Object.keys(FAULTS) as FaultCode[]) {
    const english = shown(new Fault(code));
    const chinese = shown(new Fault(code), tc3({}, CHINESE));
    assert.ok(DOCUMENTED_CODES.has(english.Code), `${code}: ${english.Code}`);
    assert.equal(chinese.Code, english.Code);
    assert.match(english.Message, /^[\x20-\x7e’]+$/, code);
    assert.match(chinese.Message, /\p{Script=Han}/u, code);
    assert.doesNotMatch(english.Message + chinese.Message, /undefined|\[object/, code);
  }
});

test('domestic actions about contacts show their own documented codes, with a message in both languages', () => {
  const payload = '{"Type":1,"Code":"18766554433","VerifyCode":"123456"}';
  for (const action of Object.keys(DOMAIN_CODES).filter((name) => !name.includes('Intl'))) {
    const request = { action, version: '2018-08-08', service: 'domain', payload };
    const call = protocolOver().readCall(tc3(request));
    const chineseCall = protocolOver().readCall(tc3(request, CHINESE));
    for (const code of Object.keys(FAULTS) as FaultCode[]) {
      const english = shown(new Fault(code), tc3(request), call);
      const chinese = shown(new Fault(code), tc3(request, CHINESE), chineseCall);
      assert.ok(DOCUMENTED_CODES.has(english.Code), `${code}: ${english.Code}`);
      assert.match(chinese.Message, /\p{Script=Han}/u, code);
      // Some of them are documented in Chinese only.
      assert.doesNotMatch(english.Message, /undefined|\[object|^$/, code);
    }
    const early = shown(new Fault('send_too_early'), tc3(request), call);
    assert.equal(early.Code, 'FailedOperation.SendVerifyCodeIsLimited');
    assert.equal(early.Message, '发送验证码过于频繁，请稍后重试。');
  }
});

test('the wire texts seen in production come out byte for byte', () => {
  const limits = { seen: 11, limit: 10 };
  for (const [fault, en, zh] of [
    [
      new Fault('rate_limited', limits),
      'Your current request times equals to `11` in a second, which exceeds the frequency limit `10` for a second. Please reduce the frequency of calls.',
      '您当前每秒请求 `11` 次，超过了每秒频率上限 `10`，请稍后重试。',
    ],
    [
      new Fault('signature_mismatch'),
      'The provided credentials could not be validated. Please check your signature is correct.',
      '请求签名验证失败，请检查您的签名计算是否正确。',
    ],
    [
      new Fault('key_unknown'),
      'The SecretId is not found, please ensure that your SecretId is correct.',
      'SecretId不存在，请输入正确的密钥。',
    ],
    [new Fault('service_not_activated'), 'The service has not been activated.', '未开通服务。'],
    [
      new Fault('token_invalid'),
      'Token verification failed, please check if your Token is correct',
      'token 错误。',
    ],
    [
      new Fault('parameter_value', { field: 'Filters', value: '[]' }),
      'The value `[]` specified in the parameter `Filters` is not valid.',
      '参数 `Filters` 取值错误。',
    ],
  ] as const) {
    assert.equal(shown(fault).Message, en);
    assert.equal(shown(fault, tc3({}, CHINESE)).Message, zh);
  }
});

test('what is no fault is shown as an internal error, without a word of it', () => {
  for (const defect of [new TypeError('secret detail'), 'text', undefined, null]) {
    assert.deepEqual(shown(defect), { Code: 'InternalError', Message: 'Internal error.' });
  }
});

test('the language is found before anything is parsed, and English is the default', () => {
  const broken = new Fault('parameter_invalid');
  const message = (request: Parameters<typeof shown>[1]) => shown(broken, request).Message;
  const chinese = '参数错误（包括参数格式、类型等错误）。';
  assert.equal(message(tc3()), 'Incorrect parameter.');
  assert.equal(message(tc3({}, { 'X-TC-Language': 'en-US' })), 'Incorrect parameter.');
  assert.equal(message(tc3({}, { 'X-TC-Language': 'fr' })), 'Incorrect parameter.');
  assert.equal(message(tc3({}, { 'x-tc-language': 'zh-CN' })), chinese);
  assert.equal(message(v1({ Language: 'zh-CN' })), chinese);
  assert.equal(message(v1({ Language: 'zh-CN' }, { method: 'GET' })), chinese);
  assert.equal(message({ ...v1(), body: Buffer.from('%%&Language=zh-CN') }), chinese);
  assert.equal(protocolOver().readCall(v1({ Language: 'zh-CN' })).language, 'zh');
  assert.equal(protocolOver().readCall(v1()).language, 'en');
  assert.equal(protocolOver(undefined, { defaultLanguage: 'zh' }).readCall(tc3()).language, 'zh');
});
