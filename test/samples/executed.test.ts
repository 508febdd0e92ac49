// The samples as they are shown are run against a real server and get the documented answer of the sandbox.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { listSamples, type SampleCall, writeSample } from '../../src/samples/index.ts';
import { placeInput } from '../../src/samples/place-input.ts';
import { CHECK_1E } from '../support/call-acedata.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { EXECUTED, type ExecutedLanguage, linkPackages, runSource } from '../support/run-sample.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { isAvailable } from '../support/toolchains.ts';

const FACEID = { kind: 'signed', product: 'faceid', version: '2018-03-01' } as const;
const SUSPENDED = '16900000001';
const OTHER_ID_CARD = '16900000301';

let server: RunningServer;
let account: NewAccount;
after(() => server?.stop());
const data = makeTemporaryDirectory({ after });
const root = makeTemporaryDirectory({ after });

before(async () => {
  account = await createAccount(data, ['--sandbox']);
  server = await startServer({ data });
});

interface Case {
  readonly name: string;
  readonly call: () => SampleCall | Promise<SampleCall>;
  readonly expected: Readonly<Record<string, unknown>>;
  /** Those that run it; all unless given. */
  readonly languages?: readonly string[];
}

const VERIFICATIONS = '/api/v1/verifications';
const RECIPIENT = '18766554433';

/** As the samples say that they send it, without one. */
async function startCode(headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await fetch(`${server.url}${VERIFICATIONS}`, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${account.token}`, 'content-type': 'application/json' },
      ...headers,
    },
    body: JSON.stringify({ to: RECIPIENT, purpose: 'login' }),
  });
  const { id } = (await answer.json()) as { id: string };
  return id;
}

const STATUS: Case = {
  name: 'a suspended line',
  call: () => ({
    ...FACEID,
    endpoint: server.url,
    action: 'MobileStatus',
    input: { Mobile: SUSPENDED },
    language: 'en-US',
  }),
  expected: { Result: '0', StatusCode: 1 },
};

const SIGNED: readonly Case[] = [
  STATUS,
  {
    name: 'a mismatch under a path, in Chinese',
    call: () => ({
      ...FACEID,
      endpoint: `${server.url}/tencent/`,
      action: 'PhoneVerification',
      input: { IdCard: '11010519491231002X', Name: '张三', Phone: OTHER_ID_CARD, VerifyMode: '1' },
      language: 'zh-CN',
    }),
    expected: { Result: '-4', Isp: '移动', ResultDetail: 'PhoneIdCardMismatch' },
  },
];

let kept = '';
const BEARER: readonly Case[] = [
  {
    name: 'a suspended line of AceData',
    call: () => ({
      kind: 'bearer',
      endpoint: server.url,
      method: 'POST',
      path: CHECK_1E,
      body: { mobile: SUSPENDED },
    }),
    expected: { result: '0', status_code: 1 },
  },
  {
    name: 'the list of services',
    call: () => ({
      kind: 'bearer',
      endpoint: `${server.url}/`,
      method: 'GET',
      path: '/api/v1/services?limit=1',
    }),
    expected: { count: 4 },
  },
  {
    name: 'a one-time code that was sent already, as the header with its key says',
    async call() {
      const headers = { 'Idempotency-Key': `It's "$one" \\ of #{many}`.replaceAll(' ', '_') };
      kept = await startCode(headers);
      const body = { to: RECIPIENT, purpose: 'login' };
      return { kind: 'bearer', endpoint: server.url, method: 'POST', path: VERIFICATIONS, headers, body };
    },
    expected: {
      status: 'pending',
      kind: 'phone',
      get id() {
        return kept;
      },
    },
  },
  {
    name: 'a one-time code entered, its id in the path',
    languages: ['curl', 'node', 'python'],
    async call() {
      const { path, body } = placeInput(`${VERIFICATIONS}/{id}/check`, [], {
        id: await startCode(),
        code: '123456',
      });
      return { kind: 'bearer', endpoint: server.url, method: 'POST', path, body };
    },
    expected: { status: 'verified' },
  },
];

const executed = listSamples('signed').filter((kind) => kind.executed);

test('every language that Debian brings, and the SDK of Node, is executed', () => {
  const plain = executed.filter(({ means }) => means === 'plain').map(({ language }) => language);
  assert.deepEqual(plain.sort(), Object.keys(EXECUTED).sort());
  assert.deepEqual(
    executed.filter(({ means }) => means === 'sdk').map(({ language }) => language),
    ['node'],
  );
});

for (const { means } of [{ means: 'plain' }, { means: 'sdk' }] as const) {
  for (const { language, fileName } of executed.filter((kind) => kind.means === means)) {
    const runs = language as ExecutedLanguage;
    const cases = means === 'plain' ? [...SIGNED, ...BEARER] : SIGNED;
    const skip = EXECUTED[runs].needs.some((name) => !isAvailable(name));
    for (const [at, { name, call, expected, languages }] of cases.entries()) {
      if (languages?.includes(language) === false) continue;
      test(`${language} (${means}) gets the documented answer: ${name}`, { skip }, async () => {
        const code = writeSample(await call(), language, means);
        const answer = await run(runs, fileName, code, `${language}-${means}-${at}`);
        const { Response: response = answer } = answer as { Response?: Record<string, unknown> };
        assert.deepEqual(pick(response, Object.keys(expected)), expected, JSON.stringify(answer));
      });
    }
  }
}

test("Node's SDK reaches an action that it has no type for", async () => {
  const code = writeSample(
    {
      kind: 'signed',
      endpoint: server.url,
      product: 'domain',
      version: '2018-08-08',
      action: 'DescribeIntlPhoneEmailList',
      input: { Type: 1 },
    },
    'node',
    'sdk',
  );
  const answer = await run('node', 'sample.cjs', code, 'node-untyped');
  assert.deepEqual(pick(answer, ['TotalCount']), { TotalCount: 1 }, JSON.stringify(answer));
});

async function run(
  language: ExecutedLanguage,
  fileName: string,
  code: string,
  folder: string,
): Promise<Record<string, unknown>> {
  const directory = join(root, folder);
  mkdirSync(directory);
  linkPackages(directory);
  const printed = await runSource({
    language,
    fileName,
    code,
    directory,
    env: {
      TENCENTCLOUD_SECRET_ID: account.secretId,
      TENCENTCLOUD_SECRET_KEY: account.secretKey,
      LINEPROOF_TOKEN: account.token,
    },
  });
  for (const secret of [account.secretId, account.secretKey, account.token])
    assert.ok(!code.includes(secret));
  // Those with a token print the status first.
  const [, json = ''] = /^(?:20[01] )?(\{.*\})\s*$/s.exec(printed) ?? [];
  assert.notEqual(json, '', printed);
  return JSON.parse(json) as Record<string, unknown>;
}

function pick(all: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}
