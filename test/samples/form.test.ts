// Samples that nothing here can execute are held against real requests of the vendor's SDKs: what they are told to send is
// what those sent. Their literals are proven in literals.test.ts, their names against the SDK of Node.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { WIRE_ACTIONS } from '../../src/protocols/tencent/wire-actions.ts';
import {
  type JsonObject,
  listSamples,
  type SampleLanguage,
  type SignedCall,
  writeSample,
} from '../../src/samples/index.ts';
import { jsonText } from '../../src/samples/json-text.ts';
import { quoteForGo, quoteForShell, quoteText, writeValue } from '../../src/samples/literals.ts';
import { readSdkCall } from '../../src/samples/sdk/sdk-call.ts';

interface Recorded {
  readonly id: string;
  readonly head: readonly string[];
  readonly body: string;
}

const RECORDED = new URL('../../src/protocols/tencent/fixtures/sdk-requests.jsonl', import.meta.url);
const require = createRequire(import.meta.url);

/** Signed calls with a JSON body, as they went out. */
const calls = readFileSync(RECORDED, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)
  .filter(
    ({ head, body }) => head.some((line) => line.startsWith('Authorization: TC3')) && body.startsWith('{'),
  )
  .map(({ id, head, body }) => {
    const header = (name: string) =>
      head.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const language = header('X-TC-Language');
    const host = (header('Host') ?? '').replace(/^http:\/\//, '').replace(/\/.*/, '');
    const call: SignedCall = {
      kind: 'signed',
      endpoint: `http://${host}${head[0]?.split(' ')[1] ?? '/'}`,
      product: 'faceid',
      version: header('X-TC-Version') ?? '',
      action: header('X-TC-Action') ?? '',
      input: JSON.parse(body) as JsonObject,
      ...(language === 'en-US' || language === 'zh-CN' ? { language } : {}),
    };
    const headers = head
      .slice(1)
      .map((line) => line.split(': ', 2))
      .filter(([name = '']) => /^x-tc-(?:action|version|language)$/i.test(name));
    return { id, host, call, headers };
  });

const NOT_EXECUTED = listSamples('signed').filter(({ executed }) => !executed);

test('what is not executed is said so, and is compared here', () => {
  assert.ok(calls.length >= 5);
  assert.deepEqual(
    NOT_EXECUTED.map(({ language, means }) => `${language} ${means}`),
    ['csharp plain', 'python sdk', 'go sdk', 'java sdk', 'php sdk', 'csharp sdk', 'ruby sdk', 'tccli sdk'],
  );
});

/** How each writes the parameters. */
const INPUTS: Readonly<Partial<Record<SampleLanguage, (input: JsonObject) => readonly string[]>>> = {
  csharp: (input) => [quoteText('csharp', jsonText(input))],
  java: (input) => [quoteText('java', jsonText(input))],
  go: (input) => [quoteForGo(jsonText(input))],
  python: (input) => [writeValue('python', input)],
  php: (input) => [writeValue('php', input)],
  ruby: (input) => [writeValue('ruby', input, 2)],
  tccli: (input) =>
    Object.entries(input).map(
      ([name, value]) => `--${name} ${quoteForShell(typeof value === 'string' ? value : jsonText(value))}`,
    ),
};

/** How each names product, version and action: the vendor's packages are laid out so. `version` has no hyphens. */
const NAMES: Readonly<Record<string, (version: string, action: string) => readonly string[]>> = {
  'csharp plain': () => ['var service = "faceid";', 'request.Headers.Add("X-TC-Timestamp", timestamp);'],
  'csharp sdk': (version, action) => [
    `using TencentCloud.Faceid.V${version}.Models;`,
    `FromJsonString<${action}Request>(`,
    `client.${action}(request)`,
  ],
  'go sdk': (version, action) => [
    `faceid "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/faceid/v${version}"`,
    `faceid.New${action}Request()`,
    `client.${action}(request)`,
  ],
  'java sdk': (version, action) => [
    `import com.tencentcloudapi.faceid.v${version}.FaceidClient;`,
    `import com.tencentcloudapi.faceid.v${version}.models.${action}Request;`,
    `client.${action}(request)`,
  ],
  'php sdk': (version, action) => [
    `use TencentCloud\\Faceid\\V${version}\\FaceidClient;`,
    `use TencentCloud\\Faceid\\V${version}\\Models\\${action}Request;`,
    `$client->${action}($request)`,
  ],
  'python sdk': (version, action) => [
    `from tencentcloud.faceid.v${version} import faceid_client, models`,
    `models.${action}Request()`,
    `client.${action}(request)`,
  ],
  'ruby sdk': (version, action) => [
    'require "tencentcloud-sdk-faceid"',
    `TencentCloud::Faceid::V${version}::Client.new(`,
    `TencentCloud::Faceid::V${version}::${action}Request.new`,
    `client.${action}(request)`,
  ],
  'tccli sdk': (_, action) => [`tccli faceid ${action} `],
};

for (const { language, means } of NOT_EXECUTED) {
  test(`${language} (${means}) is told to send what the recorded requests sent`, () => {
    for (const { id, host, call } of calls) {
      const code = writeSample(call, language, means);
      for (const part of INPUTS[language]?.(call.input) ?? ['no such language'])
        assert.ok(code.includes(part), `${id}: ${part} in ${code}`);
      const names = NAMES[`${language} ${means}`] ?? (() => ['no such sample']);
      for (const part of names(call.version.replaceAll('-', ''), call.action))
        assert.ok(code.includes(part), `${id}: ${part} in ${code}`);
      assert.ok(code.includes(host), `${id}: ${host}`);
      if (call.language !== undefined)
        assert.match(code, new RegExp(`${call.language}|${call.language.replace('-', '_').toUpperCase()}`));
      assert.match(code, /TENCENTCLOUD_SECRET_ID[\s\S]*TENCENTCLOUD_SECRET_KEY/);
      assert.doesNotMatch(code, /AKIDEXAMPLE/);
    }
  });
}

test('the C# sample without the SDK sends the headers of the recorded requests, with their values', () => {
  for (const { id, call, headers } of calls) {
    const code = writeSample(call, 'csharp', 'plain');
    assert.ok(headers.length >= 2, id);
    for (const [name, value] of headers)
      assert.match(code, new RegExp(`Headers\\.Add\\("${name}", "${value}"\\);`, 'i'), id);
    assert.ok(code.includes('HttpMethod.Post') && code.includes('"application/json"'), id);
  }
});

test('the C# sample signs in the order and over the headers that the recorded requests signed', () => {
  const [first] = calls;
  assert.ok(first !== undefined);
  const code = writeSample(first.call, 'csharp', 'plain');
  const order = [
    '"POST", path, "", "content-type:" + contentType, "host:" + host, ""',
    '"content-type;host", Hash(payload)',
    'date + "/" + service + "/tc3_request"',
    '"TC3-HMAC-SHA256", timestamp, scope, Hash(canonical)',
    'Sign(Sign(Sign(Encoding.UTF8.GetBytes("TC3" + secretKey), date), service), "tc3_request")',
    ', SignedHeaders=content-type;host, Signature=',
  ];
  let from = 0;
  for (const part of order) {
    const at = code.indexOf(part, from);
    assert.ok(at > 0, part);
    from = at;
  }
});

test('an action is typed exactly where the SDK has it', () => {
  for (const wire of WIRE_ACTIONS) {
    const call = { kind: 'signed', endpoint: 'http://h', input: {}, ...wire, action: wire.name } as const;
    const { product, version, action, typed } = readSdkCall(call);
    const path = `tencentcloud-sdk-nodejs/tencentcloud/services/${product}/${version}/index.js`;
    const { Client } = (require(path) as Record<string, { Client: { prototype: object } }>)[version] ?? {};
    assert.equal(typed, Client !== undefined && action in Client.prototype, action);
  }
});

test('no sample is written for an endpoint or names that make no sense', () => {
  const call: SignedCall = {
    kind: 'signed',
    endpoint: 'http://h',
    product: 'faceid',
    version: '2018-03-01',
    action: 'MobileStatus',
    input: {},
  };
  for (const endpoint of [
    '',
    'h:1',
    'ftp://h',
    'http://u:p@h',
    'http://h/?a=1',
    'http://h#f',
    'javascript:alert(1)',
  ])
    assert.throws(() => writeSample({ ...call, endpoint }, 'node', 'plain'), RangeError, endpoint);
  for (const wrong of [{ product: '../x' }, { version: '1' }, { action: 'A;B' }])
    assert.throws(() => writeSample({ ...call, ...wrong }, 'java', 'sdk'), RangeError);
  assert.throws(() => writeSample(call, 'tccli', 'plain'), RangeError);
});

test('https and a port of its own are kept in every sample', () => {
  for (const endpoint of ['https://lineproof.example:8443/', 'https://lineproof.example/']) {
    const host = new URL(endpoint).host;
    for (const { language, means } of listSamples('signed')) {
      const call: SignedCall = {
        kind: 'signed',
        endpoint,
        product: 'faceid',
        version: '2018-03-01',
        action: 'MobileStatus',
        input: { Mobile: '1' },
      };
      const code = writeSample(call, language, means);
      assert.ok(code.includes(host), `${language} ${means}`);
      assert.doesNotMatch(code, /http:\/\//, `${language} ${means}`);
    }
  }
});
