// What the signature doctor says of bodies: a line end that a paste added is no fault of the client, and a body that was
// written again is named by what differs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BODY, KEY, NOW_MS, tc3, v1 } from '../../../test/support/failing-request.ts';
import type { Diagnosis, FailingRequest } from '../../domain/diagnosis.ts';
import { createDoctor } from './diagnose.ts';

const doctor = createDoctor({ extraHosts: [], clockWindowSeconds: 300 });
const diagnose = (request: FailingRequest) => doctor.diagnose(request, KEY, NOW_MS, true);
const stepOf = ({ steps }: Diagnosis, name: string) => steps.find(({ step }) => step === name);
const wrongOf = ({ steps }: Diagnosis) =>
  steps.flatMap(({ step, verdict, finding }) => (verdict === 'wrong' ? [`${step}: ${finding}`] : []));
const byteLength = (text: string) => String(Buffer.byteLength(text));

test('a line end that is one more or one less in a paste does not make a right request wrong, and is mentioned', () => {
  for (const end of ['\n', '\r\n', '\n\n']) {
    const found = diagnose(tc3({}, { body: `${BODY}${end}`, isPasted: true }));
    assert.deepEqual([found.fits, wrongOf(found)], [true, []]);
    assert.equal(stepOf(found, 'payload')?.finding, 'payload_line_end_pasted');
  }
  const lost = diagnose(tc3({ body: `${BODY}\n` }, { isPasted: true }));
  assert.deepEqual([lost.fits, wrongOf(lost)], [true, []]);
  assert.equal(stepOf(lost, 'payload')?.finding, 'payload_line_end_pasted');
  const exact = diagnose(tc3({}, { isPasted: true }));
  assert.equal(stepOf(exact, 'payload')?.finding, 'as_signed');
});

test('a line end behind a paste does not hide what is wrong, and is not blamed for it', () => {
  const found = diagnose(tc3({ host: 'faceid.tencentcloudapi.com' }, { body: `${BODY}\n`, isPasted: true }));
  assert.deepEqual(wrongOf(found), ['host: host_of_the_vendor', 'signature: explained']);
  const two = diagnose(
    tc3({ host: 'faceid.tencentcloudapi.com', type: '' }, { body: `${BODY}\n`, isPasted: true }),
  );
  assert.deepEqual(wrongOf(two).slice(0, 2), [
    'host: host_of_the_vendor',
    'content_type: content_type_other',
  ]);
});

test('Content-Length tells what a paste cannot', () => {
  const sent = `${BODY}\n`;
  const withLength = (length: string, body: string) => {
    const request = tc3({}, { body, isPasted: true });
    return diagnose({ ...request, headers: [...request.headers, ['Content-Length', length]] });
  };
  assert.deepEqual(wrongOf(withLength(byteLength(sent), sent)).slice(0, 1), ['payload: payload_line_end']);
  assert.deepEqual(wrongOf(withLength(byteLength(sent), BODY)).slice(0, 1), ['payload: payload_line_end']);
  const right = withLength(byteLength(BODY), sent);
  assert.deepEqual([right.fits, stepOf(right, 'payload')?.finding], [true, 'as_signed']);
});

test('a line end that was really sent or left out is named, and not taken for another way of writing JSON', () => {
  for (const [signed, sent, words] of [
    [BODY, `${BODY}\n`, /sent with a line end/],
    [BODY, `${BODY}\r\n`, /sent with a line end/],
    [`${BODY}\n`, BODY, /signed with a line end/],
    [`${BODY}\r\n`, BODY, /signed with a line end/],
  ] as const) {
    const found = diagnose(tc3({ body: signed }, { body: sent }));
    assert.deepEqual(wrongOf(found), ['payload: payload_line_end', 'signature: explained']);
    assert.match(stepOf(found, 'payload')?.message.en ?? '', words);
  }
});

const ESCAPED = '{"Mobile":"13800138000","Name":"\\u5f20\\u4e09"}';
const SPACED = '{"Mobile": "13800138000", "Name": "张三"}';
const REWRITTEN: readonly (readonly [string, string, string, RegExp, RegExp])[] = [
  ['sent escaped', BODY, ESCAPED, /sent with \\u escapes/, /发送时转义/],
  [
    'sent escaped, spaced',
    SPACED,
    SPACED.replace('张三', '\\u5f20\\u4e09'),
    /sent with \\u escapes/,
    /发送时转义/,
  ],
  ['signed escaped', ESCAPED, BODY, /signed with \\u escapes/, /签名时.*转义/],
  ['sent with spaces', BODY, SPACED, /without spaces/, /无空格/],
  ['sent escaped and compact', ESCAPED, SPACED.replace('张三', '\\u5f20\\u4e09'), /without spaces/, /无空格/],
  ['signed with spaces', SPACED, BODY, /spaces after commas/, /逗号和冒号后有空格/],
  ['signed indented', JSON.stringify(JSON.parse(BODY), undefined, 4), BODY, /indented/, /缩进/],
  ['slashes escaped', '{"Url":"a/b"}', '{"Url":"a\\/b"}', /another form/, /形式不同/],
];
for (const [name, signed, sent, en, zh] of REWRITTEN)
  test(`a body that was written again is named by what differs: ${name}`, () => {
    const found = diagnose(tc3({ body: signed }, { body: sent }));
    assert.deepEqual(wrongOf(found), ['payload: payload_rewritten', 'signature: explained']);
    const { message } = stepOf(found, 'payload') ?? {};
    assert.match(message?.en ?? '', en);
    assert.match(message?.zh ?? '', zh);
    assert.equal(/spaces/.test(message?.en ?? ''), /spaces/.test(en.source));
  });

test('a form of the older method may end in the line end of a paste; one that was sent is named', () => {
  const request = v1({});
  // The signature stands first, so that the line end becomes part of another value.
  const [pairs = '', signature = ''] = request.body.split('&Signature=');
  const body = `Signature=${signature}&${pairs}`;
  assert.equal(diagnose({ ...request, body: `${body}\n`, isPasted: true }).fits, true);
  const sent = diagnose({ ...request, body: `${body}\n` });
  assert.deepEqual(wrongOf(sent), ['parameters: parameters_line_end', 'signature: explained']);
});
