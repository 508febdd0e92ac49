// The vendor's unmodified SDKs against a real server: every signature method, GET and POST, plain and over TLS under the
// real service's host name, and the documented envelope flow with the key service of this server alone.

import assert from 'node:assert/strict';
import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import https, { Agent } from 'node:https';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from 'node:tls';
import { faceid } from 'tencentcloud-sdk-nodejs/tencentcloud/services/faceid/index.js';
import { kms } from 'tencentcloud-sdk-nodejs/tencentcloud/services/kms/index.js';
import { sts } from 'tencentcloud-sdk-nodejs/tencentcloud/services/sts/index.js';
import { makeServerCertificate } from '../support/certificate.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const REAL_HOST = 'faceid.tencentcloudapi.com';
const REAL_INTL_HOST = 'faceid.intl.tencentcloudapi.com';
const SIGN_METHODS = ['TC3-HMAC-SHA256', 'HmacSHA256', 'HmacSHA1'] as const;
const HTTP_METHODS = ['POST', 'GET'] as const;
const person = makePerson(1);
const stranger = makePerson(2);

type IntlClient = {
  request(action: string, parameters: object, done: (error: unknown, answer: unknown) => void): void;
};
interface IntlSdk {
  Credential: new (id: string, key: string) => object;
  HttpProfile: new () => { endpoint: string; protocol: string; reqMethod: string };
  ClientProfile: new (signMethod: string, http: object) => object;
  CommonClient: new (
    endpoint: string,
    version: string,
    credential: object,
    region: string,
    profile: object,
  ) => IntlClient;
}
// It ships no types; its root import would take half a second and 200 MB.
const intl = createRequire(import.meta.url)(
  'tencentcloud-sdk-nodejs-intl-en/tencentcloud/common/index.js',
) as IntlSdk;

// The server ends before its directory goes.
after(() => plain?.stop());
const data = join(makeTemporaryDirectory({ after }), 'data');
let account: NewAccount;
let plain: RunningServer;
let endpoint: string;

before(async () => {
  // The SDKs would send even loopback calls to a proxy.
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];
  mkdirSync(data, { mode: 0o700 });
  account = await createAccount(data, ['--quota', '10000', '--rate', '1000']);
  await importPeople(data, [person, makePerson(3, 'suspended')]);
  plain = await startServer({ data });
  endpoint = `${plain.host}:${plain.port}`;
});

interface ClientChoice {
  readonly signMethod?: (typeof SIGN_METHODS)[number];
  readonly reqMethod?: (typeof HTTP_METHODS)[number];
  readonly at?: string;
  readonly protocol?: string;
  readonly agent?: Agent;
  readonly language?: 'en-US' | 'zh-CN';
  readonly credential?: { secretId: string; secretKey: string; token?: string };
}

function configure(choice: ClientChoice) {
  const {
    signMethod = 'TC3-HMAC-SHA256',
    reqMethod = 'POST',
    protocol = 'http://',
    agent,
    language,
  } = choice;
  return {
    credential: choice.credential ?? { secretId: account.secretId, secretKey: account.secretKey },
    region: '',
    profile: {
      signMethod,
      ...(language && { language }),
      httpProfile: {
        endpoint: choice.at ?? endpoint,
        protocol,
        reqMethod,
        reqTimeout: 20,
        ...(agent && { agent }),
      },
    },
  };
}

function faceidClient(choice: ClientChoice = {}): InstanceType<typeof faceid.v20180301.Client> {
  return new faceid.v20180301.Client(configure(choice));
}

function askIntl(choice: ClientChoice, action: string, parameters: object): Promise<Record<string, unknown>> {
  const http = new intl.HttpProfile();
  http.endpoint = choice.at ?? endpoint;
  http.protocol = choice.protocol ?? 'http://';
  http.reqMethod = choice.reqMethod ?? 'POST';
  const profile = new intl.ClientProfile(choice.signMethod ?? 'HmacSHA256', http);
  const credential = new intl.Credential(account.secretId, account.secretKey);
  const client = new intl.CommonClient(http.endpoint, '2018-03-01', credential, '', profile);
  return new Promise((resolve, reject) =>
    client.request(action, parameters, (error, answer) =>
      error ? reject(error) : resolve(answer as Record<string, unknown>),
    ),
  );
}

function withCode(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.equal((error as { code?: string }).code, code, String(error));
    return true;
  };
}

for (const signMethod of SIGN_METHODS) {
  for (const reqMethod of HTTP_METHODS) {
    test(`typed client: every verification action with ${signMethod} over ${reqMethod}`, async () => {
      const client = faceidClient({ signMethod, reqMethod });
      const { number, name, idCard } = person;
      const status = await client.MobileStatus({ Mobile: number });
      assert.equal(status.Result, '0');
      assert.equal(status.StatusCode, 0);
      assert.match(
        status.RequestId ?? '',
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      const tenure = await client.MobileNetworkTimeVerification({ Mobile: number });
      assert.deepEqual([tenure.Result, tenure.Range], ['0', '[24,+)']);
      const match = await client.PhoneVerification({ Phone: number, Name: name, IdCard: idCard });
      assert.deepEqual([match.Result, match.Isp], ['0', 'mobile']);
      const question = { Phone: number, Name: stranger.name, IdCard: idCard };
      const detail = await client.PhoneVerification({ ...question, VerifyMode: '1' });
      assert.deepEqual([detail.Result, detail.ResultDetail], ['-4', 'PhoneNameMismatch']);
      assert.equal((await client.PhoneVerificationCMCC(question)).Result, '-4');
      assert.equal((await client.CheckPhoneAndName({ Mobile: number, Name: name })).Result, '0');
      assert.equal((await client.CheckPhoneAndName({ Mobile: number, Name: stranger.name })).Result, '1');
      assert.equal((await client.MobileStatus({ Mobile: stranger.number })).Result, '-1');
      await assert.rejects(client.MobileStatus({} as never), withCode('MissingParameter'));
    });

    test(`international client: ${signMethod} over ${reqMethod}`, async () => {
      const choice = { signMethod, reqMethod };
      const { number, name, idCard } = person;
      const status = await askIntl(choice, 'MobileStatus', { Mobile: number });
      assert.deepEqual([status.Result, status.StatusCode], ['0', 0]);
      const match = await askIntl(choice, 'PhoneVerification', { Phone: number, Name: name, IdCard: idCard });
      assert.deepEqual([match.Result, match.Isp], ['0', 'mobile']);
      await assert.rejects(askIntl(choice, 'MobileStatus', {}), withCode('MissingParameter'));
    });
  }
}

test('paths and host spellings that SDK users configure are signed differently and all accepted', async () => {
  for (const at of [
    endpoint,
    `localhost:${plain.port}`,
    `${endpoint}/tencent`,
    `localhost:${plain.port}/tencent`,
  ]) {
    for (const signMethod of SIGN_METHODS) {
      const { Result } = await faceidClient({ at, signMethod }).MobileStatus({ Mobile: person.number });
      assert.equal(Result, '0', `${at} with ${signMethod}`);
    }
  }
});

test('the language of descriptions and errors follows the client', async () => {
  const chinese = faceidClient({ language: 'zh-CN' });
  const english = faceidClient({ language: 'en-US' });
  assert.match((await chinese.MobileStatus({ Mobile: person.number })).Description ?? '', /成功/);
  assert.match((await english.MobileStatus({ Mobile: person.number })).Description ?? '', /^Success/);
});

test('authentication errors reach the SDK with their codes', async () => {
  const { secretId, secretKey } = account;
  const ask = (
    credential: NonNullable<ClientChoice['credential']>,
    signMethod: (typeof SIGN_METHODS)[number],
  ) => faceidClient({ credential, signMethod }).MobileStatus({ Mobile: person.number });
  for (const signMethod of SIGN_METHODS) {
    const wrong = { secretId, secretKey: `${secretKey}x` };
    await assert.rejects(ask(wrong, signMethod), withCode('AuthFailure.SignatureFailure'));
    const unknown = { secretId: `${secretId.slice(0, -4)}zzzz`, secretKey };
    await assert.rejects(ask(unknown, signMethod), withCode('AuthFailure.SecretIdNotFound'));
    const foreign = { secretId, secretKey, token: 'a-token-of-somebody-else' };
    await assert.rejects(ask(foreign, signMethod), withCode('AuthFailure.TokenFailure'));
  }
});

test('a revoked key is refused at the next call', async () => {
  const { secretId, secretKey } = await createAccount(data, ['--quota', '10']);
  const client = faceidClient({ credential: { secretId, secretKey } });
  assert.equal((await client.MobileStatus({ Mobile: person.number })).Result, '0');
  await runJsonWithin(['key', 'revoke', secretId, '--data', data]);
  await assert.rejects(
    client.MobileStatus({ Mobile: person.number }),
    withCode('AuthFailure.SecretIdNotFound'),
  );
});

test('over TLS with a private authority the real host names can point here', async (t) => {
  const { ca, cert, key } = makeServerCertificate([REAL_HOST, REAL_INTL_HOST]);
  const root = makeTemporaryDirectory(t);
  const files = { cert: join(root, 'cert.pem'), key: join(root, 'key.pem'), data: join(root, 'data') };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key, { mode: 0o600 });
  mkdirSync(files.data, { mode: 0o700 });
  const { secretId, secretKey } = account;
  await createAccount(files.data, ['--quota', '1000', '--secret-id', secretId, '--secret-key', secretKey]);
  await importPeople(files.data, [person]);
  const server = await startServer({
    data: files.data,
    args: ['--tls-cert', files.cert, '--tls-key', files.key],
  });
  t.after(() => server.stop());
  // What an entry in the hosts file does for a person.
  const agent = new Agent({ ca, keepAlive: false });
  agent.createConnection = (options) =>
    connect({
      host: '127.0.0.1',
      port: server.port,
      ca,
      servername: String(options.servername ?? options.host),
    });
  const usual = https.globalAgent;
  https.globalAgent = agent;
  t.after(() => {
    https.globalAgent = usual;
  });
  for (const signMethod of SIGN_METHODS) {
    for (const reqMethod of HTTP_METHODS) {
      const choice = { signMethod, reqMethod, protocol: 'https://' };
      const typed = faceidClient({ ...choice, at: REAL_HOST, agent });
      assert.equal((await typed.MobileStatus({ Mobile: person.number })).Result, '0');
      const common = await askIntl({ ...choice, at: REAL_INTL_HOST }, 'MobileStatus', {
        Mobile: person.number,
      });
      assert.equal(common.Result, '0');
    }
  }
});

test('the documented envelope flow works against this server alone, and ends when the grant is withdrawn', async () => {
  const keys = new kms.v20190118.Client(configure({}));
  const alias = `parity-${randomBytes(4).toString('hex')}`;
  const { KeyId } = await keys.CreateKey({ Alias: alias });
  assert.ok(KeyId);
  const described = await keys.DescribeKey({ KeyId });
  assert.equal(described.KeyMetadata?.Alias, alias);
  const { Plaintext, CiphertextBlob } = await keys.GenerateDataKey({ KeyId, KeySpec: 'AES_256' });
  assert.ok(Plaintext && CiphertextBlob);
  const opened = await keys.Decrypt({ CiphertextBlob });
  assert.equal(opened.Plaintext, Plaintext);

  const iv = 'abcdef0123456789';
  const encrypt = (text: string): string => {
    const cipher = createCipheriv('aes-256-cbc', Buffer.from(Plaintext, 'base64'), Buffer.from(iv));
    return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  };
  const sealed = {
    Phone: encrypt(person.number),
    Name: encrypt(person.name),
    IdCard: encrypt(person.idCard),
    CiphertextBlob,
    EncryptList: ['Phone', 'Name', 'IdCard'],
    Iv: iv,
  };
  for (const signMethod of SIGN_METHODS) {
    const answer = await faceidClient({ signMethod }).PhoneVerification(sealed);
    assert.deepEqual([answer.Result, answer.Isp], ['0', 'mobile']);
  }
  const status = await faceidClient().MobileStatus({
    Mobile: encrypt(person.number),
    Encryption: {
      EncryptList: ['Mobile'],
      CiphertextBlob,
      Iv: Buffer.from(iv).toString('base64'),
      Algorithm: 'AES-256-CBC',
      TagList: [],
    },
  });
  assert.equal(status.Result, '0');

  await runJsonWithin(['account', 'kms-grant', account.accountId, 'off', '--data', data]);
  await assert.rejects(
    faceidClient().PhoneVerification(sealed),
    withCode('FailedOperation.StsUnAuthErrError'),
  );
  await runJsonWithin(['account', 'kms-grant', account.accountId, 'on', '--data', data]);
  assert.equal((await faceidClient().PhoneVerification(sealed)).Result, '0');
  await assert.rejects(
    faceidClient().PhoneVerification({ ...sealed, CiphertextBlob: 'bm90-k-bm90-k-bm90' }),
    withCode('FailedOperation.DecryptSystemError'),
  );
});

test('the caller identity is the account of the key', async () => {
  const client = new sts.v20180813.Client(configure({}));
  const identity = await client.GetCallerIdentity();
  assert.equal(identity.AccountId, account.accountId);
  assert.equal(identity.Arn, `qcs::cam::uin/${account.accountId}:uin/${account.accountId}`);
});
