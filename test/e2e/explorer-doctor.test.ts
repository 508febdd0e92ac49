// The signature doctor over HTTP: what it says of a pasted request and of one that failed, and what it never gives away.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type ExplorerScene, type Json, openExplorerScene, pasted } from '../support/explorer-scene.ts';
import { exchange } from '../support/http-client.ts';
import { createManagementClient } from '../support/management-client.ts';
import { signTc3, toBytes } from '../support/sign-request.ts';
import { QUICK_PASSWORDS, signUpPerson } from '../support/signed-up-person.ts';
import { startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const SUSPENDED = '16900000001';

let scene: ExplorerScene;
after(() => scene?.server.kill());

before(async () => {
  scene = await openExplorerScene(`${makeTemporaryDirectory({ after })}/data`, [
    '--failed-requests-per-key',
    '3',
  ]);
});

test('a session alone gets no valid signature: neither steps nor doctor give a text that signs', async () => {
  const timestamp = Math.floor(Date.now() / 1000);
  const subject = {
    host: `127.0.0.1:${scene.server.port}`,
    action: 'MobileStatus',
    timestampSeconds: timestamp,
  };
  const payload = JSON.stringify({ Mobile: SUSPENDED });
  const stranger = { secretId: scene.sandbox.secret_id, secretKey: 'guessed' };
  const forged = signTc3(stranger, { ...subject, payload });
  const right = signTc3({ ...stranger, secretKey: scene.sandbox.secret_key }, { ...subject, payload });
  const signature = /Signature=([0-9a-f]{64})/.exec(right.headers.Authorization ?? '')?.[1] ?? 'none';

  const diagnosed = await scene.ask('POST /explorer/diagnoses', { request: pasted(forged) });
  const steps = await scene.ask('POST /explorer/signature', {
    ...{ protocol: 'tc3', method: 'POST', host: subject.host, path: '/', body: payload, timestamp },
    headers: { 'content-type': 'application/json' },
    service: 'faceid',
  });
  const v1 = await scene.ask('POST /explorer/signature', {
    ...{ protocol: 'v1', method: 'GET', host: subject.host, path: '/' },
    parameters: { Action: 'MobileStatus', SecretId: scene.sandbox.secret_id },
  });
  for (const answer of [diagnosed, steps, v1]) {
    const text = JSON.stringify(answer);
    assert.ok(!text.includes(signature) && !text.includes(scene.sandbox.secret_key));
  }
  assert.equal(steps.hashed_payload, createHash('sha256').update(payload).digest('hex'));
  assert.equal(
    v1.source_string,
    `GET${subject.host}/?Action=MobileStatus&SecretId=${scene.sandbox.secret_id}`,
  );
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
  const again = await scene.ask('POST /explorer/diagnoses', {
    request: pasted({
      ...forged,
      headers: { ...forged.headers, Authorization: String(forged.headers.Authorization).replace(/.$/, '0') },
    }),
  });
  assert.deepEqual(again, diagnosed);
});

test('the doctor explains a pasted request of one’s own key, and tells nothing of others', async () => {
  const subject = {
    ...{ action: 'MobileStatus', timestampSeconds: Math.floor(Date.now() / 1000) },
    payload: JSON.stringify({ Mobile: SUSPENDED }),
  };
  const key = { secretId: scene.sandbox.secret_id, secretKey: scene.sandbox.secret_key };
  const signed = signTc3(key, { ...subject, host: 'faceid.tencentcloudapi.com' });
  const request = pasted({
    ...signed,
    headers: { ...signed.headers, Host: `127.0.0.1:${scene.server.port}` },
  });
  const found = (await scene.ask('POST /explorer/diagnoses', { request })) as unknown as {
    steps: { step: string; verdict: string; finding: string }[];
  };
  assert.equal(found.steps.find(({ step }) => step === 'host')?.finding, 'host_of_the_vendor');

  const ofEve = await scene.ask('POST /explorer/diagnoses', { request }, scene.eve.headers);
  const nobody = JSON.parse(
    JSON.stringify(request).replaceAll(scene.sandbox.secret_id, 'AKIDnobody'),
  ) as unknown;
  assert.deepEqual(
    ofEve,
    await scene.ask('POST /explorer/diagnoses', { request: nobody }, scene.eve.headers),
  );
});

test('failed requests of a key are kept for its owner, bounded, without values and without Authorization', async () => {
  const payload = JSON.stringify({ Mobile: '13912345678', Name: '张三' });
  for (let times = 0; times < 5; times += 1) {
    const timestampSeconds = Math.floor(Date.now() / 1000);
    const host = 'faceid.tencentcloudapi.com';
    const key = { secretId: scene.sandbox.secret_id, secretKey: scene.sandbox.secret_key };
    const signed = signTc3(key, { host, action: 'MobileStatus', payload, timestampSeconds });
    const sent = {
      ...signed.headers,
      Host: `127.0.0.1:${scene.server.port}`,
      Cookie: 'a=private',
      'X-Own': 'private',
    };
    const met = await exchange(scene.server.port, toBytes({ ...signed, headers: sent }));
    assert.ok(met.kind === 'answer' && met.answer.body.toString().includes('SignatureFailure'));
  }
  const { items } = (await scene.ask('GET /explorer/failures')) as { items: (Json & { id: string })[] };
  assert.equal(items.length, 3);
  const [first] = items;
  assert.ok(first !== undefined);
  assert.deepEqual(
    [first.credential_id, first.sandbox, first.fault, first.body_length],
    [scene.sandbox.id, true, 'signature_mismatch', Buffer.byteLength(payload)],
  );
  assert.deepEqual(first.body_fields, [
    { name: 'Mobile', length: 11 },
    { name: 'Name', length: 2 },
  ]);
  const text = JSON.stringify(items);
  assert.doesNotMatch(text, /13912345678|张三|private|Signature=|authorization"/i);
  const diagnosed = await scene.ask('POST /explorer/diagnoses', { failure_id: first.id });
  assert.deepEqual(diagnosed, first.diagnosis);
  assert.match(JSON.stringify(diagnosed), /host_of_the_vendor/);

  assert.deepEqual((await scene.ask('GET /explorer/failures', undefined, scene.eve.headers)).items, []);
  const stolen = await scene.client.call('POST /explorer/diagnoses', {
    headers: scene.eve.headers,
    body: { failure_id: first.id },
  });
  assert.equal(stolen.status, 404);
});

test('failed requests are read in pages, in the order and of the fault and the kind of key that are asked for', async () => {
  const list = async (query: string) => {
    const { count, items } = (await scene.ask(`GET /explorer/failures?${query}`)) as {
      count: number;
      items: Json[];
    };
    return { count, items };
  };
  const before = (await list('sandbox=false')).count;
  for (const [at, age] of [0, 3600].entries()) {
    const signed = signTc3(
      { secretId: scene.live.secret_id, secretKey: 'guessed' },
      {
        ...{ host: 'localhost', action: 'MobileStatus', payload: `{"Mobile":"1390000000${at}"}` },
        timestampSeconds: Math.floor(Date.now() / 1000) - age,
      },
    );
    await exchange(scene.server.port, toBytes(signed));
  }
  const all = await list('limit=100');
  assert.equal(all.count, all.items.length);
  assert.equal((await list('sandbox=false')).count, before + 2);
  const late = await list('fault=clock_skew&sandbox=false');
  assert.deepEqual([late.count, late.items.every(({ fault }) => fault === 'clock_skew')], [1, true]);
  assert.equal((await list('fault=clock_skew&sandbox=true')).count, 0);
  const [oldest] = (await list('ordering=created_at&limit=1')).items;
  assert.deepEqual(oldest, all.items.at(-1));
  const second = await list('limit=1&offset=1');
  assert.deepEqual([second.count, second.items], [all.count, [all.items[1]]]);
  const refused = await scene.client.call('GET /explorer/failures?fault=nothing', {
    headers: scene.ann.headers,
  });
  assert.equal(refused.status, 400);
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
