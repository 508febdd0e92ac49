// The vendor's guides, followed to the letter against a real server: their curl commands and Python programs run with
// nothing changed but the base address and the token.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { type AceDataCall, CHECK_1E, CHECK_2E, CHECK_3E, callAceData } from '../support/call-acedata.ts';
import { callOverWire } from '../support/call-over-wire.ts';
import { runCommand, runProgram } from '../support/command-line.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { exchange } from '../support/http-client.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const VENDOR = 'https://api.acedata.cloud';

/** As the guides print them. */
const PAYLOADS = {
  [CHECK_1E]: '{\n  "mobile": "***"\n}',
  [CHECK_2E]: '{\n  "name": "***",\n  "mobile": "***"\n}',
  [CHECK_3E]: '{\n  "name": "***",\n  "phone": "***",\n  "id_card": "***"\n}',
};
const DOCUMENTED = {
  [CHECK_1E]: { result: '0', description: 'Success', status_code: 0 },
  [CHECK_2E]: { result: '0', description: 'Verification result is consistent' },
  [CHECK_3E]: { result: '0', description: 'Authentication passed', isp: 'Mobile', result_detail: null },
};
/** What the same inputs are to a live account: numbers that are none. */
const MALFORMED = {
  [CHECK_1E]: { result: '-2', description: 'Mobile number format is incorrect', status_code: 99 },
  [CHECK_2E]: { result: '-5', description: 'Mobile number is invalid' },
  [CHECK_3E]: { result: '-5', description: 'Mobile number is invalid', isp: '', result_detail: null },
};
type Path = keyof typeof PAYLOADS;
const PATHS = Object.keys(PAYLOADS) as Path[];

const curlCommand = (path: Path): string =>
  `curl -X POST '${VENDOR}${path}' \\
-H 'accept: application/json' \\
-H 'authorization: Bearer {token}' \\
-H 'content-type: application/json' \\
-d '${PAYLOADS[path]}'`;

const pythonProgram = (path: Path): string => `import requests

url = "${VENDOR}${path}"

headers = {
    "accept": "application/json",
    "authorization": "Bearer {token}",
    "content-type": "application/json"
}

payload = ${PAYLOADS[path].replaceAll('\n  ', '\n    ')}

response = requests.post(url, json=payload, headers=headers)
print(response.text)
`;

/** What requests 2.34 sends for that program. */
const pythonBytes = (path: Path, token: string): Buffer => {
  const body = JSON.stringify(JSON.parse(PAYLOADS[path])).replaceAll(':"', ': "').replaceAll(',"', ', "');
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: python-requests/2.34.2\r\n` +
      `Accept-Encoding: gzip, deflate\r\naccept: application/json\r\nConnection: keep-alive\r\n` +
      `authorization: Bearer ${token}\r\ncontent-type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
};

const person = makePerson(1);
const suspended = makePerson(2, 'suspended');
let server: RunningServer;
let live: NewAccount;
let sandbox: NewAccount;
// The server ends before its directory goes.
after(() => server?.stop());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  mkdirSync(data, { mode: 0o700 });
  live = await createAccount(data, ['--quota', '1000', '--rate', '1000']);
  sandbox = await createAccount(data, ['--sandbox']);
  await importPeople(data, [person, suspended]);
  server = await startServer({ data });
});

const filled = (text: string, token: string): string =>
  text.replaceAll(VENDOR, server.url).replaceAll('{token}', token);

/** A proxy of the machine is none of the guides' business. */
const NO_PROXY = { http_proxy: '', HTTP_PROXY: '', no_proxy: '127.0.0.1' };

test("the guides' curl commands give the documented answers to a sandbox token", async () => {
  for (const path of PATHS) {
    const { code, stdout, stderr } = await runProgram(
      'sh',
      ['-c', filled(curlCommand(path), sandbox.token)],
      {
        env: NO_PROXY,
      },
    );
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), DOCUMENTED[path]);
  }
});

test("the guides' Python programs give the documented answers to a sandbox token", async (t) => {
  const python = await findPython(t);
  for (const path of PATHS)
    assert.deepEqual(await askWithPython(python, path, sandbox.token), DOCUMENTED[path]);
});

test('the same inputs, which are no numbers, are told so to a live token, free of charge', async (t) => {
  const python = await findPython(t);
  for (const path of PATHS) assert.deepEqual(await askWithPython(python, path, live.token), MALFORMED[path]);
});

/** The interpreter that has `requests`, installed first where that can be done; undefined where it cannot. */
async function findPython(t: TestContext): Promise<string | undefined> {
  const has = async (python: string): Promise<boolean> =>
    (await runProgram(python, ['-c', 'import requests']).catch(() => undefined))?.code === 0;
  for (const isSecondTry of [false, true]) {
    if (isSecondTry) {
      if (process.getuid?.() !== 0) break;
      await runProgram('apt-get', ['install', '-y', '-qq', 'python3-requests']).catch(() => undefined);
    }
    for (const python of ['python3', '/usr/bin/python3']) {
      if (!(await has(python))) continue;
      t.diagnostic(`asked with requests of ${python}`);
      return python;
    }
  }
  t.diagnostic('there is no python3 with requests: its bytes are sent over a socket instead');
  return undefined;
}

async function askWithPython(python: string | undefined, path: Path, token: string): Promise<unknown> {
  if (python === undefined) {
    const met = await exchange(server.port, pythonBytes(path, token));
    assert.ok(met.kind === 'answer');
    return JSON.parse(met.answer.body.toString());
  }
  const { code, stdout, stderr } = await runProgram(python, ['-c', filled(pythonProgram(path), token)], {
    env: NO_PROXY,
  });
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

test("requests' own bytes over a socket get the same answers, so that the other way is tested too", async () => {
  for (const path of PATHS)
    assert.deepEqual(await askWithPython(undefined, path, sandbox.token), DOCUMENTED[path]);
});

const ask = (call: AceDataCall) => callAceData(server.port, { token: live.token, ...call });

test('a live token gets what the registry knows, in the documented members and no others', async () => {
  const { number, name, idCard } = person;
  assert.deepEqual((await ask({ body: { mobile: number } })).json, DOCUMENTED[CHECK_1E]);
  assert.deepEqual((await ask({ body: { mobile: suspended.number } })).json, {
    ...DOCUMENTED[CHECK_1E],
    status_code: 1,
  });
  assert.deepEqual((await ask({ body: { mobile: '13900000000' } })).json, {
    result: '-1',
    description: 'No results found',
    status_code: 99,
  });
  const two = { mobile: number, name };
  assert.deepEqual((await ask({ path: CHECK_2E, body: two })).json, DOCUMENTED[CHECK_2E]);
  assert.deepEqual((await ask({ path: CHECK_2E, body: { ...two, name: suspended.name } })).json, {
    result: '1',
    description: 'Verification result is inconsistent',
  });
  const three = { phone: number, name, id_card: idCard };
  assert.deepEqual((await ask({ path: CHECK_3E, body: three })).json, DOCUMENTED[CHECK_3E]);
  const wrong = { ...three, id_card: suspended.idCard, verify_mode: '1' };
  assert.deepEqual((await ask({ path: CHECK_3E, body: wrong })).json, {
    result: '1',
    description: 'Verification result is inconsistent',
    isp: 'Mobile',
    result_detail: 'PhoneIdCardMismatch',
  });
});

test('a caller whose first language is Chinese reads Chinese descriptions', async () => {
  const describe = async (language: string): Promise<unknown> =>
    (await ask({ body: { mobile: person.number }, headers: { 'Accept-Language': language } })).json
      .description;
  assert.equal(await describe('zh-CN,zh;q=0.9,en;q=0.8'), '成功');
  assert.equal(await describe('en-US,en;q=0.9,zh;q=0.8'), 'Success');
  assert.equal(await describe('*'), 'Success');
});

test('an account has one ledger and one balance whichever protocol it calls; refused calls are in its call log', async () => {
  const buyer = await createAccount(data, ['--quota', '1', '--balance', '100']);
  const { token } = buyer;
  const body = { mobile: person.number };
  const signed = await callOverWire(server.port, buyer, {
    payload: JSON.stringify({ Mobile: person.number }),
  });
  assert.equal(signed.Result, '0');
  // The quota is spent; 20 minor units each from here on.
  for (let call = 0; call < 5; call += 1) assert.equal((await ask({ token, body })).json.result, '0');
  assert.equal((await ask({ token, body: { mobile: '123' } })).status, 403);
  assert.equal((await ask({ token, path: '/identity/phone/check-9e', body })).status, 404);
  assert.equal((await ask({ token, body: '{' })).status, 400);

  const exported = await runCommand([
    ...['ledger', 'export', '--account', buyer.accountId, '--format', 'ndjson', '--data', data],
  ]);
  assert.equal(exported.code, 0, exported.stderr);
  const entries = exported.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ protocol }) => protocol !== '');
  assert.deepEqual(
    entries.map(({ protocol, action }) => `${protocol} ${action}`),
    ['tencent line-status', ...Array.from({ length: 5 }, () => 'acedata line-status')],
  );
  const calls = (await runJsonWithin(['account', 'calls', buyer.accountId, '--data', data])) as {
    protocol: string;
    fault: string | null;
  }[];
  const faults = calls.filter(({ protocol }) => protocol === 'acedata').map(({ fault }) => fault);
  for (const fault of ['funds_exhausted', 'action_unknown', 'body_malformed'])
    assert.ok(faults.includes(fault), `${fault} is not among ${faults.join(', ')}`);
});
