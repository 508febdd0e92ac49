// What whoever follows the link of the first start does with keys of accounts: creates one, calls with one in the Explorer,
// learns why a signature fails. The secret is seen by who creates a key and nobody else, and each act is in the audit log.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runJsonWithin } from '../support/command-within.ts';
import { exchange } from '../support/http-client.ts';
import { createManagementClient } from '../support/management-client.ts';
import { signTc3, toBytes } from '../support/sign-request.ts';
import { QUICK_PASSWORDS, type SignedUpPerson, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

type Json = Record<string, unknown>;
type Headers = Readonly<Record<string, string>>;

interface Issued {
  readonly id: string;
  readonly token: string;
  readonly secret_id: string;
  readonly secret_key: string;
}

interface FirstAccount {
  readonly accountId: string;
  readonly kind: 'sandbox' | 'demonstration';
  readonly exampleNumber: string;
}

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
/** As the printed link lets in. */
let operator: Headers;
let ann: SignedUpPerson;
let sandbox: FirstAccount;
let live: FirstAccount;
after(() => server?.kill());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  server = await startServer({ data, args: ['--first-run', ...QUICK_PASSWORDS] });
  client = createManagementClient(server.port);
  const printed = JSON.parse(server.stdout()) as { accounts: FirstAccount[]; operatorLink: string };
  const link = new URL(printed.operatorLink).hash.slice(1);
  const { cookie } = await client.call('POST /operator/session', { body: { link } });
  operator = client.withSession(cookie);
  const [first, second] = ['sandbox', 'demonstration'].map((kind) =>
    printed.accounts.find((one) => one.kind === kind),
  );
  assert.ok(first !== undefined && second !== undefined);
  [sandbox, live] = [first, second];
  ann = await signUpPerson(server, client, 'ann@example.org');
});

async function ask(line: string, body?: unknown, headers: Headers = operator): Promise<Json> {
  const { status, text, json } = await client.call(line, {
    headers,
    ...(body === undefined ? {} : { body }),
  });
  assert.ok(status < 300, `${line}: ${status} ${text}`);
  return json;
}

const create = (accountId: string, body: Json) =>
  ask(`POST /operator/accounts/${accountId}/credentials`, body) as unknown as Promise<Issued & Json>;

/** What an operator did last, newest first. */
async function audited(act: string): Promise<readonly Json[]> {
  const { items } = await ask(`GET /operator/audit?act=${act}&actor=operator:operator`);
  return items as Json[];
}

test('an operator creates a key for any account, of the first start too: it calls, is shown once, and is audited', async () => {
  const ask1e = async ({ token }: Issued, mobile: string) => {
    const answer = await fetch(`${server.url}/identity/phone/check-1e`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ mobile }),
    });
    return answer.status;
  };
  const known = live.exampleNumber.replace('+86', '');
  for (const [accountId, body, number, isSandbox] of [
    [sandbox.accountId, { name: 'on its own' }, '13800138000', true],
    [sandbox.accountId, { name: 'on purpose', sandbox: true }, '13800138000', true],
    [live.accountId, { name: 'live', limited_amount: 1 }, known, false],
    [live.accountId, { name: 'beside it', sandbox: true }, '13800138000', true],
    [ann.accountId, { name: 'for Ann', sandbox: true }, '13800138000', true],
  ] as const) {
    const made = await create(accountId, body);
    assert.deepEqual([made.sandbox, made.name, made.user_id], [isSandbox, body.name, accountId]);
    assert.equal(await ask1e(made, number), 200);
    const listed = JSON.stringify(await ask(`GET /operator/accounts/${accountId}/credentials?limit=100`));
    assert.ok(listed.includes(made.id) && !listed.includes(made.token) && !listed.includes(made.secret_key));
    const [act] = await audited('key.create');
    assert.deepEqual([act?.subject, (act?.after as Json).name], [made.secret_id, body.name]);
    assert.ok(!JSON.stringify(act).includes(made.secret_key));
    if (!isSandbox) assert.equal(await ask1e(made, number), 403, 'limited like any other');
  }
});

test("a key that an operator creates obeys the rules of its account's holder", async () => {
  const refused = async (body: Json, accountId = ann.accountId, headers = operator) =>
    (await client.call(`POST /operator/accounts/${accountId}/credentials`, { headers, body })).status;
  const { items } = await ask(`GET /operator/accounts/${live.accountId}/applications?limit=100`);
  const [application] = items as { id: string; service: string }[];
  const made = await create(live.accountId, { application_id: application?.id });
  assert.equal(made.application_id, application?.id);
  assert.equal(await refused({ application_id: application?.id }), 404, 'a service of another account');
  assert.equal(await refused({ expired_at: '2020-01-01T00:00:00Z' }), 400);
  assert.equal(await refused({ allowed_api_ids: [] }), 400);
  assert.equal(await refused({ name: 'two\nlines' }), 400);
  assert.equal(await refused({}, '100000009999'), 404);
  await ask(`POST /operator/accounts/${ann.accountId}/suspend`);
  assert.equal(await refused({}), 403);
  await ask(`POST /operator/accounts/${ann.accountId}/resume`);
  assert.equal(await refused({}, live.accountId, ann.headers), 403, 'for operators only');
  assert.equal(await refused({}, live.accountId, { ...operator, origin: 'https://evil.example' }), 403);
});

interface Explored {
  readonly request_id: string;
  readonly sandbox: boolean;
  readonly request: { readonly headers: Readonly<Record<string, string>> };
  readonly response: { readonly status: number; readonly body: string };
  readonly charge: Json | null;
  readonly ledger_seq: number | null;
}

const callBody = (accountId: string | undefined, credential: Pick<Issued, 'id'>, changes: Json = {}) => ({
  ...(accountId === undefined ? {} : { account_id: accountId }),
  ...{ credential_id: credential.id, protocol: 'tencent', action: 'MobileStatus' },
  input: { Mobile: '13800138000' },
  ...changes,
});
const explore = (accountId: string, credential: Pick<Issued, 'id'>, changes: Json = {}) =>
  ask('POST /explorer/calls', callBody(accountId, credential, changes)) as unknown as Promise<Explored>;

test('the first call of who follows the printed link is answered at once: the sandbox has a key of its own', async () => {
  const { items } = await ask('GET /operator/accounts?name=Sandbox');
  const [account] = items as { account_id: string; sandbox: boolean }[];
  assert.deepEqual([account?.account_id, account?.sandbox], [sandbox.accountId, true]);
  const keys = (await ask(`GET /operator/accounts/${sandbox.accountId}/credentials`)).items as Issued[];
  assert.ok(keys[0] !== undefined);
  const explored = await explore(sandbox.accountId, keys[0]);
  assert.deepEqual([explored.response.status, explored.sandbox, explored.charge], [200, true, null]);
  assert.match(explored.response.body, /"Result":"0"/);
  const started = await explore(sandbox.accountId, keys[0], {
    ...{ protocol: 'lineproof', action: 'verification-start', input: { to: '13800138000' } },
  });
  assert.equal(started.response.status, 201, started.response.body);
  const [act] = await audited('explorer.call');
  assert.doesNotMatch(JSON.stringify(act), /13800138000/);
});

test("an operator's call in the Explorer runs under the key's identity and limits, charged and logged as its holder's", async () => {
  const key = await create(live.accountId, { name: 'one call only', limited_amount: 1 });
  const number = live.exampleNumber.replace('+86', '');
  const first = await explore(live.accountId, key, { input: { Mobile: number } });
  assert.deepEqual(first.charge, { charged: true, paid_by: 'quota', amount: 0 });
  assert.ok(Number(first.ledger_seq) >= 1);
  const used = JSON.stringify(await ask(`GET /usage/apis?credential_id=${key.id}&user_id=${live.accountId}`));
  assert.ok(used.includes(first.request_id), used);
  const second = await explore(live.accountId, key, {
    ...{ protocol: 'acedata', action: 'check-1e', input: { mobile: number } },
  });
  assert.deepEqual([second.response.status, second.ledger_seq], [403, null], second.response.body);
  const acts = await audited('explorer.call');
  const of = { account: live.accountId, credential_id: key.id };
  assert.deepEqual(
    acts.slice(0, 2).map(({ subject, after }) => [subject, after]),
    [
      [key.secret_id, { ...of, protocol: 'acedata', action: 'check-1e' }],
      [key.secret_id, { ...of, protocol: 'tencent', action: 'MobileStatus' }],
    ],
  );
  assert.ok(!JSON.stringify(acts).includes(number), 'who, which key, which action: nothing of the form');
});

test("the audit log names the number that an operator's call in the Explorer asks about, and holds it nowhere in the clear", async () => {
  const keys = (await ask(`GET /operator/accounts/${sandbox.accountId}/credentials`)).items as Issued[];
  const key = keys[0];
  assert.ok(key !== undefined);
  const number = '13712345670';
  const calls = [
    { input: { Mobile: number } },
    {
      action: 'PhoneVerification',
      input: { Phone: `+86${number}`, Name: '韦小宝', IdCard: '11010519491231002X' },
    },
    { protocol: 'acedata', action: 'check-1e', input: { mobile: `0086${number}` } },
    { protocol: 'lineproof', action: 'verification-start', input: { to: ' 137 1234-5670 ' } },
    { action: 'SendPhoneEmailCode', input: { Type: 1, Code: number } },
    { action: 'DescribePhoneEmailList', input: { Type: 0, Offset: 0, Limit: 20, Code: number } },
  ];
  for (const changes of calls) await explore(sandbox.accountId, key, changes);
  const { items } = await ask(`GET /operator/audit?number=${number}&act=explorer.number`);
  const acts = items as (Json & { after: Json })[];
  assert.deepEqual(
    acts.map(({ subject, actor, after }) => [subject, actor, after.action]),
    calls.map(({ action = 'MobileStatus' }) => ['+86137****5670', 'operator:operator', action]).reverse(),
  );
  const { account, credential_id } = acts[0]?.after ?? {};
  assert.deepEqual([account, credential_id], [sandbox.accountId, key.id]);
  assert.ok(!JSON.stringify(await ask('GET /operator/audit?limit=100')).includes(number.slice(3)));
  const before = await audited('explorer.number');
  await explore(sandbox.accountId, key, { input: { Mobile: '123' } });
  assert.deepEqual(await audited('explorer.number'), before, 'what is no number is none in the log');
});

test('an operator sends no encrypted fields in the Explorer: the audit log could not name the number', async () => {
  const keys = (await ask(`GET /operator/accounts/${sandbox.accountId}/credentials`)).items as Issued[];
  const key = keys[0];
  assert.ok(key !== undefined);
  const before = (await audited('explorer.call')).length;
  const seals = { encrypt_list: ['mobile'], ciphertext_blob: 'AA==', iv: 'AA==' };
  for (const changes of [
    {
      input: { Mobile: 'AA==', Encryption: { EncryptList: ['Mobile'], CiphertextBlob: 'AA==', Iv: 'AA==' } },
    },
    { action: 'PhoneVerification', input: { Phone: 'AA==', EncryptList: ['Phone'], CiphertextBlob: 'AA==' } },
    { protocol: 'acedata', action: 'check-1e', input: { mobile: 'AA==', encryption: [seals] } },
    { protocol: 'acedata', action: 'check-3e', input: { phone: 'AA==', encryptList: ['phone'], iv: 'AA==' } },
  ]) {
    const body = callBody(sandbox.accountId, key, changes);
    const { status, text } = await client.call('POST /explorer/calls', { headers: operator, body });
    assert.equal(status, 400, text);
    assert.match(text, /Operators send no encrypted fields/);
  }
  assert.equal((await audited('explorer.call')).length, before);
});

test("an operator's session alone gets nothing that signs: no secret, no token, no signature", async () => {
  const key = await create(live.accountId, { name: 'kept' });
  const texts = [];
  for (const changes of [{}, { protocol: 'acedata', action: 'check-1e', input: { mobile: '13800138000' } }]) {
    const explored = await explore(live.accountId, key, changes);
    assert.match(explored.request.headers.Authorization ?? '', /^(?:TC3-HMAC-SHA256|Bearer) \*\*\*$/);
    texts.push(JSON.stringify(explored));
  }
  const steps = await ask('POST /explorer/signature', {
    ...{ protocol: 'tc3', method: 'POST', host: 'localhost', path: '/', body: '{}', timestamp: 1 },
    headers: { 'content-type': 'application/json' },
    service: 'faceid',
  });
  assert.ok('string_to_sign' in steps && !('signature' in steps));
  texts.push(
    JSON.stringify(await ask(`GET /operator/accounts/${live.accountId}`)),
    JSON.stringify(await ask(`GET /operator/accounts/${live.accountId}/credentials?limit=100`)),
    JSON.stringify(await audited('explorer.call')),
  );
  for (const text of texts) {
    assert.doesNotMatch(text, /Signature=/);
    for (const secret of [key.secret_key, key.token]) assert.ok(!text.includes(secret));
  }
});

test("a person reaches no key of another account, whoever's account a call names, and an operator none that is not named", async () => {
  const key = await create(live.accountId, { name: 'not for Ann' });
  const own = await create(ann.accountId, { name: 'hers', sandbox: true });
  const status = async (body: Json, headers: Headers = ann.headers) =>
    (await client.call('POST /explorer/calls', { headers, body })).status;
  assert.equal(await status(callBody(undefined, key)), 404);
  assert.equal(await status(callBody(live.accountId, key)), 403);
  assert.equal(await status(callBody(live.accountId, own)), 403);
  assert.equal(await status(callBody(ann.accountId, key)), 404);
  assert.equal(await status(callBody(ann.accountId, own)), 200);
  assert.equal(await status(callBody(undefined, key), operator), 400);
  assert.equal(await status(callBody(ann.accountId, key), operator), 404, 'of another account than said');
  assert.equal(await status(callBody('100000009999', key), operator), 404);
  const before = await audited('explorer.call');
  const action = '13912345678';
  assert.equal(await status(callBody(live.accountId, key, { action }), operator), 404);
  assert.deepEqual(await audited('explorer.call'), before, 'what is no action stands in no audit log');
  const elsewhere = { ...operator, origin: 'https://evil.example' };
  assert.equal(await status(callBody(live.accountId, key), elsewhere), 403);
  await ask(`DELETE /operator/accounts/${live.accountId}/credentials/${key.id}`);
  assert.equal(await status(callBody(live.accountId, key), operator), 404);
});

/** As a client that signs for another host, as a paste and as it is sent. */
function misSigned(key: Pick<Issued, 'secret_id' | 'secret_key'>) {
  const signed = signTc3(
    { secretId: key.secret_id, secretKey: key.secret_key },
    {
      ...{ host: 'faceid.tencentcloudapi.com', action: 'MobileStatus' },
      ...{ payload: JSON.stringify({ Mobile: '13912345678' }) },
      timestampSeconds: Math.floor(Date.now() / 1000),
    },
  );
  const headers = { ...signed.headers, Host: `127.0.0.1:${server.port}` };
  const { method, target, body } = signed;
  const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    pasted: { method, url: target, body: body.toString(), headers: list },
    send: () => exchange(server.port, toBytes({ ...signed, headers })),
  };
}

interface Diagnosed {
  readonly account?: { readonly id: string; readonly name: string } | null;
  readonly steps: readonly { readonly step: string; readonly finding: string }[];
}
const diagnose = (body: Json, headers: Headers = operator) =>
  ask('POST /explorer/diagnoses', body, headers) as unknown as Promise<Diagnosed>;
const findingOf = ({ steps }: Diagnosed, name: string) => steps.find(({ step }) => step === name)?.finding;

test("the doctor explains an operator a pasted request of any account's key, names the account, and is in the audit log", async () => {
  const key = await create(live.accountId, { name: 'mis-signing' });
  const { pasted } = misSigned(key);
  const found = await diagnose({ request: pasted });
  assert.equal(findingOf(found, 'host'), 'host_of_the_vendor');
  assert.deepEqual(found.account, { id: live.accountId, name: 'Demonstration' });
  const [act] = await audited('explorer.diagnose');
  assert.deepEqual([act?.subject, act?.after], [live.accountId, { secret_id: key.secret_id }]);
  assert.doesNotMatch(JSON.stringify([found, act]), /13912345678|Signature=/);
  assert.ok(!JSON.stringify(found).includes(key.secret_key));

  const ofAnn = await diagnose({ request: pasted }, ann.headers);
  assert.equal(findingOf(ofAnn, 'key'), 'key_not_of_this_account');
  assert.equal(ofAnn.account, undefined);
  const unknown = await diagnose({ request: misSigned({ ...key, secret_id: 'AKIDnobody' }).pasted });
  assert.deepEqual([findingOf(unknown, 'key'), unknown.account], ['key_unknown', null]);
  await ask(`POST /operator/accounts/${live.accountId}/credentials/${key.id}/rotate`);
  assert.equal(findingOf(await diagnose({ request: pasted }), 'key'), 'key_revoked');
});

test('recent failures of one account or of all are shown to operators with the account named, and looking is an act', async () => {
  const ofLive = await create(live.accountId, { name: 'failing' });
  const ofAnn = await create(ann.accountId, { name: 'failing too', sandbox: true });
  await misSigned(ofLive).send();
  await misSigned(ofAnn).send();
  const list = async (query: string, headers: Headers = operator) =>
    (await ask(`GET /explorer/failures${query}`, undefined, headers)).items as (Json & { id: string })[];
  const all = await list('');
  assert.deepEqual(
    all.map(({ credential_id, sandbox }) => [credential_id, sandbox]),
    [
      [ofAnn.id, true],
      [ofLive.id, false],
    ],
  );
  const [hers, first] = await Promise.all([
    list(`?account_id=${ann.accountId}`),
    list(`?account_id=${live.accountId}`),
  ]);
  assert.deepEqual([hers.length, first.length], [1, 1], 'with those of the sandbox beside it');
  assert.deepEqual(first[0]?.account, { id: live.accountId, name: 'Demonstration' });
  assert.doesNotMatch(JSON.stringify(all), /13912345678|Signature=|authorization"/i);
  const verdict = await diagnose({ failure_id: all[1]?.id });
  assert.equal(findingOf(verdict, 'host'), 'host_of_the_vendor');
  assert.deepEqual(verdict.account, first[0]?.account);
  const subjects = (await audited('explorer.failures')).map(({ subject }) => subject);
  assert.deepEqual([...subjects].sort(), [live.accountId, ann.accountId, 'all accounts'].sort());

  const own = await list('', ann.headers);
  assert.deepEqual(
    own.map(({ id, account }) => [id, account]),
    [[hers[0]?.id, undefined]],
  );
  const refused = async (line: string, headers: Headers, body?: Json) =>
    (await client.call(line, { headers, ...(body === undefined ? {} : { body }) })).status;
  assert.equal(await refused(`GET /explorer/failures?account_id=${live.accountId}`, ann.headers), 403);
  const stolen = { failure_id: first[0]?.id };
  assert.equal(await refused('POST /explorer/diagnoses', ann.headers, stolen), 404);
  assert.equal(await refused('GET /explorer/failures?account_id=100000009999', operator), 404);
});

test('the ledger stays whole', async () => {
  const verified = (await runJsonWithin(['ledger', 'verify', '--data', data])) as { ok: boolean };
  assert.equal(verified.ok, true);
});
