// The whole job with the vendor's typed SDKs and real stations on loopback: text messages over SMPP, mail over SMTP, another
// channel where one is down.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runJsonWithin } from '../support/command-within.ts';
import { eventually } from '../support/eventually.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { type SmppStation, startSmppStation } from '../support/smpp-station.ts';
import { type SmtpStation, startSmtpStation } from '../support/smtp-station.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

type Done = (error: { code?: string } | null, answer: Record<string, unknown>) => void;
type Call = (request: object, done: Done) => void;
interface IntlDomain {
  readonly Client: new (credential: object, region: string, profile: object) => Record<string, Call>;
  readonly Models: Record<string, new () => object>;
}
interface IntlCommon {
  readonly Credential: new (id: string, key: string) => object;
  readonly HttpProfile: new () => { endpoint: string; protocol: string };
  readonly ClientProfile: new (signMethod: string, http: object) => object;
}

// It ships no types; its root import would take half a second and 200 MB.
const load = createRequire(import.meta.url);
const common = load('tencentcloud-sdk-nodejs-intl-en/tencentcloud/common/index.js') as IntlCommon;
const intl = load('tencentcloud-sdk-nodejs-intl-en/tencentcloud/domain/v20180808/index.js') as IntlDomain;

const root = makeTemporaryDirectory({ after });
const data = join(root, 'data');
let account: NewAccount;
let server: RunningServer;
let centre: SmppStation;
let mail: SmtpStation;
let gateway: Receiver;
const ends: (() => unknown)[] = [];

after(async () => {
  await server?.stop();
  await centre?.stop();
  await mail?.stop();
  for (const end of ends) await end();
});

before(async () => {
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];
  mkdirSync(data, { mode: 0o700 });
  account = await createAccount(data, ['--quota', '1000', '--rate', '1000']);
  centre = await startSmppStation();
  mail = await startSmtpStation();
  // Registered here, a hook would end the receiver with this one.
  const hooks: Parameters<typeof startReceiver>[0] = { after: (end) => void ends.push(end as () => unknown) };
  gateway = await startReceiver(hooks, { answer: () => [200, '{"id":"g1"}'] });
  server = await startServer({
    data,
    args: [
      ...['--code-channels', '{"phone":"smpp,webhook","email":"smtp","phone.US":"webhook"}'],
      ...['--verify-countries', 'CN,US', '--verify-resend-seconds', '0'],
      ...['--smpp-host', '127.0.0.1', '--smpp-port', String(centre.port), '--smpp-security', 'none'],
      ...['--smpp-system-id', 'lineproof', '--smpp-source', 'Lineproof', '--smtp-security', 'none'],
      ...['--smtp-host', '127.0.0.1', '--smtp-port', String(mail.port), '--gateway-url', gateway.origin],
      ...['--gateway-reference', 'id', '--message-timeout-ms', '2000'],
    ],
    env: { LINEPROOF_SMPP_PASSWORD: 'secret' },
  });
});

function call(action: string, members: object): Promise<Record<string, unknown>> {
  const http = new common.HttpProfile();
  http.endpoint = `${server.host}:${server.port}`;
  http.protocol = 'http://';
  const profile = new common.ClientProfile('TC3-HMAC-SHA256', http);
  const client = new intl.Client(new common.Credential(account.secretId, account.secretKey), '', profile);
  const Request = intl.Models[`${action}Request`];
  assert.ok(Request, `the SDK has ${action}`);
  return new Promise((resolve, reject) => {
    client[action]?.(Object.assign(new Request(), members), (error, answer) =>
      error === null ? resolve(answer) : reject(error),
    );
  });
}

const codeIn = (text: string | undefined): string => /\d{6}/.exec(text ?? '')?.[0] ?? '';

async function verifyAndForget(contact: { Type: number; Code: string }, code: string): Promise<void> {
  await call('CreateIntlPhoneEmail', { ...contact, VerifyCode: code });
  const list = await call('DescribeIntlPhoneEmailList', { Type: contact.Type });
  assert.equal(list.TotalCount, 1);
  await call('DeleteIntlPhoneEmail', contact);
  assert.equal((await call('DescribeIntlPhoneEmailList', { Type: contact.Type })).TotalCount, 0);
}

test('a number is verified by a text message over SMPP', async () => {
  const contact = { Type: 1, Code: '18766554433' };
  await call('SendIntlPhoneEmailCode', contact);
  await eventually(() => centre.submitted.length === 1, 'the text message');
  const [message] = centre.submitted;
  assert.equal(message?.to, '8618766554433');
  await verifyAndForget(contact, codeIn(message?.text));
});

test('a mailbox is verified by a mail over SMTP', async () => {
  const contact = { Type: 2, Code: 'ann@example.org' };
  await call('SendIntlPhoneEmailCode', contact);
  await eventually(() => mail.received.length === 1, 'the mail');
  assert.deepEqual(mail.received[0]?.to, ['ann@example.org']);
  await verifyAndForget(contact, codeIn(mail.received[0]?.text));
});

test('a country has a channel of its own', async () => {
  const contact = { Type: 1, Code: '+12125550123' };
  // A number of the country that could be a fixed line is taken for a mobile one, as nobody can tell.
  await call('SendIntlPhoneEmailCode', contact);
  await eventually(() => gateway.requests.length === 1, server.stderr());
  const { to, text } = JSON.parse(gateway.requests[0]?.body ?? '{}') as { to?: string; text?: string };
  assert.equal(to, '+12125550123');
  await verifyAndForget(contact, codeIn(text));
});

test('where the first channel refuses, the next one carries the message, and the call is charged once', async () => {
  const before = gateway.requests.length;
  centre.onSubmit = () => ({ command_status: 0x0000000b });
  await call('SendIntlPhoneEmailCode', { Type: 1, Code: '18766554434' });
  await eventually(() => gateway.requests.length > before, server.stderr());
  assert.match(gateway.requests.at(-1)?.body ?? '', /18766554434/);
  const { ok, entries } = (await runJsonWithin(['ledger', 'verify', '--data', data])) as {
    ok: boolean;
    entries: number;
  };
  assert.ok(ok && entries > 0);
});

test('what a station does not answer in time is carried by nobody else', async () => {
  const before = gateway.requests.length;
  const sent = async (): Promise<number> => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    return Number(/lineproof_messages_total\{channel="smpp",state="sent"\} (\d+)/.exec(text)?.[1] ?? 0);
  };
  const sentBefore = await sent();
  centre.onSubmit = () => undefined;
  await call('SendIntlPhoneEmailCode', { Type: 1, Code: '18766554435' });
  // It counts as sent when its time is over, for nobody knows.
  while ((await sent()) === sentBefore) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(gateway.requests.length, before);
});
