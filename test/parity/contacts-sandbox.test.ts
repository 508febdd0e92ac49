// Walks the sandbox's recipients of one-time codes through the vendor's official SDKs, the international and the domestic one,
// against a real server: each gives the documented error code from each action, by number and by address, and nothing is kept.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { CONTACT_TABLE } from '../../src/sources/sandbox/table-contacts.ts';
import { runCommand } from '../support/command-line.ts';
import { runJsonWithin } from '../support/command-within.ts';
import {
  type AskDomain,
  DOMESTIC,
  type DomainAction,
  INTERNATIONAL,
  isInternational,
  openDomainClients,
} from '../support/domain-clients.ts';
import { openClient } from '../support/http-client.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { CREATE_CODES, DOMAIN_CODES, SANDBOX_RECIPIENTS } from '../support/sandbox-contacts.ts';
import { signTc3 } from '../support/sign-request.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const CALLS_AT_ONCE = 64;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const JOBS = ['send', 'verify', 'list', 'delete'] as const;

after(() => server?.stop());
const data = makeTemporaryDirectory({ after });
let account: NewAccount;
let server: RunningServer;
let ask: AskDomain;

before(async () => {
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];
  account = await createAccount(data, ['--sandbox']);
  server = await startServer({ data });
  ask = openDomainClients(`${server.host}:${server.port}`, account);
});

interface Case {
  readonly action: DomainAction;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: string;
}

function casesOf(recipient: (typeof SANDBOX_RECIPIENTS)[number]): Case[] {
  const contacts = [
    [1, recipient.number],
    [2, recipient.address],
  ] as const;
  return contacts.flatMap(([Type, Code]) =>
    Code === undefined
      ? []
      : JOBS.flatMap((job, place) =>
          [INTERNATIONAL[place], DOMESTIC[place]].flatMap((action): Case[] => {
            if (action === undefined) return [];
            const site = isInternational(action) ? 'international' : 'domestic';
            const expected = recipient[job][site] ?? 'success';
            if (action !== 'DescribeIntlPhoneEmailList') {
              const more = job === 'verify' ? { VerifyCode: recipient.code } : {};
              return [{ action, input: { Type, Code, ...more }, expected }];
            }
            // It searches for nobody: the number of a page names the row.
            const isFault = recipient.list.international !== undefined;
            return Type === 1 && isFault ? [{ action, input: { Type, Offset: Number(Code) }, expected }] : [];
          }),
        ),
  );
}

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'success',
    (error: { code?: string }) => error.code ?? String(error),
  );

test('every recipient of the sandbox gives the documented code from every action, through the official SDKs', async () => {
  const slow = ({ input }: Case) => /slow|^1690002/.test(`${input.Code ?? input.Offset}`);
  // The slow rows first, so that they wait while the others are walked.
  const cases = SANDBOX_RECIPIENTS.flatMap(casesOf).toSorted((a, b) => Number(slow(b)) - Number(slow(a)));
  const queue = cases.values();
  const walk = async () => {
    for (const { action, input, expected } of queue)
      assert.equal(await codeOf(ask(action, input)), expected, `${action} ${JSON.stringify(input)}`);
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, walk));
});

test('every recipient of the table is among what is walked, and nothing else', () => {
  const named = (
    rows: readonly { readonly number?: string | undefined; readonly address?: string | undefined }[],
  ) => rows.map(({ number, address }) => `${number} ${address}`).sort();
  assert.deepEqual(named(SANDBOX_RECIPIENTS), named(CONTACT_TABLE));
});

test('every code that the documentation lists for an action is among what its recipients give', () => {
  for (const [place, job] of JOBS.entries()) {
    for (const action of [INTERNATIONAL[place], DOMESTIC[place]]) {
      if (action === undefined) continue;
      const site = isInternational(action) ? 'international' : 'domestic';
      const given = new Set(SANDBOX_RECIPIENTS.map((recipient) => recipient[job][site]));
      for (const code of DOMAIN_CODES[action]) assert.ok(given.has(code), `${action} ${code}`);
    }
  }
});

test('the 11 documented codes of CreateIntlPhoneEmail each have a number and an address of the sandbox', async () => {
  const met = new Set<string>();
  for (const { number, address, code, verify } of SANDBOX_RECIPIENTS) {
    const { international = '' } = verify;
    if (!CREATE_CODES.includes(international) || number === undefined || address === undefined) continue;
    const request = { VerifyCode: code };
    for (const contact of [
      { Type: 1, Code: number },
      { Type: 2, Code: address },
    ])
      met.add(await codeOf(ask('CreateIntlPhoneEmail', { ...contact, ...request })));
  }
  assert.deepEqual([...met].sort(), [...CREATE_CODES].sort());
  assert.equal(met.size, 11);
});

test('the documented request is answered as documented, byte for byte as it is printed, however often', async () => {
  const payload = '{\n"Type": 1,\n"Code": "18766554433",\n"VerifyCode": "123456"\n}';
  for (let time = 0; time < 3; time += 1) {
    const { headers, body } = signTc3(account, {
      host: 'domain.tencentcloudapi.com',
      action: 'CreateIntlPhoneEmail',
      version: '2018-08-08',
      service: 'domain',
      contentType: 'application/json',
      payload,
      timestampSeconds: Math.floor(Date.now() / 1000),
    });
    const lines = [...Object.entries(headers), ['Content-Length', body.length]].map((pair) =>
      pair.join(': '),
    );
    const client = await openClient(server.port);
    const answer = await client.send(
      Buffer.concat([Buffer.from(['POST / HTTP/1.1', ...lines, '\r\n'].join('\r\n')), body]),
    );
    client.close();
    assert.equal(answer.status, 200);
    const { Response } = JSON.parse(answer.body.toString()) as { Response: Record<string, string> };
    assert.deepEqual(Object.keys(Response), ['RequestId']);
    assert.match(Response.RequestId ?? '', UUID);
  }
});

test('lists answer with the documented example', async () => {
  const { RequestId: _one, ...numbers } = await ask('DescribeIntlPhoneEmailList', { Type: 1 });
  const number = { Code: '18766554433', Type: 1, CreatedOn: '2021-04-23 17:40:27' };
  assert.deepEqual(numbers, { PhoneEmailList: [number], TotalCount: 1 });
  const { RequestId: _two, ...all } = await ask('DescribePhoneEmailList', {});
  const address = { Code: 'a***@example.org', Type: 2, CreatedOn: '2021-09-28 12:10:10', CheckStatus: 1 };
  assert.deepEqual(all, {
    PhoneEmailList: [address, { ...number, Code: '187***4433', CheckStatus: 1 }],
    TotalCount: 2,
  });
});

test('none of it left a code, a message, an entry or a price', async () => {
  await ask('SendPhoneEmailCode', { Type: 1, Code: '13912345678' });
  const exported = await runCommand(['ledger', 'export', '--format', 'ndjson', '--data', data]);
  assert.equal(exported.code, 0, exported.stderr);
  assert.equal(exported.stdout, '');
  const calls = await runJsonWithin(['account', 'calls', account.accountId, '--limit', '5', '--data', data]);
  assert.match(JSON.stringify(calls), /"sandbox":true/);
  await server.stop();
  const shown = `${server.stdout()}${server.stderr()}`;
  for (const trace of ['123456', '13912345678', 'sandbox.invalid']) assert.ok(!shown.includes(trace), trace);
  const codes = new DatabaseSync(join(data, 'codes.db'), { readOnly: true });
  const tables = codes.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const filled = tables.filter(
    ({ name }) => codes.prepare(`SELECT 1 FROM "${String(name)}"`).get() !== undefined,
  );
  codes.close();
  assert.deepEqual(
    filled.map(({ name }) => name),
    [],
  );
  assert.ok(!readFileSync(join(data, 'calls.db')).includes('13912345678'));
});
