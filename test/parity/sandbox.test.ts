// Walks the whole sandbox through the vendor's official SDK against a real server: each documented input gives the
// documented result code or error code, whichever action asks. What is documented stands in lists of its own.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faceid } from 'tencentcloud-sdk-nodejs/tencentcloud/services/faceid/index.js';
import { kms } from 'tencentcloud-sdk-nodejs/tencentcloud/services/kms/index.js';
import { FAULTS } from '../../src/domain/fault.ts';
import { SANDBOX_TABLE } from '../../src/sources/sandbox/table.ts';
import { runCommand } from '../support/command-line.ts';
import { createAccount } from '../support/new-account.ts';
import { SANDBOX_ANSWERS, type SandboxAction } from '../support/sandbox-answers.ts';
import { SANDBOX_FAULTS } from '../support/sandbox-faults.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

type Answer = Record<string, unknown>;

const CALLS_AT_ONCE = 64;
const PERSON = { name: '张三', idCard: '11010519491231002X' };

const ASKING = Object.keys(SANDBOX_ANSWERS[0]?.answers ?? {}) as SandboxAction[];
/** The actions for one carrier have no result code for the daily limit. */
const DAILY_LIMIT = 'error';
const ONE_CARRIER = ['0', '-4', '-6', '-7', '-8', '-9', '-11', '-13', DAILY_LIMIT];
const DOCUMENTED_RESULTS: Readonly<Record<SandboxAction, readonly string[]>> = {
  MobileStatus: ['0', '-1', '-2', '-3', '-4', '-13'],
  MobileNetworkTimeVerification: ['0', '-1', '-2', '-3', '-4', '-5', '-13'],
  PhoneVerification: ['0', '-4', '-6', '-7', '-8', '-9', '-11', '-12', '-13'],
  PhoneVerificationCMCC: ONE_CARRIER,
  PhoneVerificationCTCC: ONE_CARRIER,
  PhoneVerificationCUCC: ONE_CARRIER,
  CheckPhoneAndName: ['0', '1', '-1', '-2', '-3', '-4', '-5', '-6', '-13'],
};

let server: RunningServer;
let client: InstanceType<typeof faceid.v20180301.Client>;
let keys: InstanceType<typeof kms.v20190118.Client>;
// Registered before the directory's removal, so that the server is gone by then.
after(() => server?.stop());
const data = makeTemporaryDirectory({ after });

before(async () => {
  const { secretId, secretKey } = await createAccount(data, ['--sandbox']);
  server = await startServer({ data });
  const settings = {
    credential: { secretId, secretKey },
    region: '',
    profile: {
      language: 'en-US' as const,
      httpProfile: {
        endpoint: `${server.host}:${server.port}`,
        protocol: 'http://' as const,
        reqTimeout: 60,
      },
    },
  };
  client = new faceid.v20180301.Client(settings);
  keys = new kms.v20190118.Client(settings);
});

interface Case {
  readonly action: SandboxAction;
  readonly number: string;
  readonly name?: string;
  readonly idCard?: string;
  readonly expected: Answer;
}

const TIMED_OUT = { number: '16900020210', code: 'ServiceUnavailable' };

const CASES: readonly Case[] = [
  ...SANDBOX_ANSWERS.flatMap(({ answers, ...input }) =>
    (Object.keys(answers) as SandboxAction[]).map((action) => ({
      ...input,
      action,
      expected: answers[action],
    })),
  ),
  ...[...SANDBOX_FAULTS, TIMED_OUT].flatMap(({ number, code }) =>
    ASKING.map((action) => ({ number, action, expected: { Code: code } })),
  ),
];

test('the whole sandbox through the official SDK gives what is documented', async () => {
  const slow = (number: string): number => (number.startsWith('1690002') ? Number(number.slice(-2)) : 0);
  // The slow rows first, so that they wait while the others are walked.
  const cases = CASES.toSorted((a, b) => slow(b.number) - slow(a.number));
  await runSome(cases, async (one) => {
    const { action, number, name = '', expected } = one;
    assert.deepEqual(await call(one), expected, `${action} ${number} ${name}`);
  });
});

test('every row of the sandbox and every fault is among what is walked, and nothing else', () => {
  const rows = (numbers: readonly string[]) => numbers.toSorted();
  const walked = [...SANDBOX_ANSWERS, ...SANDBOX_FAULTS, TIMED_OUT].map(({ number }) => number);
  assert.deepEqual(rows(walked), rows(SANDBOX_TABLE.map(({ number }) => number)));
  assert.deepEqual(rows(SANDBOX_FAULTS.map(({ fault }) => fault)), rows(Object.keys(FAULTS)));
});

test('every documented result code of every action is among the answers', () => {
  for (const action of ASKING) {
    const results = SANDBOX_ANSWERS.map(({ answers }) => answers[action].Result ?? DAILY_LIMIT);
    assert.deepEqual([...new Set(results)].sort(), DOCUMENTED_RESULTS[action].toSorted(), action);
  }
});

test("the documentation's own examples give its own outputs", async () => {
  const person = { IdCard: '11204416541220243X', Phone: '16137688175' };
  const first = { Result: '0', Description: 'Authentication passed', Isp: 'Telecom' };
  const second = { Result: '-4', Description: 'Information inconsistency', Isp: 'China Unicom' };
  const plain = async (asked: Promise<object>) => {
    const { RequestId, ...rest } = (await asked) as Answer;
    assert.match(String(RequestId), /^[0-9a-f-]{36}$/);
    return rest;
  };
  assert.deepEqual(await plain(client.PhoneVerification({ ...person, Name: 'Wei Xiaobao' })), first);
  assert.deepEqual(await plain(client.PhoneVerification({ ...person, Name: '韦小宝' })), first);
  assert.deepEqual(await plain(client.PhoneVerification({ ...person, Name: 'Wei Xiaobao II' })), second);
  assert.deepEqual(await plain(client.MobileStatus({ Mobile: '16137688175' })), {
    Result: '-2',
    Description: 'Invalid phone number format',
    StatusCode: 99,
  });
  assert.deepEqual(await plain(client.MobileStatus({ Mobile: '13800138000' })), {
    Result: '0',
    Description: 'Success',
    StatusCode: 1,
  });
  assert.deepEqual(await plain(client.MobileNetworkTimeVerification({ Mobile: '13800138000' })), {
    Result: '0',
    Description: 'Success',
    Range: '[24,+)',
  });
  assert.deepEqual(await plain(client.MobileNetworkTimeVerification({ Mobile: '16137688175' })), {
    Result: '-2',
    Description: 'Phone number not found',
    Range: '',
  });
});

test('key management plays every fault for a key id or an alias that names it, and works otherwise', async () => {
  const made = await keys.CreateKey({ Alias: 'sandbox-of-ours' });
  assert.equal((await keys.DescribeKey({ KeyId: made.KeyId ?? '' })).KeyMetadata?.Alias, 'sandbox-of-ours');
  for (const { fault, code } of SANDBOX_FAULTS) {
    await assert.rejects(keys.DescribeKey({ KeyId: `sandbox-${fault}` }), { code });
    await assert.rejects(keys.CreateKey({ Alias: `sandbox-${fault}` }), { code });
  }
});

test('none of these calls left a ledger entry', async () => {
  const exported = await runCommand(['ledger', 'export', '--format', 'ndjson', '--data', data]);
  assert.equal(exported.code, 0, exported.stderr);
  assert.equal(exported.stdout, '');
});

async function call(one: Case): Promise<Answer> {
  try {
    const { RequestId, Description, ...answer } = (await ask(one)) as Answer;
    assert.ok(typeof RequestId === 'string' && typeof Description === 'string' && Description !== '');
    return answer;
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    return { Code: (error as { code?: string }).code ?? String(error) };
  }
}

function ask({ action, number, name = PERSON.name, idCard = PERSON.idCard }: Case): Promise<object> {
  const three = { Phone: number, Name: name, IdCard: idCard };
  switch (action) {
    case 'MobileStatus':
    case 'MobileNetworkTimeVerification':
      return client[action]({ Mobile: number });
    case 'PhoneVerification':
      return client.PhoneVerification({ ...three, VerifyMode: '1' });
    case 'CheckPhoneAndName':
      return client.CheckPhoneAndName({ Mobile: number, Name: name });
    default:
      return client[action](three);
  }
}

async function runSome<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const workers = Array.from({ length: CALLS_AT_ONCE }, async () => {
    for (const item of queue) await run(item);
  });
  await Promise.all(workers);
}
