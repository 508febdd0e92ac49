import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseForm } from './form.ts';
import { signV1, v1Method, v1Parameters, v1Signature } from './tencent-v1.ts';

const START = { host: 'cvm.tencentcloudapi.com', path: '/' };
const STARS = '*'.repeat(7);

function parametersOf(secretId: string, extra: readonly (readonly [string, string])[] = []) {
  return new Map([
    ['Action', 'DescribeInstances'],
    ['InstanceIds.0', 'ins-09dx96dg'],
    ['Limit', '20'],
    ['Nonce', '11886'],
    ['Offset', '0'],
    ['Region', 'ap-guangzhou'],
    ['SecretId', secretId],
    ['Timestamp', '1465185768'],
    ['Version', '2017-03-12'],
    ...extra,
  ]);
}

const SHA256 = [['SignatureMethod', 'HmacSHA256']] as const;
const VECTORS = [
  { tail: STARS, method: 'GET', extra: [], signature: 'zmmjn35mikh6pM3V7sUEuX4wyYM=' },
  {
    tail: STARS,
    method: 'GET',
    extra: SHA256,
    signature: 'czb75sAwt2P15FCqA4ugj88/aUVor/dVp3fCS/7mQiY=',
  },
  {
    tail: STARS,
    method: 'POST',
    extra: SHA256,
    signature: 'GWAisc7Ie8SE7bfagf0NYUN6CCMP5bwwXHx1YLLfNVg=',
  },
  { tail: 'EXAMPLE', method: 'GET', extra: [], signature: 'EliP9YW3pW28FpsEdkXt/+WcGeI=' },
  {
    tail: 'EXAMPLE',
    method: 'GET',
    extra: SHA256,
    signature: 'A8uy2/o7WBZXYCTWEFpMrVGhGBVlEGIOioeqRM+fzFs=',
  },
  {
    tail: 'EXAMPLE',
    method: 'POST',
    extra: SHA256,
    signature: 'qwaMxk0NcXl0kw8VKseP3kAXJTW8MuyduO2uDJ69szQ=',
  },
] as const;

test('the published vectors come out', () => {
  for (const { tail, method, extra, signature } of VECTORS) {
    const parameters = parametersOf(`AKIDz8krbsJ5yKBZQpn74WFkmLPx3${tail}`, extra);
    const text = v1Parameters(parameters);
    const key = `Gu5t9xGARNpq86cd98joQYCN3${tail}`;
    const made = v1Signature(
      key,
      v1Method(parameters.get('SignatureMethod')),
      { ...START, method },
      text,
    ).toString('base64');
    assert.equal(made, signature);
  }
});

test('names sort by character, not by number or language, and empty values stay', () => {
  const parameters = new Map([
    ['b', '1'],
    ['B', '2'],
    ['A.2', '3'],
    ['A.12', '4'],
    ['Region', ''],
    ['Signature', 'not signed'],
  ]);
  assert.equal(v1Parameters(parameters), 'A.12=4&A.2=3&B=2&Region=&b=1');
});

test('underscores of names become full stops only where asked, after sorting', () => {
  const parameters = new Map([
    ['a_b', '1'],
    ['aZ', '2'],
  ]);
  assert.equal(v1Parameters(parameters), 'aZ=2&a_b=1');
  assert.equal(v1Parameters(parameters, true), 'aZ=2&a.b=1');
});

test('a signed form survives its encoding', () => {
  const form = signV1({
    secretId: 'id',
    secretKey: 'key',
    method: 'GET',
    host: 'h',
    signatureMethod: 'HmacSHA256',
    parameters: { Name: "韦小宝 O'Neil(a*b)!~+&=%", Nonce: '7377933587044990727' },
  });
  const values = parseForm(form, { maxPairs: 10, maxNameLength: 20 });
  assert.ok(values instanceof Map);
  assert.equal(values.get('Name'), "韦小宝 O'Neil(a*b)!~+&=%");
  const start = { method: 'GET', host: 'h', path: '/' };
  const expected = v1Signature('key', 'HmacSHA256', start, v1Parameters(values));
  assert.equal(values.get('Signature'), expected.toString('base64'));
});
