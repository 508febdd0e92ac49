// The Explorer over HTTP: a call under a key's identity is what it would be over the wire, charged and in the ledger; the
// action table; the signature doctor; and what somebody with nothing but a session tries to get out of it.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { callOverWire } from '../support/call-over-wire.ts';
import { runJson } from '../support/command-line.ts';
import { exchange } from '../support/http-client.ts';
import { createManagementClient } from '../support/management-client.ts';
import { signTc3, toBytes } from '../support/sign-request.ts';
import { QUICK_PASSWORDS, type SignedUpPerson, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const SUSPENDED = '16900000001';
const known = makePerson(1);
type Json = Record<string, unknown>;

interface Issued {
  readonly id: string;
  readonly token: string;
  readonly secret_id: string;
  readonly secret_key: string;
}

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let ann: SignedUpPerson;
let eve: SignedUpPerson;
let live: Issued;
let sandbox: Issued;
after(() => server?.kill());
const data = `${makeTemporaryDirectory({ after })}/data`;

before(async () => {
  server = await startServer({ data, args: [...QUICK_PASSWORDS, '--failed-requests-per-key', '3'] });
  client = createManagementClient(server.port);
  ann = await signUpPerson(server, client, 'ann@example.org');
  eve = await signUpPerson(server, client, 'eve@example.org');
  const { items } = (await ask('GET /services')) as { items: Json[] };
  const service = items.find(({ alias }) => alias === 'line-status');
  await ask('POST /applications', { service_id: service?.id });
  live = (await ask('POST /credentials', { name: 'live' })) as unknown as Issued;
  sandbox = (await ask('POST /credentials', { name: 'trial', sandbox: true })) as unknown as Issued;
});

async function ask(line: string, body?: unknown, headers: Readonly<Record<string, string>> = ann.headers) {
  const { status, text, json } = await client.call(line, {
    headers,
    ...(body === undefined ? {} : { body }),
  });
  assert.ok(status < 300, `${line}: ${status} ${text}`);
  return json;
}

const explore = (credential: Issued, changes: Json = {}) =>
  ask('POST /explorer/calls', {
    credential_id: credential.id,
    protocol: 'tencent',
    action: 'MobileStatus',
    input: { Mobile: SUSPENDED },
    ...changes,
  }) as Promise<{
    sandbox: boolean;
    request: { method: string; url: string; headers: Record<string, string>; body: string };
    response: { status: number; headers: Record<string, string>; body: string };
    request_id: string;
    charge: Json | null;
    ledger_seq: number | null;
    duration_ms: number;
  }>;

test('a sandbox call through the Explorer answers what the wire answers, in both protocols', async () => {
  const explored = await explore(sandbox, { language: 'zh-CN', endpoint: server.url });
  const { RequestId: id, ...answer } = (JSON.parse(explored.response.body) as { Response: Json }).Response;
  const key = { secretId: sandbox.secret_id, secretKey: sandbox.secret_key };
  const payload = JSON.stringify({ Mobile: SUSPENDED });
  const headers = { 'X-TC-Language': 'zh-CN' };
  const { RequestId: _, ...wire } = await callOverWire(server.port, key, { payload, headers });
  assert.deepEqual(answer, wire);
  assert.equal(id, explored.request_id);
  assert.deepEqual([explored.sandbox, explored.charge, explored.ledger_seq], [true, null, null]);
  assert.equal(explored.request.url, `${server.url}/`);
  assert.equal(explored.response.headers['Content-Type'], 'application/json');

  const acedata = await explore(sandbox, {
    protocol: 'acedata',
    action: 'check-1e',
    input: { mobile: SUSPENDED },
  });
  const { result, status_code: code } = JSON.parse(acedata.response.body) as Json;
  assert.deepEqual([acedata.response.status, result, code], [200, '0', 1]);
  assert.equal(acedata.request.url, 'http://localhost/identity/phone/check-1e');
});

test('a live call is recorded, charged as its outcome is, and stands in the usage of its key', async () => {
  await importPeople(data, [known]);
  const free = { charged: false, paid_by: 'none', amount: 0 };
  const charged = { charged: true, paid_by: 'quota', amount: 0 };
  for (const [protocol, number, charge] of [
    ['tencent', '13800138000', free],
    ['acedata', '13800138000', free],
    ['tencent', known.number, charged],
    ['acedata', known.number, charged],
  ] as const) {
    const input = protocol === 'tencent' ? { Mobile: number } : { mobile: number };
    const action = protocol === 'tencent' ? 'MobileStatus' : 'check-1e';
    const explored = await explore(live, { protocol, action, input });
    assert.deepEqual(explored.charge, charge);
    assert.ok(Number(explored.ledger_seq) >= 1);
    const { items } = (await ask(`GET /usage/apis?credential_id=${live.id}`)) as { items: Json[] };
    assert.ok(JSON.stringify(items).includes(explored.request_id), JSON.stringify(items));
  }
  const { services } = (await ask('GET /balance')) as { services: Json[] };
  assert.match(JSON.stringify(services), /98/, 'two of the hundred free calls are used');
});

test('faults are answers too, and limits of the key hold', async () => {
  const unknown = await explore(sandbox, { input: { Mobile: SUSPENDED, Colour: 'red' } });
  assert.match(unknown.response.body, /UnknownParameter/);
  const notAcquired = await explore(live, {
    action: 'MobileNetworkTimeVerification',
    input: { Mobile: SUSPENDED },
  });
  assert.match(notAcquired.response.body, /UnauthorizedOperation.Nonactivated/);
  assert.equal(notAcquired.ledger_seq, null);
});

test('nothing that signs comes back: no signature, no token, no secret', async () => {
  for (const changes of [{}, { protocol: 'acedata', action: 'check-1e', input: { mobile: SUSPENDED } }]) {
    for (const credential of [sandbox, live]) {
      const explored = await explore(credential, changes);
      const text = JSON.stringify(explored);
      assert.match(explored.request.headers.Authorization ?? '', /^(?:TC3-HMAC-SHA256|Bearer) \*\*\*$/);
      assert.doesNotMatch(text, /Signature=|[0-9a-f]{64}/);
      for (const secret of [credential.secret_key, credential.token]) assert.ok(!text.includes(secret));
    }
  }
});

test('a session alone gets no valid signature: neither steps nor doctor give a text that signs', async () => {
  const timestamp = Math.floor(Date.now() / 1000);
  const subject = { host: `127.0.0.1:${server.port}`, action: 'MobileStatus', timestampSeconds: timestamp };
  const payload = JSON.stringify({ Mobile: SUSPENDED });
  const stranger = { secretId: sandbox.secret_id, secretKey: 'guessed' };
  const forged = signTc3(stranger, { ...subject, payload });
  const right = signTc3({ ...stranger, secretKey: sandbox.secret_key }, { ...subject, payload });
  const signature = /Signature=([0-9a-f]{64})/.exec(right.headers.Authorization ?? '')?.[1] ?? 'none';

  const diagnosed = await ask('POST /explorer/diagnoses', { request: pasted(forged) });
  const steps = await ask('POST /explorer/signature', {
    ...{ protocol: 'tc3', method: 'POST', host: subject.host, path: '/', body: payload, timestamp },
    headers: { 'content-type': 'application/json' },
    service: 'faceid',
  });
  const v1 = await ask('POST /explorer/signature', {
    ...{ protocol: 'v1', method: 'GET', host: subject.host, path: '/' },
    parameters: { Action: 'MobileStatus', SecretId: sandbox.secret_id },
  });
  for (const answer of [diagnosed, steps, v1]) {
    const text = JSON.stringify(answer);
    assert.ok(!text.includes(signature) && !text.includes(sandbox.secret_key));
  }
  assert.equal(steps.hashed_payload, createHash('sha256').update(payload).digest('hex'));
  assert.equal(v1.source_string, `GET${subject.host}/?Action=MobileStatus&SecretId=${sandbox.secret_id}`);
  assert.deepEqual(Object.keys(steps).sort(), [
    'canonical_headers',
    'canonical_request',
    'credential_scope',
    'hashed_canonical_request',
    'hashed_payload',
    'signed_headers',
    'string_to_sign',
  ]);
  assert.equal((diagnosed as { fits: boolean }).fits, false);
  // What the doctor says of every attempt is the same: it cannot be asked its way to a signature.
  const again = await ask('POST /explorer/diagnoses', {
    request: pasted({
      ...forged,
      headers: { ...forged.headers, Authorization: String(forged.headers.Authorization).replace(/.$/, '0') },
    }),
  });
  assert.deepEqual(again, diagnosed);
});

function pasted({ method, target, headers, body }: ReturnType<typeof signTc3>) {
  return {
    ...{ method, url: target, body: body.toString() },
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  };
}

test('the doctor explains a pasted request of one’s own key, and tells nothing of others', async () => {
  const subject = {
    ...{ action: 'MobileStatus', timestampSeconds: Math.floor(Date.now() / 1000) },
    payload: JSON.stringify({ Mobile: SUSPENDED }),
  };
  const key = { secretId: sandbox.secret_id, secretKey: sandbox.secret_key };
  const signed = signTc3(key, { ...subject, host: 'faceid.tencentcloudapi.com' });
  const request = pasted({ ...signed, headers: { ...signed.headers, Host: `127.0.0.1:${server.port}` } });
  const found = (await ask('POST /explorer/diagnoses', { request })) as unknown as {
    steps: { step: string; verdict: string; finding: string }[];
  };
  assert.equal(found.steps.find(({ step }) => step === 'host')?.finding, 'host_of_the_vendor');

  const ofEve = await ask('POST /explorer/diagnoses', { request }, eve.headers);
  const nobody = JSON.parse(JSON.stringify(request).replaceAll(sandbox.secret_id, 'AKIDnobody')) as unknown;
  assert.deepEqual(ofEve, await ask('POST /explorer/diagnoses', { request: nobody }, eve.headers));
});

test('failed requests of a key are kept for its owner, bounded, without values and without Authorization', async () => {
  const payload = JSON.stringify({ Mobile: '13912345678', Name: '张三' });
  for (let times = 0; times < 5; times += 1) {
    const timestampSeconds = Math.floor(Date.now() / 1000);
    const host = 'faceid.tencentcloudapi.com';
    const key = { secretId: sandbox.secret_id, secretKey: sandbox.secret_key };
    const signed = signTc3(key, { host, action: 'MobileStatus', payload, timestampSeconds });
    const sent = {
      ...signed.headers,
      Host: `127.0.0.1:${server.port}`,
      Cookie: 'a=private',
      'X-Own': 'private',
    };
    const met = await exchange(server.port, toBytes({ ...signed, headers: sent }));
    assert.ok(met.kind === 'answer' && met.answer.body.toString().includes('SignatureFailure'));
  }
  const { items } = (await ask('GET /explorer/failures')) as { items: (Json & { id: string })[] };
  assert.equal(items.length, 3);
  const [first] = items;
  assert.ok(first !== undefined);
  assert.deepEqual(
    [first.credential_id, first.sandbox, first.fault, first.body_length],
    [sandbox.id, true, 'signature_mismatch', Buffer.byteLength(payload)],
  );
  assert.deepEqual(first.body_fields, [
    { name: 'Mobile', length: 11 },
    { name: 'Name', length: 2 },
  ]);
  const text = JSON.stringify(items);
  assert.doesNotMatch(text, /13912345678|张三|private|Signature=|authorization"/i);
  const diagnosed = await ask('POST /explorer/diagnoses', { failure_id: first.id });
  assert.deepEqual(diagnosed, first.diagnosis);
  assert.match(JSON.stringify(diagnosed), /host_of_the_vendor/);

  assert.deepEqual((await ask('GET /explorer/failures', undefined, eve.headers)).items, []);
  const stolen = await client.call('POST /explorer/diagnoses', {
    headers: eve.headers,
    body: { failure_id: first.id },
  });
  assert.equal(stolen.status, 404);
});

test('nobody calls with a credential of another account, from another site, signed out, or with a disabled one', async () => {
  const body = {
    ...{ credential_id: live.id, protocol: 'tencent', action: 'MobileStatus' },
    input: { Mobile: SUSPENDED },
  };
  const status = async (headers: Readonly<Record<string, string>>, changed: Json = {}) =>
    (await client.call('POST /explorer/calls', { headers, body: { ...body, ...changed } })).status;
  assert.equal(await status(eve.headers), 404);
  assert.equal(await status({ ...ann.headers, origin: 'https://evil.example' }), 403);
  assert.equal(await status({}), 401);
  assert.equal(await status({ authorization: `Bearer ${live.token}` }), 401);
  assert.equal(await status(ann.headers, { action: 'NoSuchAction' }), 404);
  assert.equal(await status(ann.headers, { endpoint: 'javascript:alert(1)' }), 400);
  const spare = (await ask('POST /credentials', { sandbox: true })) as unknown as Issued;
  await ask(`PATCH /credentials/${spare.id}`, { disabled: true });
  assert.equal(await status(ann.headers, { credential_id: spare.id }), 409);
  const key = { secretId: spare.secret_id, secretKey: spare.secret_key };
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const signed = signTc3(key, { host: 'h', action: 'MobileStatus', payload: '{}', timestampSeconds });
  const { steps } = (await ask('POST /explorer/diagnoses', { request: pasted(signed) })) as { steps: Json[] };
  assert.equal(steps.find(({ step }) => step === 'key')?.finding, 'key_disabled');
});

test('the table of actions is there for everybody: every action with fields, results, charges, errors and advice', async () => {
  const table = (await ask('GET /explorer/actions', undefined, {})) as unknown as {
    actions: (Json & {
      action: string;
      protocol: string;
      fields: Json[];
      results: Json[];
      examples: Json[];
    })[];
    errors: Record<string, { code: string; advice: { en: string; zh: string } }[]>;
  };
  const one = table.actions.find(({ action }) => action === 'MobileStatus');
  assert.ok(one !== undefined);
  assert.deepEqual(
    one.fields.map(({ name, type, required, personal }) => [name, type, required, personal]),
    [
      ['Mobile', 'string', true, true],
      ['Encryption', 'struct', false, false],
    ],
  );
  assert.deepEqual(
    one.results.map(({ result, charged }) => [result, charged]),
    [
      ['0', true],
      ['-1', false],
      ['-2', false],
      ['-3', false],
      ['-4', false],
      ['-13', false],
    ],
  );
  assert.deepEqual(
    (one.output as Json[]).map(({ name, type }) => [name, type]),
    [
      ['Result', 'string'],
      ['Description', 'string'],
      ['StatusCode', 'integer'],
      ['RequestId', 'string'],
    ],
  );
  assert.deepEqual(one.cost, [{ conditions: {}, consumption: 20 }]);
  const check = table.actions.find(({ action }) => action === 'check-3e');
  assert.deepEqual([check?.protocol, check?.path], ['acedata', '/identity/phone/check-3e']);
  assert.ok(table.actions.length >= 25);
  const mismatch = table.errors.tencent?.find(({ code }) => code === 'AuthFailure.SignatureFailure');
  assert.ok(mismatch !== undefined && mismatch.advice.en !== '' && mismatch.advice.zh !== '');
});

test('what says how fields are encrypted is told of every call that has such fields, where and as the vendor spells it', async () => {
  interface Told {
    readonly name: string;
    readonly required: boolean;
    readonly seals?: boolean;
    readonly encryptable: boolean;
    readonly choices?: readonly string[];
    readonly fields?: readonly Told[];
  }
  const { actions, common } = (await ask('GET /explorer/actions', undefined, {})) as unknown as {
    actions: { action: string; fields: Told[] }[];
    common: Record<string, { name: string; title: { en: string; zh: string } }[]>;
  };
  const seals = (name: string) =>
    (actions.find(({ action }) => action === name)?.fields ?? []).filter((field) => field.seals === true);
  const namesOf = (fields: readonly Told[] = []) =>
    fields.map(({ name, required }) => (required ? `${name}!` : name)).join(' ');
  const struct = 'EncryptList! CiphertextBlob! Iv! Algorithm TagList';
  for (const name of ['MobileStatus', 'MobileNetworkTimeVerification', 'CheckPhoneAndName']) {
    assert.deepEqual(namesOf(seals(name)), 'Encryption');
    assert.equal(namesOf(seals(name)[0]?.fields), struct);
  }
  assert.equal(namesOf(seals('PhoneVerificationCMCC')[0]?.fields), struct);
  assert.equal(namesOf(seals('PhoneVerification')), 'EncryptList CiphertextBlob Iv');
  assert.equal(namesOf(seals('check-1e')), 'encryption');
  const members = 'encrypt_list! ciphertext_blob! iv! algorithm tag_list';
  assert.equal(namesOf(seals('check-2e')[0]?.fields), members);
  assert.equal(namesOf(seals('check-3e')), members.replaceAll('!', ''));
  assert.deepEqual(seals('check-2e')[0]?.fields?.[0]?.choices, ['mobile', 'name']);
  for (const { action, fields } of actions)
    assert.equal(
      fields.some((field) => field.seals),
      fields.some((field) => field.encryptable),
      action,
    );
  const names = common.tencent?.map(({ name }) => name) ?? [];
  for (const name of ['Action', 'Version', 'Region', 'Language']) assert.ok(names.includes(name), name);
  assert.ok(common.tencent?.every(({ title }) => title.en !== '' && title.zh !== ''));
});

test('the calls of one person are limited', async () => {
  const tight = await startServer({
    data: `${makeTemporaryDirectory({ after })}/data`,
    args: [...QUICK_PASSWORDS, '--attempt-limits', JSON.stringify({ 'diagnose.person': 2 })],
  });
  try {
    const asking = createManagementClient(tight.port);
    const person = await signUpPerson(tight, asking, 'tim@example.org');
    const body = { request: { method: 'POST', url: '/', headers: [], body: '' } };
    const statuses = [];
    for (let times = 0; times < 3; times += 1)
      statuses.push(
        (await asking.call('POST /explorer/diagnoses', { headers: person.headers, body })).status,
      );
    assert.deepEqual(statuses, [200, 200, 429]);
  } finally {
    await tight.stop();
  }
});

test('the ledger stays whole', async () => {
  const verified = (await runJson(['ledger', 'verify', '--data', data])) as { ok: boolean };
  assert.equal(verified.ok, true);
});
