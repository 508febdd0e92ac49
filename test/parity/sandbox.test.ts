// Walks the whole sandbox table through the vendor's official SDK against a real server: each documented input gives the
// documented result code or error code, whichever action asks.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faceid } from 'tencentcloud-sdk-nodejs/tencentcloud/services/faceid/index.js';
import { kms } from 'tencentcloud-sdk-nodejs/tencentcloud/services/kms/index.js';
import { FAULTS, Fault, type FaultCode } from '../../src/domain/fault.ts';
import { WIRE_ERRORS } from '../../src/protocols/tencent/faults.ts';
import {
  REHEARSED_ACTIONS,
  type RehearsedAction,
  type SandboxRow,
} from '../../src/sources/sandbox/answer.ts';
import { createSandbox } from '../../src/sources/sandbox/create-sandbox.ts';
import { SANDBOX_TABLE } from '../../src/sources/sandbox/table.ts';
import { createAccount, runCommand } from '../support/command-line.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

type Answer = Record<string, unknown>;

const CALLS_AT_ONCE = 64;
const PERSON = { name: '张三', idCard: '11010519491231002X' };

/** Result codes by outcome, from the vendor's documentation, not from our tables. */
const MATCH_CODES = {
  match: '0',
  mismatch: '-4',
  number_invalid: '-6',
  id_card_invalid: '-7',
  name_invalid: '-8',
  no_record: '-9',
  source_busy: '-11',
  source_error: '-11',
  daily_limit: '-12',
  range_unsupported: '-13',
};
const RESULT_CODES: Readonly<Record<RehearsedAction, Readonly<Record<string, string>>>> = {
  'line-status': {
    known: '0',
    no_record: '-1',
    number_invalid: '-2',
    source_busy: '-3',
    daily_limit: '-4',
    range_unsupported: '-13',
  },
  'line-tenure': {
    known: '0',
    number_invalid: '-1',
    number_vacant: '-2',
    tenure_unknown: '-3',
    source_busy: '-4',
    daily_limit: '-5',
    range_unsupported: '-13',
  },
  'identity-match': MATCH_CODES,
  'identity-match-mobile': MATCH_CODES,
  'identity-match-telecom': MATCH_CODES,
  'identity-match-unicom': MATCH_CODES,
  'name-match': {
    match: '0',
    mismatch: '1',
    no_record: '-1',
    source_error: '-2',
    source_failed: '-3',
    name_invalid: '-4',
    number_invalid: '-5',
    daily_limit: '-6',
    range_unsupported: '-13',
  },
};
const STATUS_CODES: Readonly<Record<string, number>> = {
  normal: 0,
  suspended: 1,
  cancelled: 2,
  vacant: 4,
  not_in_network: 4,
  unusable: 5,
  unknown: 99,
};
const ISP_TEXTS: Readonly<Record<string, string>> = { mobile: 'mobile', telecom: 'telecom', unicom: 'cucc' };
const RESULT_DETAILS: Readonly<Record<string, string>> = {
  phone_id_card: 'PhoneIdCardMismatch',
  phone_name: 'PhoneNameMismatch',
  phone_name_id_card: 'PhoneNameIdCardMismatch',
  name_id_card: 'NameIdCardMismatch',
  other: 'OtherMismatch',
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

test('the whole sandbox table through the official SDK gives what is documented', async () => {
  const cases = SANDBOX_TABLE.flatMap((row) => REHEARSED_ACTIONS.map((action) => ({ row, action })));
  const seen = new Set<string>();
  // The slow rows first, so that they wait while the others are walked.
  cases.sort((a, b) => (b.row.delayMs ?? 0) - (a.row.delayMs ?? 0));
  await runSome(cases, async ({ row, action }) => {
    const input = inputOf(row);
    const expected = await expectedAnswer(action, input);
    const actual = await call(action, input);
    assert.deepEqual(actual, expected, `${action} ${JSON.stringify(input)}`);
    seen.add(`${action} ${expected.Result ?? expected.Code}`);
  });
  for (const action of REHEARSED_ACTIONS) {
    for (const [outcome, code] of Object.entries(RESULT_CODES[action])) {
      // The actions for one carrier have no result code for the daily limit.
      if (outcome === 'daily_limit' && action.startsWith('identity-match-')) continue;
      assert.ok(seen.has(`${action} ${code}`), `${action} never gave ${code}`);
    }
    for (const { code } of Object.values(WIRE_ERRORS)) {
      assert.ok(seen.has(`${action} ${code}`), `${action} never gave ${code}`);
    }
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
  for (const fault of Object.keys(FAULTS) as FaultCode[]) {
    const { code } = WIRE_ERRORS[fault];
    await assert.rejects(keys.DescribeKey({ KeyId: `sandbox-${fault}` }), { code });
    await assert.rejects(keys.CreateKey({ Alias: `sandbox-${fault}` }), { code });
  }
});

test('none of these calls left a ledger entry', async () => {
  const exported = await runCommand(['ledger', 'export', '--format', 'ndjson', '--data', data]);
  assert.equal(exported.code, 0, exported.stderr);
  assert.equal(exported.stdout, '');
});

interface Input {
  readonly msisdn: string;
  readonly name: string;
  readonly idCard: string;
  readonly verifyMode: string;
}

function inputOf(row: SandboxRow): Input {
  const name = row.when?.name?.[0] ?? PERSON.name;
  return { msisdn: row.number, name, idCard: row.when?.idCard?.[0] ?? PERSON.idCard, verifyMode: '1' };
}

/** What the table says, in the words of the vendor's documentation. */
async function expectedAnswer(action: RehearsedAction, input: Input): Promise<Answer> {
  const clock = { nowMs: () => 0, sleep: () => Promise.resolve() };
  const sandbox = createSandbox({ clock, region: 'CN', maxDelayedCalls: 1 });
  try {
    const conclusion = await sandbox.rehearse(action, { ...input });
    assert.ok(conclusion !== undefined);
    const { outcome, output } = conclusion;
    const Result = RESULT_CODES[action][outcome];
    assert.ok(Result !== undefined, `${action} has no code for ${outcome}`);
    if (action === 'line-status') return { Result, StatusCode: STATUS_CODES[String(output.status)] };
    if (action === 'line-tenure') return { Result, Range: output.range };
    if (action === 'name-match') return { Result };
    const { en } = (output.ispText ?? { en: ISP_TEXTS[String(output.carrier)] ?? '' }) as { en: string };
    const detail = action === 'identity-match' ? RESULT_DETAILS[String(output.mismatch)] : undefined;
    return { Result, Isp: en, ...(detail === undefined ? {} : { ResultDetail: detail }) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { Code: WIRE_ERRORS[error.code].code };
  }
}

async function call(action: RehearsedAction, input: Input): Promise<Answer> {
  try {
    const { RequestId, Description, ...answer } = (await ask(action, input)) as Answer;
    assert.ok(typeof RequestId === 'string' && typeof Description === 'string' && Description !== '');
    return answer;
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    return { Code: (error as { code?: string }).code ?? String(error) };
  }
}

function ask(action: RehearsedAction, input: Input): Promise<object> {
  const { msisdn, name, idCard, verifyMode } = input;
  const three = { Phone: msisdn, Name: name, IdCard: idCard };
  switch (action) {
    case 'line-status':
      return client.MobileStatus({ Mobile: msisdn });
    case 'line-tenure':
      return client.MobileNetworkTimeVerification({ Mobile: msisdn });
    case 'identity-match':
      return client.PhoneVerification({ ...three, VerifyMode: verifyMode });
    case 'identity-match-mobile':
      return client.PhoneVerificationCMCC(three);
    case 'identity-match-telecom':
      return client.PhoneVerificationCTCC(three);
    case 'identity-match-unicom':
      return client.PhoneVerificationCUCC(three);
    case 'name-match':
      return client.CheckPhoneAndName({ Mobile: msisdn, Name: name });
  }
}

async function runSome<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const workers = Array.from({ length: CALLS_AT_ONCE }, async () => {
    for (const item of queue) await run(item);
  });
  await Promise.all(workers);
}
