// The Explorer over HTTP: a call under a key's identity is what it would be over the wire, charged and in the ledger; the
// action table; and what somebody with nothing but a session tries to get out of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { callOverWire } from '../support/call-over-wire.ts';
import { runJsonWithin } from '../support/command-within.ts';
import {
  type ExplorerScene,
  type IssuedKey,
  type Json,
  openExplorerScene,
  pasted,
} from '../support/explorer-scene.ts';
import { signTc3 } from '../support/sign-request.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const SUSPENDED = '16900000001';
const known = makePerson(1);

let scene: ExplorerScene;
after(() => scene?.server.kill());
const data = `${makeTemporaryDirectory({ after })}/data`;

before(async () => {
  scene = await openExplorerScene(data);
});

const explore = (credential: IssuedKey, changes: Json = {}) =>
  scene.ask('POST /explorer/calls', {
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
  const explored = await explore(scene.sandbox, { language: 'zh-CN', endpoint: scene.server.url });
  const { RequestId: id, ...answer } = (JSON.parse(explored.response.body) as { Response: Json }).Response;
  const key = { secretId: scene.sandbox.secret_id, secretKey: scene.sandbox.secret_key };
  const payload = JSON.stringify({ Mobile: SUSPENDED });
  const headers = { 'X-TC-Language': 'zh-CN' };
  const { RequestId: _, ...wire } = await callOverWire(scene.server.port, key, { payload, headers });
  assert.deepEqual(answer, wire);
  assert.equal(id, explored.request_id);
  assert.deepEqual([explored.sandbox, explored.charge, explored.ledger_seq], [true, null, null]);
  assert.equal(explored.request.url, `${scene.server.url}/`);
  assert.equal(explored.response.headers['Content-Type'], 'application/json');

  const acedata = await explore(scene.sandbox, {
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
    const explored = await explore(scene.live, { protocol, action, input });
    assert.deepEqual(explored.charge, charge);
    assert.ok(Number(explored.ledger_seq) >= 1);
    const { items } = (await scene.ask(`GET /usage/apis?credential_id=${scene.live.id}`)) as {
      items: Json[];
    };
    assert.ok(JSON.stringify(items).includes(explored.request_id), JSON.stringify(items));
  }
  const { services } = (await scene.ask('GET /balance')) as { services: Json[] };
  assert.match(JSON.stringify(services), /98/, 'two of the hundred free calls are used');
});

test('faults are answers too, and limits of the key hold', async () => {
  const unknown = await explore(scene.sandbox, { input: { Mobile: SUSPENDED, Colour: 'red' } });
  assert.match(unknown.response.body, /UnknownParameter/);
  const notAcquired = await explore(scene.live, {
    action: 'MobileNetworkTimeVerification',
    input: { Mobile: SUSPENDED },
  });
  assert.match(notAcquired.response.body, /UnauthorizedOperation.Nonactivated/);
  assert.equal(notAcquired.ledger_seq, null);
});

test('nothing that signs comes back: no signature, no token, no secret', async () => {
  for (const changes of [{}, { protocol: 'acedata', action: 'check-1e', input: { mobile: SUSPENDED } }]) {
    for (const credential of [scene.sandbox, scene.live]) {
      const explored = await explore(credential, changes);
      const text = JSON.stringify(explored);
      assert.match(explored.request.headers.Authorization ?? '', /^(?:TC3-HMAC-SHA256|Bearer) \*\*\*$/);
      assert.doesNotMatch(text, /Signature=|[0-9a-f]{64}/);
      for (const secret of [credential.secret_key, credential.token]) assert.ok(!text.includes(secret));
    }
  }
});

test('nobody calls with a credential of another account, from another site, signed out, or with a disabled one', async () => {
  const body = {
    ...{ credential_id: scene.live.id, protocol: 'tencent', action: 'MobileStatus' },
    input: { Mobile: SUSPENDED },
  };
  const status = async (headers: Readonly<Record<string, string>>, changed: Json = {}) =>
    (await scene.client.call('POST /explorer/calls', { headers, body: { ...body, ...changed } })).status;
  assert.equal(await status(scene.eve.headers), 404);
  assert.equal(await status({ ...scene.ann.headers, origin: 'https://evil.example' }), 403);
  assert.equal(await status({}), 401);
  assert.equal(await status({ authorization: `Bearer ${scene.live.token}` }), 401);
  assert.equal(await status(scene.ann.headers, { action: 'NoSuchAction' }), 404);
  assert.equal(await status(scene.ann.headers, { endpoint: 'javascript:alert(1)' }), 400);
  const spare = (await scene.ask('POST /credentials', { sandbox: true })) as unknown as IssuedKey;
  await scene.ask(`PATCH /credentials/${spare.id}`, { disabled: true });
  assert.equal(await status(scene.ann.headers, { credential_id: spare.id }), 409);
  const key = { secretId: spare.secret_id, secretKey: spare.secret_key };
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const signed = signTc3(key, { host: 'h', action: 'MobileStatus', payload: '{}', timestampSeconds });
  const { steps } = (await scene.ask('POST /explorer/diagnoses', { request: pasted(signed) })) as {
    steps: Json[];
  };
  assert.equal(steps.find(({ step }) => step === 'key')?.finding, 'key_disabled');
});

test('the table of actions is there for everybody: every action with fields, results, charges, errors and advice', async () => {
  const table = (await scene.ask('GET /explorer/actions', undefined, {})) as unknown as {
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
  const { actions, common } = (await scene.ask('GET /explorer/actions', undefined, {})) as unknown as {
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

test('the ledger stays whole', async () => {
  const verified = (await runJsonWithin(['ledger', 'verify', '--data', data])) as { ok: boolean };
  assert.equal(verified.ok, true);
});
