// What the signature doctor says of host, path, region and spelling where the one that is signed is not the one that is sent.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOST, KEY, NOW_MS, SECRET_KEY, tc3, v1 } from '../../../test/support/failing-request.ts';
import type { Diagnosis, FailingRequest } from '../../domain/diagnosis.ts';
import { createDoctor } from './diagnose.ts';

const doctor = createDoctor({ extraHosts: [], clockWindowSeconds: 300 });
const diagnose = (request: FailingRequest) => doctor.diagnose(request, KEY, NOW_MS, true);
const stepOf = ({ steps }: Diagnosis, name: string) => steps.find(({ step }) => step === name);
const wrongOf = ({ steps }: Diagnosis) =>
  steps.flatMap(({ step, verdict, finding }) => (verdict === 'wrong' ? [`${step}: ${finding}`] : []));

test('an empty Region that was signed and not sent is named, as the other way round', () => {
  const found = diagnose(v1({ unsent: ['Region'] }));
  assert.deepEqual(wrongOf(found), ['region: empty_region_unsent', 'signature: explained']);
  assert.match(stepOf(found, 'region')?.message.zh ?? '', /Region/);
});

test('a signed region that is not the one sent is named, empty or not', () => {
  for (const [signed, sent, en, zh] of [
    ['ap-guangzhou', '', /ap-guangzhou, and sent an empty one/, /ap-guangzhou.*为空/],
    ['', 'ap-guangzhou', /an empty region, and sent another/, /地域为空/],
    ['ap-singapore', 'ap-guangzhou', /ap-singapore, and sent another/, /ap-singapore/],
    ['null', '', /null, and sent an empty one/, /null/],
  ] as const) {
    const found = diagnose(tc3({ region: signed }, { region: sent }));
    assert.deepEqual(wrongOf(found), ['region: region_other', 'signature: explained']);
    assert.match(stepOf(found, 'region')?.message.en ?? '', en);
    assert.match(stepOf(found, 'region')?.message.zh ?? '', zh);
    assert.equal(diagnose(tc3({ region: signed }, { region: signed })).fits, true);
  }
  const unsigned = diagnose(tc3({}, { region: 'ap-guangzhou' }));
  assert.deepEqual([unsigned.fits, wrongOf(unsigned)], [true, []]);
});

test('a path that a proxy shortened is named, with both methods', () => {
  for (const path of ['/tencent', '/tencent/']) {
    const found = diagnose(tc3({ path }));
    assert.deepEqual(wrongOf(found), ['path: path_shortened', 'signature: explained']);
    assert.ok(stepOf(found, 'path')?.message.en.includes(`signed the path ${path},`));
    assert.deepEqual(wrongOf(diagnose(v1({ path }))), ['path: path_shortened', 'signature: explained']);
  }
});

test('a port that differs is named beside the one that the Host header has, or does not have', () => {
  const headers = (host: string) =>
    tc3({ host: '127.0.0.1:443' }).headers.map(
      ([name, value]) => [name, name === 'Host' ? host : value] as const,
    );
  const messageFor = (host: string) => {
    const found = diagnose(tc3({ host: '127.0.0.1:443' }, { headers: headers(host) }));
    assert.deepEqual(wrongOf(found), ['host: host_with_other_port', 'signature: explained']);
    return stepOf(found, 'host')?.message;
  };
  assert.deepEqual(messageFor('127.0.0.1:18955'), {
    en: 'The client signed the host with port 443; the Host header has port 18955.',
    zh: '客户端签名的 host 端口为 443，而 Host 头的端口为 18955。',
  });
  assert.deepEqual(messageFor('127.0.0.1'), {
    en: 'The client signed the host with port 443; the Host header has no port.',
    zh: '客户端签名的 host 带有端口 443，而 Host 头没有端口。',
  });
});

test('headers that are signed in lower case, as documented, hide nothing else that is wrong', () => {
  const found = diagnose(
    tc3({ region: 'ap-guangzhou', host: 'faceid.tencentcloudapi.com' }, { region: 'AP-Guangzhou' }),
  );
  assert.deepEqual(wrongOf(found), ['host: host_of_the_vendor', 'signature: explained']);
});

test('what is said of an address holds no secret and no signature', () => {
  for (const request of [
    tc3({ region: 'ap-guangzhou' }),
    tc3({ path: '/tencent' }),
    v1({ unsent: ['Region'] }),
  ]) {
    const text = JSON.stringify(diagnose(request));
    assert.ok(!text.includes(SECRET_KEY) && !text.includes(HOST));
    assert.doesNotMatch(text, /[0-9a-f]{40}|Signature=/);
  }
});
