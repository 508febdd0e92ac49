// Encrypted fields of AceData's calls in both flows, under a data key of the account's own KMS and under the server's
// published key, in every shape that the vendor's documents allow.

import assert from 'node:assert/strict';
import { constants, createCipheriv, publicEncrypt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { kms } from 'tencentcloud-sdk-nodejs/tencentcloud/services/kms/index.js';
import { CHECK_1E, CHECK_2E, CHECK_3E, callAceData, errorOf } from '../support/call-acedata.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const IV = 'zyxwvu9876543210';

interface DataKey {
  readonly key: Buffer;
  readonly blob: string;
}

const person = makePerson(1);
let server: RunningServer;
let account: NewAccount;
let flows: readonly DataKey[];
// The server ends before its directory goes.
after(() => server?.stop());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  for (const name of ['http_proxy', 'https_proxy']) delete process.env[name];
  mkdirSync(data, { mode: 0o700 });
  account = await createAccount(data, ['--quota', '1000', '--rate', '1000']);
  await importPeople(data, [person]);
  server = await startServer({ data });
  flows = [await keyOfKms(), await keyForServer()];
});

async function keyOfKms(): Promise<DataKey> {
  const { secretId, secretKey } = account;
  const client = new kms.v20190118.Client({
    credential: { secretId, secretKey },
    region: '',
    profile: { httpProfile: { endpoint: `127.0.0.1:${server.port}`, protocol: 'http://' } },
  });
  const { KeyId = '' } = await client.CreateKey({ Alias: 'fields' });
  const { Plaintext = '', CiphertextBlob = '' } = await client.GenerateDataKey({ KeyId, KeySpec: 'AES_256' });
  return { key: Buffer.from(Plaintext, 'base64'), blob: CiphertextBlob };
}

async function keyForServer(): Promise<DataKey> {
  const keys = (await (await fetch(`${server.url}/public-keys`)).json()) as Record<string, { pem: string }>;
  const key = Buffer.alloc(32, 5);
  const padding = constants.RSA_PKCS1_PADDING;
  return {
    key,
    blob: publicEncrypt({ key: keys['AES-256-CBC']?.pem ?? '', padding }, key).toString('base64'),
  };
}

function encrypt({ key }: DataKey, text: string): string {
  const cipher = createCipheriv('aes-256-cbc', key, IV);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

const ask = (path: string, body: object) => callAceData(server.port, { path, token: account.token, body });

test('the parameters of encryption are read as an object or a list of one, in any of the spellings', async () => {
  const { number } = person;
  for (const flow of flows) {
    const { blob } = flow;
    const snake = {
      ciphertext_blob: blob,
      encrypt_list: ['mobile'],
      iv: IV,
      algorithm: 'AES-256-CBC',
      tag_list: [],
    };
    const camel = { ciphertextBlob: blob, encryptList: ['Mobile'], iv: IV };
    const capital = { CiphertextBlob: blob, EncryptList: ['Mobile'], Iv: IV, Algorithm: null };
    for (const encryption of [snake, [snake], camel, [camel], capital]) {
      const { json } = await ask(CHECK_1E, { mobile: encrypt(flow, number), encryption });
      assert.deepEqual(json, { result: '0', description: 'Success', status_code: 0 });
    }
  }
});

test('names, numbers and ID cards may be sent encrypted, each alone or together, beside the fields or in the object', async () => {
  const { number, name, idCard } = person;
  for (const flow of flows) {
    const two = { mobile: encrypt(flow, number), name: encrypt(flow, name) };
    const encryption = { ciphertext_blob: flow.blob, encrypt_list: ['name', 'mobile'], iv: IV };
    assert.equal((await ask(CHECK_2E, { ...two, encryption })).json.result, '0');
    const three = { phone: encrypt(flow, number), name, id_card: encrypt(flow, idCard) };
    const beside = { ciphertext_blob: flow.blob, encrypt_list: ['phone', 'id_card'], iv: IV };
    assert.equal((await ask(CHECK_3E, { ...three, ...beside })).json.result, '0');
    assert.equal((await ask(CHECK_3E, { ...three, encryption: [beside] })).json.result, '0');
  }
});

test('an empty object, an empty list and null mean that nothing is encrypted', async () => {
  for (const encryption of [null, [], {}, [{}], { encrypt_list: [], ciphertext_blob: 'x', iv: null }])
    assert.equal((await ask(CHECK_1E, { mobile: person.number, encryption })).json.result, '0');
});

test('an object that says nothing does not hide what stands beside the fields: ciphertext is never read as plain text', async () => {
  const { number, name, idCard } = person;
  const garbage = { name: 'aGVsbG8=', phone: number, id_card: idCard };
  const blind = { encrypt_list: ['name'], ciphertext_blob: 'abc', iv: IV };
  const [flow] = flows;
  assert.ok(flow !== undefined);
  const sealed = { phone: number, name: encrypt(flow, name), id_card: idCard };
  const beside = { ciphertext_blob: flow.blob, encrypt_list: ['name'], iv: IV };
  for (const encryption of [{}, [{}], [], null, { encrypt_list: null }, { other: 1 }]) {
    assert.equal(errorOf(await ask(CHECK_3E, { ...garbage, ...blind, encryption })).code, 'bad_request');
    assert.equal((await ask(CHECK_3E, { ...sealed, ...beside, encryption })).json.result, '0');
  }
});

test('what says how fields are encrypted stands in one place: in both it is bad_request', async () => {
  const { number, name, idCard } = person;
  const [flow] = flows;
  assert.ok(flow !== undefined);
  const beside = { ciphertext_blob: flow.blob, encrypt_list: ['name'], iv: IV };
  const sealed = { phone: number, name: encrypt(flow, name), id_card: idCard };
  for (const body of [
    { ...sealed, ...beside, encryption: beside },
    { ...sealed, ...beside, encryption: { encrypt_list: [] } },
    { ...sealed, ...beside, encryption: [{ Iv: IV }] },
    { ...sealed, encrypt_list: ['name'], encryption: beside },
  ])
    assert.equal(errorOf(await ask(CHECK_3E, body)).code, 'bad_request');
});

test('what cannot be decrypted is bad_request, and a withdrawn grant is api_error', async () => {
  const [ofKms, ofServer] = flows;
  assert.ok(ofKms !== undefined && ofServer !== undefined);
  const encryption = { ciphertext_blob: ofKms.blob, encrypt_list: ['mobile'], iv: IV };
  const bodies = [
    { mobile: encrypt(ofServer, person.number), encryption },
    { mobile: encrypt(ofKms, person.number), encryption: { ...encryption, encrypt_list: ['iv'] } },
    { mobile: encrypt(ofKms, person.number), encryption: { ...encryption, algorithm: 'ROT13' } },
    { mobile: encrypt(ofKms, person.number), encryption: { ...encryption, Iv: IV } },
  ];
  for (const body of bodies) assert.equal(errorOf(await ask(CHECK_1E, body)).code, 'bad_request');
  await runJsonWithin(['account', 'kms-grant', account.accountId, 'off', '--data', data]);
  const answer = await ask(CHECK_1E, { mobile: encrypt(ofKms, person.number), encryption });
  assert.deepEqual([answer.status, errorOf(answer).code], [500, 'api_error']);
});
