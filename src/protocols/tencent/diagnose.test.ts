// The signature doctor against requests that clients get wrong in the ways that are known, signed by test code of its own.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BODY,
  HOST,
  KEY,
  NOW_MS,
  SECONDS,
  SECRET_KEY,
  type Signed,
  tc3,
  type V1,
  v1,
} from '../../../test/support/failing-request.ts';
import type { Diagnosis, FailingRequest } from '../../domain/diagnosis.ts';
import { createDoctor } from './diagnose.ts';

const doctor = createDoctor({ extraHosts: [], clockWindowSeconds: 300 });

const wrongOf = ({ steps }: Diagnosis) =>
  steps.flatMap(({ step, verdict, finding }) => (verdict === 'wrong' ? [`${step}: ${finding}`] : []));
const diagnose = (request: FailingRequest, thorough = true) =>
  doctor.diagnose(request, KEY, NOW_MS, thorough);

test('a signature that the server takes fits, whatever of the accepted hosts and paths was signed', () => {
  for (const changes of [{}, { host: '127.0.0.1' }]) {
    const found = diagnose(tc3(changes));
    assert.deepEqual([found.fits, wrongOf(found)], [true, []]);
    assert.ok(found.steps.every(({ verdict }) => verdict === 'ok'));
  }
});

const HABITS: readonly (readonly [string, Partial<Signed>])[] = [
  ['host: host_with_other_port', { host: '127.0.0.1:443' }],
  ['host: host_with_scheme', { host: `http://${HOST}` }],
  ['host: host_of_the_vendor', { host: 'faceid.tencentcloudapi.com' }],
  ['host: host_of_the_vendor', { host: 'faceid.intl.tencentcloudapi.com' }],
  ['path: path_empty', { path: '' }],
  ['signature: method_other', { method: 'GET' }],
  ['secret: secret_with_line_end', { key: `TC3${SECRET_KEY}\n` }],
  ['secret: prefix_missing', { key: SECRET_KEY }],
  ['content_type: content_type_other', { type: 'application/json; charset=utf-8' }],
  ['content_type: content_type_other', { type: '' }],
  ['payload: payload_rewritten', { body: '{"Mobile": "13800138000", "Name": "\\u5f20\\u4e09"}' }],
  ['payload: payload_rewritten', { body: JSON.stringify(JSON.parse(BODY), undefined, 2) }],
  ['payload: payload_empty', { body: '' }],
  ['payload: payload_line_end', { body: `${BODY}\n` }],
  ['clock: timestamp_milliseconds', { timestamp: `${SECONDS}000` }],
  ['scope: service_other', { service: 'kms' }],
  ['signed_headers: blank_line_missing', { blank: '' }],
];

for (const [finding, changes] of HABITS)
  test(`a habit is recognised by itself: ${finding} (${JSON.stringify(changes)})`, () => {
    const found = diagnose(tc3(changes), false);
    assert.equal(found.fits, false);
    assert.equal(wrongOf(found)[0], finding);
  });

test('two habits together are recognised, and what was signed right is said to be right', () => {
  const found = diagnose(
    tc3({ host: 'faceid.tencentcloudapi.com', type: 'application/json; charset=utf-8' }),
  );
  assert.deepEqual(wrongOf(found), [
    'host: host_of_the_vendor',
    'content_type: content_type_other',
    'signature: explained',
  ]);
  assert.equal(found.steps.find(({ step }) => step === 'payload')?.verdict, 'ok');
});

test('another secret fits nothing, and nothing is guessed', () => {
  const found = diagnose(tc3({ key: 'TC3another secret' }));
  assert.deepEqual(wrongOf(found), ['signature: nothing_fits']);
  assert.equal(found.steps.find(({ step }) => step === 'host')?.verdict, 'unknown');
});

test('a token that no key of the server has is named, although the signature fits', () => {
  const request = tc3({});
  const found = diagnose({ ...request, headers: [...request.headers, ['X-TC-Token', 'lp_of_a_key']] });
  assert.deepEqual([found.fits, wrongOf(found)], [true, ['token: token_sent']]);
  assert.ok(!JSON.stringify(found).includes('lp_of_a_key'), 'the token is not repeated');
  const empty = diagnose({ ...request, headers: [...request.headers, ['X-TC-Token', '']] });
  assert.deepEqual(wrongOf(empty), []);
  const parameters = 'Action=MobileStatus&SecretId=AKIDdoctor&Token=lp_of_a_key';
  const old = diagnose({ method: 'GET', url: `/?${parameters}`, headers: [['Host', HOST]], body: '' });
  assert.ok(wrongOf(old).includes('token: token_sent'));
});

test('a wrong clock and a date of another zone are seen without the secret', () => {
  const late = diagnose(tc3({}, { timestamp: SECONDS - 1000 }));
  assert.deepEqual([late.fits, wrongOf(late)], [true, ['clock: clock_skew']]);
  const zone = diagnose(tc3({ date: '2026-11-22' }));
  assert.ok(wrongOf(zone).includes('scope: date_of_another_zone'));
  assert.equal(zone.fits, false);
});

test('of a key that is not the account’s own nothing is compared', () => {
  const right = tc3({});
  for (const key of ['foreign', 'disabled'] as const) {
    const found = doctor.diagnose(right, key, NOW_MS, true);
    const wrong = doctor.diagnose(tc3({ key: 'TC3another' }), key, NOW_MS, true);
    assert.deepEqual(found, wrong, 'a right and a wrong signature look the same');
    assert.equal(found.fits, false);
    assert.equal(found.steps.find(({ step }) => step === 'signature')?.verdict, 'unknown');
  }
});

test('a malformed or missing signature is named', () => {
  const broken = tc3({});
  const headers = broken.headers.map(
    ([name, value]) => [name, value.replace('Signature=', 'Sign=')] as const,
  );
  assert.ok(wrongOf(diagnose({ ...broken, headers })).includes('form: authorization_malformed'));
  assert.deepEqual(wrongOf(diagnose({ method: 'POST', url: '/', headers: [], body: '{}' })), [
    'form: authorization_malformed',
  ]);
});

const V1_CASES: readonly (readonly [string, V1])[] = [
  ['region: empty_region_dropped', { without: ['Region'] }],
  ['parameters: values_encoded', { encode: encodeURIComponent }],
  ['parameters: method_unsigned', { without: ['SignatureMethod'] }],
  ['parameters: not_sorted', { order: (names) => names }],
  [
    'parameters: sorted_without_case',
    { order: (names) => names.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)) },
  ],
  ['algorithm: algorithm_other', { hash: 'sha1' }],
  ['host: host_of_the_vendor', { host: 'faceid.tencentcloudapi.com' }],
];

test('a right signature of the older method fits', () => {
  assert.deepEqual(diagnose(v1({})).fits, true);
});

for (const [finding, changes] of V1_CASES)
  test(`a habit with the older method is recognised: ${finding}`, () => {
    const found = diagnose(v1(changes), false);
    assert.equal(found.fits, false);
    assert.ok(wrongOf(found).includes(finding), wrongOf(found).join(', '));
  });

test('no diagnosis holds a signature, a secret or a text that the client did not send', () => {
  for (const [, changes] of HABITS) {
    const request = tc3(changes);
    const text = JSON.stringify(diagnose(request));
    assert.doesNotMatch(text, /[0-9a-f]{40}/);
    assert.ok(!text.includes(SECRET_KEY) && !text.includes('13800138000'));
  }
});
