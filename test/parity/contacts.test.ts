// One-time codes through the vendor's unmodified SDKs: the international and the domestic actions of the product domain.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { domain } from 'tencentcloud-sdk-nodejs/tencentcloud/services/domain/index.js';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { codeShownFor } from '../support/shown-code.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

after(() => server?.stop());
const data = join(makeTemporaryDirectory({ after }), 'data');
let account: NewAccount;
let server: RunningServer;

before(async () => {
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];
  mkdirSync(data, { mode: 0o700 });
  account = await createAccount(data, ['--quota', '1000', '--rate', '1000']);
  server = await startServer({ data, args: ['--verify-resend-seconds', '0'] });
});

function openClient() {
  return new domain.v20180808.Client({
    credential: { secretId: account.secretId, secretKey: account.secretKey },
    profile: { httpProfile: { endpoint: `${server.host}:${server.port}`, protocol: 'http://' } },
  });
}

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'success',
    (error: { code?: string }) => error.code ?? String(error),
  );

test('a code is sent, entered once, and its contact is listed until it is deleted', async () => {
  const client = openClient();
  const to = { Type: 1, Code: '18766554433' };
  const sent = await client.request('SendIntlPhoneEmailCode', to);
  assert.deepEqual(Object.keys(sent), ['RequestId']);
  const code = await codeShownFor(server, '+8618766554433');
  const wrong = code === '111111' ? '222222' : '111111';
  const verify = (verifyCode: string) =>
    codeOf(client.request('CreateIntlPhoneEmail', { ...to, VerifyCode: verifyCode }));
  assert.equal(await verify(wrong), 'InternalError.VerifyCodeErr');
  assert.equal(await verify(code), 'success');
  assert.equal(await verify(code), 'InternalError.VerifiedPhoneEmailErr');
  const list = await client.request('DescribeIntlPhoneEmailList', { Type: 1 });
  assert.equal(list.TotalCount, 1);
  assert.match(
    JSON.stringify(list.PhoneEmailList),
    /"Code":"18766554433","Type":1,"CreatedOn":"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"/,
  );
  assert.equal(await codeOf(client.request('DeleteIntlPhoneEmail', to)), 'success');
  assert.equal((await client.request('DescribeIntlPhoneEmailList', { Type: 1 })).TotalCount, 0);
  assert.equal(
    await codeOf(client.request('DeleteIntlPhoneEmail', to)),
    'InternalError.DeletePhoneEmailVerifyErr',
  );
});

test('the domestic actions answer with their own fields and errors', async () => {
  const client = openClient();
  const to = { Type: 2, Code: 'Ann+shop@Example.org' };
  await client.SendPhoneEmailCode(to);
  const code = await codeShownFor(server, 'Ann+shop@example.org');
  const wrong = code === '111111' ? '222222' : '111111';
  assert.equal(
    await codeOf(client.CreatePhoneEmail({ ...to, VerifyCode: wrong })),
    'InvalidParameter.VerifyCodeIsInvalid',
  );
  await client.CreatePhoneEmail({ Type: 2, Code: 'ann+shop@example.org', VerifyCode: code });
  const { PhoneEmailList: list, TotalCount: total } = await client.DescribePhoneEmailList({});
  assert.equal(total, 1);
  assert.deepEqual(
    list?.map(({ Code, Type, CheckStatus }) => [Code, Type, CheckStatus]),
    [['A***@example.org', 2, 1]],
  );
  const search = async (Code: string) => (await client.DescribePhoneEmailList({ Code })).TotalCount;
  assert.equal(await search('ANN+shop@example.org'), 1);
  assert.equal(await search('ann@example.org'), 0);
  assert.equal(
    await codeOf(client.CreatePhoneEmail({ ...to, VerifyCode: code })),
    'FailedOperation.DuplicatePhoneEmail',
  );
  assert.equal(
    await codeOf(client.SendPhoneEmailCode({ Type: 3, Code: '1' })),
    'InvalidParameter.CodeTypeIsInvalid',
  );
  assert.equal(
    await codeOf(client.SendPhoneEmailCode({ Type: 1, Code: '1' })),
    'InvalidParameter.TelephoneIsInvalid',
  );
  assert.equal(
    await codeOf(client.SendPhoneEmailCode({ Type: 2, Code: '1' })),
    'InvalidParameter.EmailIsInvalid',
  );
});
