// The vendor's own KMS client, unmodified, against a real server: each action, each documented error that a caller can
// cause, and nothing that an account could learn of another.

import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, privateDecrypt, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { kms } from 'tencentcloud-sdk-nodejs/tencentcloud/services/kms/index.js';
import { runJsonWithin } from '../support/command-within.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

type Client = InstanceType<typeof kms.v20190118.Client>;

after(() => server?.stop());
const data = join(makeTemporaryDirectory({ after }), 'data');
let server: RunningServer;
let account: NewAccount;
let client: Client;
let stranger: Client;
let keyId: string;

function clientOf({ secretId, secretKey }: NewAccount): Client {
  const httpProfile = { endpoint: `${server.host}:${server.port}`, protocol: 'http://', reqTimeout: 20 };
  return new kms.v20190118.Client({
    credential: { secretId, secretKey },
    region: 'ap-guangzhou',
    profile: { httpProfile },
  });
}

const withCode = (code: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, code);
  return true;
};

before(async () => {
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];
  mkdirSync(data, { mode: 0o700 });
  account = await createAccount(data, ['--rate', '1000']);
  const other = await createAccount(data, ['--rate', '1000']);
  server = await startServer({ data });
  client = clientOf(account);
  stranger = clientOf(other);
  const { KeyId } = await client.CreateKey({ Alias: 'first', Tags: [{ TagKey: 'env', TagValue: 'dev' }] });
  assert.ok(KeyId);
  keyId = KeyId;
});

test('a key is described, listed and counted', async () => {
  const { KeyMetadata } = await client.DescribeKey({ KeyId: keyId });
  assert.equal(KeyMetadata?.Alias, 'first');
  assert.equal(KeyMetadata?.CreatorUin, Number(account.accountId));
  assert.equal(KeyMetadata?.KeyState, 'Enabled');
  const { Keys, TotalCount } = await client.ListKeys({});
  assert.deepEqual([Keys, TotalCount], [[{ KeyId: keyId }], 1]);
  const status = await client.GetServiceStatus();
  assert.deepEqual([status.ServiceEnabled, status.InvalidType, status.CmkUserCount], [true, 1, 1]);
});

test('Encrypt, Decrypt and GenerateRandom do what they are documented to do', async () => {
  const context = { EncryptionContext: '{"key1":"value1"}' };
  const { CiphertextBlob } = await client.Encrypt({ KeyId: keyId, Plaintext: 'dGVzdAo=', ...context });
  assert.ok(CiphertextBlob);
  const opened = await client.Decrypt({ CiphertextBlob, ...context });
  assert.deepEqual([opened.Plaintext, opened.KeyId], ['dGVzdAo=', keyId]);
  const { Plaintext } = await client.GenerateRandom({ NumberOfBytes: 16 });
  assert.equal(Buffer.from(Plaintext ?? '', 'base64').length, 16);
});

test('a data key comes encrypted for the public key of the caller', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { Plaintext, CiphertextBlob } = await client.GenerateDataKey({
    KeyId: keyId,
    NumberOfBytes: 32,
    EncryptionPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    EncryptionAlgorithm: 'RSAES_OAEP_SHA_1',
  });
  const options = { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  const dataKey = privateDecrypt(options, Buffer.from(Plaintext ?? '', 'base64'));
  const opened = await client.Decrypt({ CiphertextBlob: CiphertextBlob ?? '' });
  assert.equal(opened.Plaintext, dataKey.toString('base64'));
});

const causes: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['InvalidParameter', () => client.GenerateDataKey({ KeyId: keyId })],
  ['InvalidParameter', () => client.GenerateDataKey({ KeyId: keyId, NumberOfBytes: 1025 })],
  ['InvalidParameter', () => client.GenerateRandom({ NumberOfBytes: 0 })],
  ['InvalidParameterValue.AliasAlreadyExists', () => client.CreateKey({ Alias: 'first' })],
  ['InvalidParameterValue.InvalidAlias', () => client.CreateKey({ Alias: 'kms-reserved' })],
  ['InvalidParameterValue.InvalidKeyUsage', () => client.CreateKey({ Alias: 'b', KeyUsage: 'SING' })],
  ['InvalidParameterValue.InvalidType', () => client.CreateKey({ Alias: 'b', Type: 2 })],
  [
    'UnsupportedOperation.UnsupportedKeyUsageInCurrentRegion',
    () => client.CreateKey({ Alias: 'b', KeyUsage: 'ASYMMETRIC_DECRYPT_SM2' }),
  ],
  ['InvalidParameterValue.InvalidKeyId', () => client.DescribeKey({ KeyId: 'none' })],
  ['ResourceUnavailable.CmkNotFound', () => client.DescribeKey({ KeyId: randomUUID() })],
  ['InvalidParameterValue.InvalidPlaintext', () => client.Encrypt({ KeyId: keyId, Plaintext: '%' })],
  ['InvalidParameterValue.InvalidCiphertext', () => client.Decrypt({ CiphertextBlob: 'YQ==-k-YQ==-k-YQ==' })],
  [
    'FailedOperation.EncryptionError',
    () => client.GenerateDataKey({ KeyId: keyId, KeySpec: 'AES_256', EncryptionPublicKey: 'none' }),
  ],
  ['MissingParameter', () => client.CreateKey({} as { Alias: string })],
];

for (const [index, [code, cause]] of causes.entries()) {
  test(`documented error ${index + 1}: ${code}`, async () => {
    await assert.rejects(cause(), withCode(code));
  });
}

test("an account's keys are not there for another account", async () => {
  const { CiphertextBlob } = await client.Encrypt({ KeyId: keyId, Plaintext: 'dGVzdAo=' });
  const notFound = withCode('ResourceUnavailable.CmkNotFound');
  await assert.rejects(stranger.DescribeKey({ KeyId: keyId }), notFound);
  await assert.rejects(stranger.Encrypt({ KeyId: keyId, Plaintext: 'dGVzdAo=' }), notFound);
  await assert.rejects(stranger.Decrypt({ CiphertextBlob: CiphertextBlob ?? '' }), notFound);
  assert.equal((await stranger.ListKeys({})).TotalCount, 0);
});

test('a key pair changed by another process counts at the next call', async () => {
  const made = (await runJsonWithin(['key', 'create', account.accountId, '--data', data])) as NewAccount;
  const own = clientOf(made);
  await own.ListKeys({});
  await runJsonWithin(['key', 'disable', made.secretId, '--data', data]);
  await assert.rejects(own.ListKeys({}), withCode('AuthFailure.SecretIdNotFound'));
  await runJsonWithin(['key', 'enable', made.secretId, '--data', data]);
  await own.ListKeys({});
  const rotated = (await runJsonWithin(['key', 'rotate', made.secretId, '--data', data])) as NewAccount;
  await assert.rejects(own.ListKeys({}), withCode('AuthFailure.SecretIdNotFound'));
  await clientOf(rotated).ListKeys({});
  await runJsonWithin(['account', 'suspend', account.accountId, '--data', data]);
  await assert.rejects(client.ListKeys({}), withCode('UnauthorizedOperation.ChargeStatusException'));
  await runJsonWithin(['account', 'resume', account.accountId, '--data', data]);
  await client.ListKeys({});
});
